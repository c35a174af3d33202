import CorpusSupport
import EnvoyConfig
import Foundation
import Testing

/// What a file is, by its first bytes.
@Suite struct CaptureFormatTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var text: String
        /// Words of the format's name and advice.
        var words: [String]

        init(_ text: String, _ words: String...) {
            self.text = text
            self.words = words
        }

        var testDescription: String { words.joined(separator: ", ") }
    }

    static let samples: [Sample] = [
        Sample("", "empty", "nothing was captured"),
        Sample(" \n\t", "empty"),
        Sample("<!DOCTYPE html>", "page of markup", "gateway"),
        Sample("invalid path. admin commands are:", "text", "invalid path"),
        Sample(#"{"configs": []}"#, "a config dump"),
        Sample(#"{"configs": {}}"#, "a config dump"),
        Sample(#"{"workloads": {}, "services": {}}"#, "ztunnel", "ztunnel-config"),
        Sample(#"{"certificates": [{"identity": "spiffe://a", "state": "Available"}]}"#, "ztunnel"),
        Sample(#"{"certificates": [{"ca_cert": [], "cert_chain": []}]}"#, "/certs", "secrets"),
        Sample(#"{"certificates": []}"#, "/certs"),
        Sample(#"{"cluster_statuses": []}"#, "/clusters", "drydock endpoints"),
        Sample("a::observability_name::a\n", "/clusters"),
        Sample("web|x::default_priority::max_connections::1\n", "/clusters"),
        Sample(#"{"listener_statuses": []}"#, "/listeners", "config_dump"),
        Sample("main::0.0.0.0:8000\n", "/listeners"),
        Sample(#"{"version": "x", "state": "LIVE"}"#, "/server_info"),
        Sample(#"{"bootstrap": {}}"#, "bootstrap"),
        Sample(#"{"static_resources": {}, "admin": {}}"#, "bootstrap file"),
        Sample(#"{"versionInfo": "1", "resources": [{"@type": "a/b"}]}"#, "DiscoveryResponse"),
        Sample(
            #"{"resources": [{"@type": "x/envoy.service.status.v3.ClientConfig"}]}"#, "sync status"),
        Sample(#"{"config": [{"node": {}, "genericXdsConfigs": []}]}"#, "CSDS"),
        Sample(#"[{"proxy": "a.b", "cluster_sent": ""}]"#, "sync status", "drydock status"),
        Sample(#"[{"hostname": "a", "ports": [], "Attributes": {}}]"#, "registryz"),
        Sample(#"[{"kind": "Gateway", "metadata": {}, "spec": {}}]"#, "configz"),
        Sample(#"[{"svc": "a", "ep": null}]"#, "endpointz"),
        Sample(#"{"a.b": {"default": {"Shards": {}}}}"#, "endpointShardz"),
        Sample(#"{"totalClients": 0, "clients": []}"#, "adsz"),
        Sample(#"[{"name": "a", "type": "EDS", "edsClusterConfig": {}}]"#, "proxy-config clusters"),
        Sample(#"[{"name": "a", "address": {}, "filterChains": []}]"#, "proxy-config listeners"),
        Sample(#"[{"name": "80", "virtualHosts": []}]"#, "proxy-config routes"),
        Sample(
            #"{"kind": "Status", "apiVersion": "v1", "message": "pods not found"}"#, "not found"),
        Sample(#"{"kind": "Pod", "apiVersion": "v1"}"#, "Kubernetes", "Pod"),
        Sample(#"{"x": 1}"#, "another kind", "`x`"),
        Sample("[]", "empty JSON list"),
        Sample("[1, 2]", "list of values"),
        Sample("configs:\n- a: 1\n", "YAML"),
        Sample("---\nkind: Pod\n", "YAML"),
        Sample("# HELP x y\n", "metrics"),
        Sample("PK\u{3}\u{4}", "zip"),
        Sample("\u{1F}\u{0}", "binary"),
    ]

    @Test("It is told by the beginning", arguments: samples)
    func told(_ sample: Sample) {
        let format = CaptureFormat(beginning: sample.text.utf8)
        let text = "\(format.name): \(format.advice ?? "")"
        for word in sample.words { #expect(text.contains(word), "\(text)") }
    }

    @Test("A document that is cut off is told by what came", arguments: 1...3)
    func cut(_ place: Int) {
        let text =
            #"{"configs": [{"@type": "x", "dynamic_active_clusters": [{"cluster": {"name": "a"}}]}]}"#
        let format = CaptureFormat(beginning: text.utf8.prefix(text.utf8.count * place / 4 + 8))
        #expect(format == .configDump)
    }

    @Test("Long beginnings are told by their first 64 kB, from both sides of it")
    func long() {
        for padding in [(64 << 10) - 32, (64 << 10) + 32, 1 << 20] {
            let spaces = String(repeating: " ", count: padding)
            let format = CaptureFormat(beginning: #"{"cluster_statuses": [\#(spaces)]}"#.utf8)
            #expect(format.name.contains("/clusters"))
        }
    }

    @Test("A private key in a text is not shown, wherever the excerpt is cut")
    func key() {
        let key = "-----BEGIN PRIVATE KEY-----MIIEsecretsecretsecret-----END PRIVATE KEY-----"
        let encoded = Data(key.utf8).base64EncodedString()
        for text in [key, encoded, "an error: \(encoded)", "x" + encoded] {
            let format = CaptureFormat(beginning: text.utf8)
            #expect(format.advice?.contains("[redacted]") ?? false)
            #expect(!(format.advice?.contains("secret") ?? false))
            #expect(!(format.advice?.contains(encoded.suffix(40)) ?? false))
        }
    }

    @Test("White space before a document costs no memory and keeps places")
    func blank() throws {
        for blank in [" ", "\n", "\t"] {
            let spaces = String(repeating: blank, count: 3 << 20)
            let dump = try ConfigDump(bytes: (spaces + #"{"configs": []}"#).utf8)
            #expect(dump.resources.isEmpty)
            let error = #expect(throws: ConfigDumpError.self) {
                try ConfigDump(bytes: (spaces + #"{"configs": 5}"#).utf8)
            }
            #expect(error?.line == (blank == "\n" ? (3 << 20) + 1 : 1))
        }
    }
}

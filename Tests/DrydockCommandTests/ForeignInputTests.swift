import CorpusSupport
import Foundation
import Testing

/// Every command over every kind of input that is not its own: exit status 2, a first line on standard
/// error that names what the file is, and nothing on standard output.
@Suite struct ForeignInputTests {
    /// A kind of input.
    struct Input: Sendable {
        var name: String
        var bytes: [UInt8]
        /// The first line of the error has one of these.
        var words: [String]

        init(_ name: String, _ text: String, _ words: String...) {
            self.init(name, bytes: Array(text.utf8), words)
        }

        init(_ name: String, bytes: [UInt8], _ words: [String]) {
            self.name = name
            self.bytes = bytes
            self.words = words
        }
    }

    /// A way to call the command on a file.
    struct Call: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: @Sendable (_ path: String) -> [String]

        init(_ name: String, _ arguments: @escaping @Sendable (String) -> [String]) {
            self.name = name
            self.arguments = arguments
        }

        var testDescription: String { name }
    }

    // MARK: - Inputs

    private static let dump = #"""
        {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
        "version_info": "1", "dynamic_active_clusters": [{"version_info": "1", "cluster": {
        "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "web"},
        "last_updated": "2026-01-01T00:00:00Z"}]}]}
        """#

    static let texts: [Input] = [
        Input("nothing", "", "empty"),
        Input("white space", " \n\n", "empty"),
        Input("text", "invalid path. admin commands are:\n  /: Admin home page\n", "text"),
        Input("an error of Istiod", "Proxy not connected to this Pilot instance\n", "text"),
        Input("a page", "<!DOCTYPE html><html>login</html>", "markup"),
        Input("a log", "2026-01-01T00:00:00.000000Z\tinfo\tready\n", "text", "log"),
        Input("metrics", "# HELP a b\n# TYPE a counter\na 1\n", "metrics"),
        Input("YAML", "configs:\n- '@type': x\n", "YAML"),
        Input("a key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n", "text"),
        Input(
            "an unprintable dump",
            "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: could not find "
                + "@type 'type.googleapis.com/stats.PluginConfig'", "could not print"),
        Input(
            "/clusters in text", "web::observability_name::web\nweb::added_via_api::true\n",
            "/clusters"),
        Input("/listeners in text", "main::0.0.0.0:8000\n", "/listeners"),
        Input("binary data", "\u{1}\u{0}\u{2}\u{0}", "binary"),
    ]

    static let documents: [Input] = [
        Input("other JSON", #"{"colour": "red"}"#, "another kind"),
        Input("an empty object", "{}", "empty", "nothing", "no section"),
        Input(
            "a dump without sections", #"{"configs": []}"#, "nothing", "no section", "has no",
            "config dump"),
        Input("a list of numbers", "[1, 2]", "list of values"),
        Input("a string", #""configs""#, "text"),
        Input("registryz", #"[{"hostname": "a", "ports": [], "Attributes": {}}]"#, "registryz"),
        Input(
            "configz", #"[{"kind": "Gateway", "metadata": {"name": "a"}, "spec": {}}]"#, "configz"),
        Input("endpointz", #"[{"svc": "a:http", "ep": null}]"#, "endpointz"),
        Input("endpointShardz", #"{"a": {"default": {"Shards": {}}}}"#, "endpointShardz"),
        Input("adsz", #"{"totalClients": 0, "clients": []}"#, "adsz"),
        Input(
            "syncz", #"[{"proxy": "a.default", "cluster_sent": "1", "cluster_acked": "1"}]"#,
            "sync status"),
        Input(
            "proxy-config -o json", #"[{"name": "web", "type": "STATIC"}]"#,
            "istioctl proxy-config"),
        Input("/clusters", #"{"cluster_statuses": [{"name": "web"}]}"#, "/clusters"),
        Input("/certs", #"{"certificates": [{"ca_cert": [], "cert_chain": []}]}"#, "/certs"),
        Input(
            "/server_info", #"{"version": "c/1.40.0/Clean/RELEASE/BoringSSL", "state": "LIVE"}"#,
            "/server_info"),
        Input("/listeners", #"{"listener_statuses": [{"name": "main"}]}"#, "/listeners"),
        Input("ztunnel", #"{"workloads": {}, "services": {}, "certificates": []}"#, "ztunnel"),
        Input("a bootstrap", #"{"bootstrap": {"node": {"id": "a"}}}"#, "bootstrap"),
        Input("a bootstrap file", #"{"static_resources": {"clusters": []}}"#, "bootstrap file"),
        Input(
            "a DiscoveryResponse", #"{"versionInfo": "1", "resources": [{"name": "web"}]}"#,
            "DiscoveryResponse"),
        Input("CSDS", #"{"config": [{"node": {"id": "a"}, "genericXdsConfigs": []}]}"#, "CSDS"),
        Input(
            "an error of Kubernetes",
            #"{"kind": "Status", "apiVersion": "v1", "message": "pods \"a\" not found"}"#,
            "Kubernetes"),
    ]

    static let damaged: [Input] = [
        Input("a dump", dump, "config dump"),
        Input("a cut dump", String(dump.prefix(200)), "cut off", "config dump"),
        Input(
            "a damaged dump", dump.replacingOccurrences(of: ",", with: ";"), "not JSON",
            "config dump"),
        Input("a cut zip", "PK\u{3}\u{4}\u{14}\u{0}", "zip", "ZIP"),
        Input(
            "cut gzip", bytes: Array([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x2B]),
            ["gzip", "cut", "archive", "truncated"]),
        Input(
            "an archive of nothing", bytes: TarArchive().finished, ["archive", "nothing", "empty"]),
    ]

    private static var foreignArchive: Input {
        get throws {
            var archive = TarArchive()
            archive.add("notes/readme.txt", Array("hello".utf8))
            return Input(
                "a foreign archive", bytes: try archive.gzipped(),
                ["archive", "nothing", "bundle", "readme.txt"])
        }
    }

    // MARK: - Calls

    static let calls: [Call] = [
        Call("diff") { ["diff", $0, $0] },
        Call("canon") { ["canon", $0, "clusters"] },
        Call("clusters") { ["clusters", $0] },
        Call("clusters -o json") { ["clusters", "-o", "json", $0] },
        Call("listeners") { ["listeners", $0] },
        Call("routes") { ["routes", $0] },
        Call("endpoints") { ["endpoints", $0] },
        Call("endpoints -o yaml") { ["endpoints", "-o", "yaml", $0] },
        Call("secrets") { ["secrets", $0] },
        Call("bootstrap") { ["bootstrap", $0] },
        Call("bootstrap -o short") { ["bootstrap", "-o", "short", $0] },
        Call("ecds") { ["ecds", $0] },
        Call("all") { ["all", $0] },
        Call("trace") { ["trace", $0, "http://web/"] },
        Call("status") { ["status", $0] },
        Call("bundle") { ["bundle", $0] },
        Call("a proxy's clusters") { ["clusters", $0, "a.default"] },
        Call("a proxy's diff") { ["diff", $0, "a.default"] },
        Call("a proxy's trace") { ["trace", $0, "a.default", "http://web/"] },
    ]

    /// The pairs that are not an error, each with the reason.
    static let exceptions: [String: [String: String]] = [
        "a dump": [
            "diff": "it is a dump", "canon": "it has clusters", "clusters": "it has clusters",
            "clusters -o json": "it has clusters", "all": "it has clusters",
            "ecds": "a dump with other sections has no ECDS: the header alone",
            "endpoints": "a dump without include_eds has no endpoints: the header alone",
            "endpoints -o yaml": "the same, an empty list",
            "trace": "a trace ends without a listener: exit 1",
        ],
        "proxy-config -o json": [
            "diff": "two of them can be compared", "canon": "it has clusters",
        ],
        "/clusters": [
            "endpoints": "it has hosts", "endpoints -o yaml": "it has hosts", "all": "it has hosts",
        ],
        "/clusters in text": [
            "endpoints": "it has hosts", "endpoints -o yaml": "it has hosts", "all": "it has hosts",
        ],
        "/certs": ["secrets": "it has certificates", "all": "it has certificates"],
        "/server_info": [
            "bootstrap -o short": "it has the versions", "all": "it has the versions",
        ],
        "a bootstrap": [
            "bootstrap": "it is one", "bootstrap -o short": "it is one", "all": "it is one",
        ],
        "syncz": ["status": "it is a sync status"],
    ]

    @Test(
        "An input that is not the command's own is named, and nothing is printed", arguments: calls)
    func named(_ call: Call) throws {
        let folder = try TemporaryFolder()
        let inputs =
            ForeignInputTests.texts + ForeignInputTests.documents + ForeignInputTests.damaged
            + [try ForeignInputTests.foreignArchive]
        for (index, input) in inputs.enumerated() {
            let path = try folder.write(input.bytes, to: "input-\(index)")
            if ForeignInputTests.exceptions[input.name]?[call.name] != nil { continue }
            try expectRefusal(call, input.name, path, input.words)
        }
    }

    @Test("What cannot be opened, and folders of nothing, are named", arguments: calls)
    func unreadable(_ call: Call) throws {
        let folder = try TemporaryFolder()
        let missing = folder.url.appendingPathComponent("missing").path
        try expectRefusal(call, "a missing file", missing, ["No such file"])
        try folder.write([], to: "void/deeper/nothing")
        let void = folder.url.appendingPathComponent("void").path
        try expectRefusal(
            call, "a folder of nothing", void, ["folder", "directory", "nothing", "bundle"])
        try expectRefusal(call, "a device", "/dev/null", ["empty", "not a", "save it", "pipe"])
    }

    @Test("The exceptions are none of the refused pairs")
    func exceptionsHold() throws {
        let folder = try TemporaryFolder()
        let inputs = Dictionary(
            uniqueKeysWithValues: (ForeignInputTests.texts + ForeignInputTests.documents
                + ForeignInputTests.damaged).map { ($0.name, $0) })
        for (name, calls) in ForeignInputTests.exceptions {
            let input = try #require(inputs[name])
            let path = try folder.write(input.bytes, to: "\(name.hashValue)")
            for (callName, reason) in calls {
                let call = try #require(ForeignInputTests.calls.first { $0.name == callName })
                let outcome = try Command.run(call.arguments(path))
                #expect(outcome.status < 2, "\(callName) on \(name): \(reason)")
                #expect(!outcome.output.isEmpty, "\(callName) on \(name): \(reason)")
            }
        }
    }

    private func expectRefusal(
        _ call: Call, _ name: String, _ path: String, _ words: [String]
    ) throws {
        let outcome = try Command.run(call.arguments(path))
        let first = outcome.errorText.split(separator: "\n").first.map(String.init) ?? ""
        let what: Comment = "\(call.name) on \(name): \(outcome.status), \(first)"
        #expect(outcome.status == 2, what)
        #expect(outcome.output.isEmpty, what)
        let beginnings = ["drydock: \(path)", #"{"error": {"code": "#]
        #expect(beginnings.contains { first.hasPrefix($0) } && first.contains(path), what)
        #expect(words.contains { first.contains($0) }, what)
    }
}

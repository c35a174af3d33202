import CorpusSupport
import Drydock
import Foundation
import Testing

@Suite struct TableTests {
    static func clusters(_ names: [String]) throws -> ProxySummary {
        let entries = names.map { name in
            """
            {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
              "name": \(String(decoding: PlainJSON.string(name).bytes, as: UTF8.self))}}
            """
        }
        return try AdminCapture(
            bytes: Array(
                """
                {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
                  "dynamic_active_clusters": [\(entries.joined(separator: ","))]}]}
                """.utf8)
        ).summary(of: [.clusters])
    }

    static func table(_ names: [String]) throws -> [String] {
        var buffer = TextBuffer()
        TextTable.clusters(try clusters(names).clusters).write(to: &buffer)
        return buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("Columns are as wide as their widest cell in characters, and five spaces")
    func widths() throws {
        let lines = try Self.table(["zürich-zürich", "a"])
        #expect(lines[0].hasPrefix("SERVICE FQDN      PORT     "))
        #expect(lines[1].hasPrefix("a                 -        "))
        #expect(lines[2].hasPrefix("zürich-zürich     -        "))
    }

    @Test("A control character in a name does not break its row")
    func controls() throws {
        let lines = try Self.table(["a\nb", "\u{1B}[31m", "\u{7F}"])
        #expect(lines.count == 5)
        #expect(lines.contains { $0.hasPrefix(#"a\nb  "#) })
        #expect(lines.contains { $0.hasPrefix(#"\u001b[31m  "#) })
        #expect(lines.contains { $0.hasPrefix(#"\u007f  "#) })
    }

    @Test("Clusters sort by service name, subset, port, direction, all bytewise")
    func order() throws {
        let names = [
            "outbound|80|v2|b", "outbound|443||b", "outbound|80||b", "inbound|80||b", "a",
            "outbound|9||B", "outbound|80|v10|b", "outbound|1|x|c|d",
        ]
        #expect(
            try Self.clusters(names.shuffled()).clusters.map(\.name) == [
                "outbound|1|x|c|d", "outbound|9||B", "a", "inbound|80||b", "outbound|80||b",
                "outbound|443||b", "outbound|80|v10|b", "outbound|80|v2|b",
            ])
    }

    @Test("The port part of a name is a port, whatever it says")
    func ports() throws {
        #expect(ClusterNameParts("outbound|x||a")?.port == 0)
        #expect(ClusterNameParts("outbound|8080|v1|a.b")?.port == 8080)
        #expect(ClusterNameParts("outbound|8080|v1") == nil)
    }

    @Test(
        "Times are read and written as RFC 3339",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23T18:16:00Z", 1_795_457_760),
            ("2036-02-29T23:59:59Z", 2_087_942_399),
        ])
    func times(text: String, seconds: Int) throws {
        #expect(ClockTime.seconds(text) == seconds)
        #expect(ClockTime.text(seconds) == text)
    }

    @Test("VALID CERT is asked at a moment that the caller names")
    func validity() throws {
        let folder = try Corpus.folder("istiod/in_sync")
        let dump = folder.appendingPathComponent(
            "pairs/reviews-v2-6f85cb9b7c-4gd2b/config_dump_eds.json")
        let secrets = try AdminCapture(contentsOfFile: dump.path).summary(of: [.secrets]).secrets
        let certificate = try #require(secrets.first { $0.name == "default" }?.certificate)
        #expect(!certificate.isValid(at: certificate.notBefore - 1))
        #expect(certificate.isValid(at: certificate.notBefore + 1))
        #expect(certificate.isValid(at: certificate.notAfter - 1))
        #expect(!certificate.isValid(at: certificate.notAfter + 1))
        #expect(!certificate.isAuthority)
        // openssl x509 -serial -dates of the same certificate.
        #expect(certificate.serialNumber == "7f16ad4046511d6560751f378829ea0c7598e94f")
        #expect(ClockTime.text(certificate.notAfter) == "2026-11-24T18:15:15Z")
    }

    @Test("What is no certificate is none")
    func noCertificate() {
        #expect(X509Certificate(pem: []) == nil)
        #expect(X509Certificate(pem: Array("-----BEGIN CERTIFICATE-----\nAAAA\n".utf8)) == nil)
        #expect(X509Certificate(base64: Array("%%%".utf8)) == nil)
        #expect(X509Certificate(base64: []) == nil)
    }
}

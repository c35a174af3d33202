import CorpusSupport
import Foundation
import Testing

/// `drydock status`: exit status, output and errors.
@Suite struct StatusCommandTests {
    private func folder(_ scenario: String) throws -> URL {
        try Corpus.folder("istiod/\(scenario)")
    }

    private func captures(_ scenario: String, _ form: String) throws -> [String] {
        let status = try folder(scenario).appendingPathComponent("status")
        return try FileManager.default.contentsOfDirectory(atPath: status.path).sorted()
            .filter { $0.hasSuffix(form) }.map { status.appendingPathComponent($0).path }
    }

    @Test(
        "The table has istioctl's columns, a row a proxy, and Envoy's reason below an ERROR",
        arguments: [".syncz.json", ".xds.json"])
    func table(_ form: String) throws {
        let outcome = try Command.run(["status"] + captures("drift", form))
        #expect(outcome.status == 1)
        let header = outcome.lines[0].split(separator: " ").map(String.init)
        #expect(
            header == ["NAME", "CLUSTER", "CDS", "ECDS", "EDS", "LDS", "RDS", "ISTIOD", "VERSION"])
        let row = try #require(outcome.lines.firstIndex { $0.hasPrefix("details-") })
        #expect(outcome.lines[row].contains("ERROR (0s)"))
        #expect(outcome.lines[row].contains("IGNORED"))
        #expect(
            outcome.lines[row + 1].hasPrefix(
                "    LDS: Error adding/updating listener(s) virtualInbound"))
    }

    @Test("A bundle adds the proxies that no Istiod knows")
    func bundle() throws {
        let path = try folder("drift").appendingPathComponent("bug-report.tar.gz").path
        let outcome = try Command.run(["status", "-o", "json", path])
        #expect(outcome.status == 1)
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [[String: Any]])
        #expect(rows.count == 10)
        let cut = try #require(rows.first { ($0["proxy"] as? String)?.contains("zk4wl") ?? false })
        #expect(cut["connected"] as? Bool == false)
        #expect((cut["types"] as? [String: Any])?.isEmpty == true)
        #expect(cut["istiod"] is NSNull)
        #expect(
            (cut["notes"] as? [String])?.first?.contains("istiod.istio-system.svc:15010") ?? false)
        let details = try #require(rows.first)
        let types = try #require(details["types"] as? [String: [String: String]])
        #expect(Set(types.keys) == ["CDS", "ECDS", "EDS", "LDS", "RDS"])
        #expect(types["ECDS"] == ["status": "IGNORED"])
        #expect(types["CDS"]?["status"] == "SYNCED")
        #expect(types["CDS"]?["sentTime"]?.hasPrefix("2026-11-23T18:15:56") ?? false)
        #expect(types["LDS"]?["lastError"]?.contains("virtualInbound") ?? false)
    }

    @Test("All SYNCED ends with 0; a namespace narrows the rows and the verdict")
    func verdict() throws {
        #expect(try Command.run(["status"] + captures("in_sync", ".syncz.json")).status == 0)
        let outcome = try Command.run(["status", "-n", "data"] + captures("drift", ".syncz.json"))
        #expect(outcome.status == 0)
        #expect(outcome.lines.count == 3)
        #expect(outcome.lines[1].hasPrefix("mongodb-"))
    }

    @Test("YAML holds what JSON holds")
    func yaml() throws {
        let outcome = try Command.run(
            ["status", "-o", "yaml"] + captures("in_sync", ".syncz.json"))
        #expect(outcome.status == 0)
        #expect(outcome.lines.filter { $0.hasPrefix("- cluster: Kubernetes") }.count == 10)
        #expect(outcome.text.contains("  proxy: mongodb-v1-7f6b4d8c5-lr8dk.data\n"))
    }

    @Test("A service is known or not, and where Istiods disagree the status is 1")
    func service() throws {
        let path = try folder("faults").appendingPathComponent("bug-report.tar.gz").path
        let known = try Command.run(["status", "--service", "reviews.default", path])
        #expect(known.status == 0)
        #expect(
            known.lines.filter { $0.hasSuffix("knows reviews.default.svc.cluster.local") }.count
                == 2)
        let orphan = try Command.run(["status", "--service", "orphan", "-o", "json", path])
        #expect(orphan.status == 1)
        let entries = try #require(
            try JSONSerialization.jsonObject(with: Data(orphan.output)) as? [[String: Any]])
        #expect(entries.map { $0["known"] as? Bool } == [true, false])
        #expect(
            entries.allSatisfy {
                Set(["istiod", "known", "ports", "address", "endpoints"]).isSubset(of: $0.keys)
            })
        let text = try Command.run(["status", "--service", "orphan", path])
        #expect(text.text.contains("istiod-6b8f7c9d5c-wv7rk does not know orphan\n"))
    }

    @Test("A bundle without any Istiod's answer is trouble, not an empty table")
    func noStatus() throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let outcome = try Command.run(["status", folder.url.path])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("no Istiod's debug/syncz"))
    }

    @Test("What is no sync status ends with 2, located, and nothing on standard output")
    func trouble() throws {
        let folder = try TemporaryFolder()
        let broken = try folder.write(Array("[{\"proxy\": }]".utf8), to: "syncz.json")
        let outcome = try Command.run(["status", "-o", "json", broken])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        let errors =
            try JSONSerialization.jsonObject(with: Data(outcome.errors)) as? [String: [String: Any]]
        #expect(errors?["error"]?["code"] as? String == "json-syntax")
        #expect(errors?["error"]?["line"] as? Int == 1)
        for arguments in [["status"], ["status", "-o", "xml", broken], ["status", "missing"]] {
            let outcome = try Command.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
        }
    }
}

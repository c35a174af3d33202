import CorpusSupport
import Foundation
import Testing

/// `drydock bundle`: exit status, output and errors.
@Suite struct BundleCommandTests {
    private func archive(_ scenario: String) throws -> String {
        try Corpus.folder("istiod/\(scenario)").appendingPathComponent("bug-report.tar.gz").path
    }

    @Test(
        "A mesh that is well ends with 0 and says so, without a word on standard error",
        arguments: ["in_sync", "trace"])
    func well(_ scenario: String) throws {
        let outcome = try Command.run(["bundle", archive(scenario)])
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.lines.contains("10 proxies: 10 ok, 0 with problems"))
        #expect(!outcome.text.contains("odd one out"))
    }

    @Test("What is out of step ends with 1, the cause below its row")
    func drift() throws {
        let outcome = try Command.run(["bundle", archive("drift")])
        #expect(outcome.status == 1)
        #expect(outcome.lines.contains("10 proxies: 5 ok, 5 with problems"))
        let row = try #require(outcome.lines.firstIndex { $0.hasPrefix("reviews-v2-") })
        #expect(outcome.lines[row].contains("CDS ERROR"))
        #expect(outcome.lines[row].hasSuffix("12 clusters differ"))
        #expect(outcome.lines[row + 1].hasPrefix("    rejected: 2 clusters rejected by Envoy: "))
        #expect(outcome.lines[row + 2].hasPrefix("    behind: 10 others wait"))
        #expect(
            outcome.text.contains("\nodd one out: reviews-v1-6584ddcf65-zk4wl.default, against "))
        // Each unreadable entry is one line.
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        #expect(outcome.errorText.contains("details-v1-5b8d4f9c8c-q7vtd/config_dump?include_eds: "))
    }

    @Test("The differences of the odd ones are shown on request")
    func diff() throws {
        let outcome = try Command.run(["bundle", "--diff", archive("faults")])
        #expect(outcome.status == 1)
        #expect(outcome.lines.contains("--- reviews-v1-6584ddcf65-hq2mc.default Clusters"))
        #expect(outcome.lines.contains("+++ reviews-v1-6584ddcf65-n8x5r.default Clusters"))
    }

    @Test("JSON keeps the contract: members, and null where there is nothing")
    func json() throws {
        let outcome = try Command.run(["bundle", "-o", "json", archive("drift")])
        #expect(outcome.status == 1)
        let report = try outcome.json()
        #expect(Set(report.keys) == ["istiods", "proxies", "notes", "unreadable", "passedOver"])
        let istiods = try #require(report["istiods"] as? [[String: Any]])
        #expect(istiods.map { $0["proxies"] as? Int } == [4, 5])
        #expect(istiods.allSatisfy { $0["namespace"] as? String == "istio-system" })
        let proxies = try #require(report["proxies"] as? [[String: Any]])
        let names = proxies.compactMap { $0["proxy"] as? String }
        #expect(names == names.sorted())
        #expect(names.count == 10)
        for proxy in proxies {
            #expect(
                Set(proxy.keys) == [
                    "proxy", "workload", "istio", "envoy", "connected", "istiod", "sync", "dump",
                    "drift", "oddOneOut", "notes", "verdict", "checked",
                ])
        }
        let details = try #require(proxies.first)
        #expect((details["dump"] as? [String: Any])?["readable"] as? Bool == false)
        #expect(details["drift"] is NSNull)
        #expect((details["sync"] as? [String: String])?["LDS"] == "ERROR")
        let stale = try #require(
            proxies.first { ($0["proxy"] as? String)?.contains("hq2mc") ?? false })
        let drift = try #require(stale["drift"] as? [String: Any])
        #expect(drift["against"] as? String == "istiod")
        #expect(
            Set((drift["clusters"] as? [String: Any])?.keys ?? [:].keys) == [
                "onlyFrom", "onlyTo", "changed",
            ])
        let odd = try #require(stale["oddOneOut"] as? [String: Any])
        #expect(odd["replicas"] as? [String] == ["reviews-v1-6584ddcf65-n8x5r.default"])
        #expect(
            Set((odd["clusters"] as? [String: Any])?.keys ?? [:].keys) == [
                "onlyHere", "onlyThere", "changed",
            ])
        let unreadable = try #require(report["unreadable"] as? [[String: String]])
        #expect(unreadable.map { Set($0.keys) } == [["entry", "error"]])
    }

    @Test("ndjson is the proxies of the JSON, one a line")
    func lines() throws {
        let document = try Command.run(["bundle", "--output", "json", archive("faults")]).json()
        let outcome = try Command.run(["bundle", "--output=ndjson", archive("faults")])
        let proxies = try outcome.lines.filter { !$0.isEmpty }.map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary
        }
        #expect(proxies == document["proxies"] as? [NSDictionary])
        #expect(outcome.status == 1)
    }

    @Test(
        "A bundle that is cut off gives what came before, and ends with 2",
        arguments: [0.3, 0.6, 0.9, 0.999])
    func cut(_ part: Double) throws {
        let whole = try Corpus.bytes(of: URL(fileURLWithPath: archive("in_sync")))
        let folder = try TemporaryFolder()
        let path = try folder.write(
            Array(whole[..<Int(Double(whole.count) * part)]), to: "cut.tar.gz")
        let outcome = try Command.run(["bundle", "-o", "json", path])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("what came before it was read"))
        let report = try outcome.json()
        #expect((report["istiods"] as? [Any])?.isEmpty == false)
        let proxies = try #require(report["proxies"] as? [[String: Any]])
        // What is not there is not accused.
        #expect(proxies.allSatisfy { ($0["notes"] as? [Any])?.isEmpty ?? false })
    }

    @Test("A hostile archive is refused by the entry's name, and ends with 2")
    func hostile() throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        var archive = mesh.archive()
        archive.add("bug-report/../../evil")
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
        let outcome = try Command.run(["bundle", path])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("bug-report/../../evil leads out of the archive"))
        #expect(outcome.text.contains("a.default"))
    }

    @Test("An unreadable part alone ends with 1, though all proxies are well")
    func unreadable() throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        mesh.addStatus("istiod-a", "a")
        mesh.addAnswer("istiod-a", "configz", "404 page not found")
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let outcome = try Command.run(["bundle", folder.url.path])
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("1 proxy: 1 ok (drift not compared), 0 with problems"))
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        #expect(outcome.text.contains("istiod-a/debug/configz: "))
    }

    @Test(
        "What cannot be a bundle ends with 2 and nothing on standard output",
        arguments: [
            ["bundle"], ["bundle", "missing.tar.gz"], ["bundle", "-"], ["bundle", "a", "b"],
            ["bundle", "-o", "xml", "a"], ["bundle", "--grace", "soon", "a"],
        ])
    func trouble(_ arguments: [String]) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.hasPrefix("drydock: "))
    }

    @Test("A pipe is no bundle, and the error says why")
    func pipe() throws {
        let bytes = try Corpus.bytes(of: URL(fileURLWithPath: archive("in_sync")))
        let outcome = try Command.run(["bundle", "/dev/stdin"], standardInput: bytes)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("cannot be read twice"))
    }

    @Test("Control characters of an entry's name do not reach the terminal")
    func controlCharacters() throws {
        var mesh = MeshFixture()
        mesh.add("proxies/default/a\u{1B}[31m/config_dump", "no dump\u{1B}[2J")
        let folder = try TemporaryFolder()
        let path = try folder.write(mesh.archive().finished, to: "bundle.tar")
        let outcome = try Command.run(["bundle", path])
        #expect(outcome.status == 1)
        #expect(!outcome.output.contains(0x1B))
        #expect(!outcome.errors.contains(0x1B))
    }
}

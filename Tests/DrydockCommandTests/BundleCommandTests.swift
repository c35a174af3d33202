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

    @Test("What is out of step ends with 1: causes first with their objects, then a row a proxy")
    func drift() throws {
        let outcome = try Command.run(["bundle", archive("drift")])
        #expect(outcome.status == 1)
        #expect(outcome.lines.contains("10 proxies: 5 ok, 5 with problems"))
        let start = try #require(
            outcome.lines.firstIndex { $0.contains("2 clusters rejected by Envoy") })
        let end = try #require(outcome.lines[start...].firstIndex(of: ""))
        let cause = outcome.lines[start..<end]
        #expect(cause.contains("   Change:  EnvoyFilter ratings-broken in default"))
        #expect(cause.contains("   Affects: 1 proxy: reviews-v2-6f85cb9b7c-4gd2b.default"))
        #expect(cause.contains("   Next:    kubectl -n default edit envoyfilter ratings-broken"))
        let number = outcome.lines[start].prefix(1)
        let rows = try #require(outcome.lines.firstIndex { $0.hasPrefix("NAME ") })
        #expect(start < rows)
        let row = try #require(outcome.lines.firstIndex { $0.hasPrefix("reviews-v2-") })
        #expect(outcome.lines[row].contains("CDS ERROR"))
        #expect(outcome.lines[row].contains("default                 \(number) "))
        #expect(outcome.lines[row].hasSuffix("12 clusters differ"))
        // Problems first.
        let verdicts = outcome.lines[(rows + 1)...].prefix { !$0.isEmpty }
            .map { $0.contains("   ok   ") }
        #expect(verdicts.count == 10)
        #expect(verdicts == verdicts.sorted { !$0 && $1 })
        // Each unreadable entry is one line.
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        #expect(outcome.errorText.contains("details-v1-5b8d4f9c8c-q7vtd/config_dump?include_eds: "))
    }

    @Test("A proxy's page has its state, its causes with their objects, what differs, and commands")
    func page() throws {
        let outcome = try Command.run([
            "bundle", archive("drift"), "reviews-v2-6f85cb9b7c-4gd2b.default",
        ])
        #expect(outcome.status == 1)
        #expect(outcome.lines.first == "reviews-v2-6f85cb9b7c-4gd2b.default: a problem")
        for line in [
            "        change EnvoyFilter ratings-broken in default", "causes:", "next:",
            "    + 2 clusters (service ledger.data; ports 3306 and 8081): only Envoy",
            "    kubectl -n default edit envoyfilter ratings-broken",
        ] {
            #expect(outcome.lines.contains(line), "\(line)")
        }
        let odd = try Command.run(["bundle", archive("drift"), "reviews-v1-6584ddcf65-zk4wl"])
        #expect(odd.text.contains("against reviews-v1-6584ddcf65-n8x5r.default"))
        let well = try Command.run(["bundle", archive("drift"), "reviews-v3-66d9d9f4c9-t5pnm"])
        #expect(well.status == 0)
        let none = try Command.run(["bundle", archive("drift"), "nobody"])
        #expect(none.status == 2)
        #expect(none.output.isEmpty)
        let json = try Command.run([
            "bundle", "-o", "json", archive("drift"), "reviews-v2-6f85cb9b7c-4gd2b",
        ])
        #expect(try json.json()["verdict"] as? String == "problem")
    }

    @Test("Rows are of the proxies that are asked for; the causes are told all the same")
    func filters() throws {
        let rows = { (arguments: [String]) throws -> [String] in
            let outcome = try Command.run(["bundle"] + arguments + [archive("drift")])
            #expect(outcome.text.contains("EnvoyFilter ratings-broken"))
            let start = try #require(outcome.lines.firstIndex { $0.hasPrefix("NAME ") })
            return outcome.lines[(start + 1)...].prefix { !$0.isEmpty }.map { String($0) }
        }
        #expect(try rows(["--problems"]).count == 5)
        #expect(try rows(["-n", "data"]).map { $0.hasPrefix("mongodb-v1") } == [true])
        #expect(try rows(["--problems", "-n", "data"]).isEmpty)
    }

    @Test("Every kind of note is explained, and the page of the documentation is the same")
    func explanations() throws {
        let all = try Command.run(["explain"])
        #expect(all.status == 0)
        let source = try String(
            contentsOf: Corpus.repository.appendingPathComponent("Sources/Reporting/Note.swift"),
            encoding: .utf8)
        let kinds = source.matches(of: /Kind\(rawValue: "([a-z-]+)"\)/).map { String($0.1) }
        #expect(kinds.count > 20)
        for kind in kinds {
            let outcome = try Command.run(["explain", kind])
            #expect(outcome.status == 0, "\(kind)")
            #expect(outcome.lines.first == kind)
            for title in ["How it comes about: ", "To confirm: ", "To mend: "] {
                #expect(outcome.text.contains("\n\(title)"), "\(kind)")
            }
        }
        let page = try String(
            contentsOf: Corpus.repository.appendingPathComponent("NOTES.md"), encoding: .utf8)
        let markdown = try Command.run(["explain", "--output", "markdown"]).text
        #expect(page.hasSuffix(markdown.trimmingCharacters(in: .newlines) + "\n"))
        #expect(try Command.run(["explain", "nonsense"]).status == 2)
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
        #expect(
            Set(report.keys) == [
                "istiods", "causes", "findings", "proxies", "notes", "unreadable", "passedOver",
            ])
        let causes = try #require(report["causes"] as? [[String: Any]])
        let broken = try #require(
            causes.first { ($0["object"] as? [String: String])?["name"] == "ratings-broken" })
        #expect(
            broken["object"] as? [String: String] == [
                "kind": "EnvoyFilter", "namespace": "default", "name": "ratings-broken",
            ])
        #expect(broken["proxies"] as? [String] == ["reviews-v2-6f85cb9b7c-4gd2b.default"])
        #expect((broken["next"] as? [String])?.isEmpty == false)
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
                    "drift", "differences", "oddOneOut", "notes", "verdict", "checked",
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

import CorpusSupport
import Foundation
import Testing

/// Small inputs that the tables once answered wrongly, each with a neighbour.
@Suite struct ViewCaseTests {
    private static func path(_ file: String) -> String { Corpus.file("cases/\(file)").path }

    @Test("SPIFFE bundles: a CA row for each trust domain, with its column")
    func trustDomains() throws {
        let dump = Self.path("08-spire-secrets/dump.json")
        let outcome = try Command.run(["secrets", dump])
        #expect(outcome.status == 0)
        #expect(outcome.lines.first?.hasSuffix("TRUST DOMAIN") == true)
        #expect(outcome.lines.filter { $0.contains("CA ") }.count == 2)
        for (line, domain) in zip(outcome.lines.dropFirst(), ["east.example", "west.example"]) {
            #expect(line.hasSuffix(domain))
            #expect(line.contains(" true "))
        }
    }

    @Test("A dump without a trust domain has no such column")
    func noTrustDomains() throws {
        let dump = try Corpus.folder("istiod/in_sync").appendingPathComponent(
            "pairs/reviews-v2-6f85cb9b7c-4gd2b/config_dump.json")
        let outcome = try Command.run(["secrets", dump.path])
        #expect(outcome.lines.first?.hasSuffix("NOT BEFORE") == true)
    }

    @Test("ECDS by type URL, then name, in text and JSON")
    func extensionOrder() throws {
        let dump = Self.path("09-ecds-order/dump.json")
        let outcome = try Command.run(["ecds", dump])
        #expect(outcome.lines.dropFirst().map { $0.prefix(1) } == ["c", "a", "b", ""])
        let json = try Command.run(["ecds", "-o", "json", dump])
        let names = json.text.ranges(of: #/"name": "[abc]"/#).map {
            json.text[$0].dropLast().suffix(1)
        }
        #expect(names == ["c", "a", "b"])
    }

    @Test(
        "A ztunnel's dump is named by every table",
        arguments: [
            "clusters", "listeners", "routes", "endpoints", "secrets", "bootstrap", "ecds", "all",
        ])
    func ztunnel(view: String) throws {
        // The neighbour begins with more certificates than are looked at.
        let certificate = #"{"identity": "spiffe://a/ns/b/sa/c", "state": "Available"}"#
        let many = Array(repeating: certificate, count: 2000).joined(separator: ",")
        let neighbour = try TemporaryDumps(
            contents: [Array(#"{"certificates": [\#(many)], "workloads": []}"#.utf8)])
        for dump in [Self.path("11-ztunnel/config_dump.json"), neighbour.paths[0]] {
            let outcome = try Command.run([view, dump])
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errorText.contains("a ztunnel's config dump"))
        }
    }

    @Test("A rejected listener is no row, and standard error says why")
    func rejectedListener() throws {
        let outcome = try Command.run(["listeners", Self.path("13-rejected-listener/dump.json")])
        #expect(outcome.status == 0)
        #expect(outcome.text == "ADDRESSES PORT MATCH DESTINATION\n")
        #expect(outcome.errorText.contains("virtualInbound was rejected by Envoy"))
        #expect(outcome.errorText.contains("reason: is required"))
    }

    @Test(
        "What is not a number in /clusters stays text, and JSON stays JSON",
        arguments: [
            (#"1,"evil":[true]"#, #""weight": "1,\"evil\":[true]""#),
            ("1e400", #""weight": "1e400""#),
            ("-1", #""weight": "-1""#), ("4294967295", #""weight": 4294967295"#),
            ("4294967296", #""weight": "4294967296""#), ("00", nil), ("", #""weight": """#),
        ])
    func clusterNumbers(weight: String, expected: String?) throws {
        let text = """
            a::observability_name::a
            a::10.0.0.1:80::health_flags::healthy
            a::10.0.0.1:80::weight::\(weight)

            """
        let files = try TemporaryDumps(contents: [Array(text.utf8)])
        let outcome = try Command.run(["endpoints", "-o", "json", files.paths[0]])
        #expect(outcome.status == 0)
        #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(outcome.output))
        }
        if let expected {
            #expect(outcome.text.contains(expected))
        } else {
            #expect(!outcome.text.contains("weight"))
        }
    }

    @Test("The case of injected members is valid JSON without them")
    func injection() throws {
        let file = Self.path("47-clusters-text-json/clusters.txt")
        let outcome = try Command.run(["endpoints", "-o", "json", file])
        let statuses = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [[String: Any]])
        let hosts = try #require(statuses.first?["hostStatuses"] as? [[String: Any]])
        #expect(hosts.first?["evil"] == nil)
        #expect(hosts.first?["priority"] as? String == "x y")
    }

    @Test(
        "A terminal gets nothing to obey from a table", arguments: ["A.json", "server_info.json"])
    func terminal(file: String) throws {
        for view in ["clusters", "listeners", "routes", "secrets", "all", "bootstrap"] {
            let arguments = view == "bootstrap" ? [view, "-o", "short"] : [view]
            let outcome = try Command.run(arguments + [Self.path("37-terminal/\(file)")])
            for text in [outcome.text, outcome.errorText] {
                let obeyed = text.unicodeScalars.filter {
                    [.control, .format].contains($0.properties.generalCategory) && $0 != "\n"
                }
                #expect(obeyed.isEmpty, "\(view): \(obeyed)")
            }
        }
        let cluster = try Command.run(["clusters", Self.path("24-control-characters/c1.json")])
        #expect(cluster.text.contains(#"\u009b"#))
    }

    @Test("VALID CERT is judged when the dump was captured, or when the user says")
    func moment() throws {
        let dump = try Corpus.folder("istiod/in_sync").appendingPathComponent(
            "pairs/reviews-v2-6f85cb9b7c-4gd2b/config_dump.json"
        ).path
        let captured = try Command.run(["secrets", dump])
        #expect(captured.errorText.contains("VALID CERT as of 2026-11-23T18:15:"))
        #expect(captured.text.contains(" true "))
        let later = try Command.run(["secrets", "--at", "2099-01-01T00:00:00Z", dump])
        #expect(!later.text.contains(" true "))
        #expect(later.errorText.isEmpty)
        let now = try Command.run(["secrets", "--at", "now", dump])
        #expect(now.status == 0)
        let wrong = try Command.run(["secrets", "--at", "yesterday", dump])
        #expect(wrong.status == 2)
        #expect(wrong.errorText.contains("expected now or a time"))
    }

    @Test(
        "A filter that takes one of a few words refuses others",
        arguments: [
            ("listeners", "--type", "HTTPS", "HTTP+TCP"),
            ("endpoints", "--status", "sick", "unhealthy"),
            ("clusters", "--direction", "sideways", "inbound"),
            ("all", "--status", "", "unhealthy"),
        ])
    func words(view: String, option: String, word: String, listed: String) throws {
        let outcome = try Command.run([
            view, option, word, Self.path("24-control-characters/c1.json"),
        ])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("\(option) \(word): expected"))
        #expect(outcome.errorText.contains(listed))
    }

    @Test("A section that is there and empty gives the header, and says so")
    func emptySection() throws {
        let section = #"{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump"}"#
        let dump = try TemporaryDumps([section])
        let outcome = try Command.run(["clusters", dump.paths[0]])
        #expect(outcome.status == 0)
        #expect(outcome.lines.count == 2)
        #expect(outcome.errorText.contains("the section is empty"))
        for view in ["ecds", "endpoints"] {
            let absent = try Command.run([view, dump.paths[0]])
            #expect(absent.status == 0)
            #expect(absent.errorText.contains("there is no"))
        }
        let other = try Command.run(["routes", dump.paths[0]])
        #expect(other.status == 2)
        #expect(other.errorText.contains("this config dump has no RoutesConfigDump"))
    }
}

import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import Reporting
import Testing

/// Results as values: each in all its forms, and as parts of a program's own documents.
@Suite struct ResultTests {
    private static func dump(_ name: String) throws -> ConfigDump {
        let file = Corpus.repository.appendingPathComponent("Corpus/pairs/stale/\(name)")
        return try ConfigDump(contentsOfFile: file.path)
    }

    private func comparison(_ rules: [IgnoreRule] = []) throws -> Comparison {
        try Comparison(
            from: Self.dump("istiod_config_dump.json"), to: Self.dump("config_dump.json"),
            options: Comparison.Options(ignoring: rules))
    }

    @Test("A difference has both resources, and its own hunks with the lines of the whole")
    func difference() throws {
        let comparison = try comparison()
        let whole = try comparison.unifiedDiff(context: 0).split(separator: "\n")
        #expect(!comparison.clusters.changed.isEmpty)
        for section in comparison.sections {
            for difference in section.changed {
                #expect(difference.kind == section.kind)
                #expect(difference.from.name == difference.to.name)
                let own = try comparison.unifiedDiff(of: difference, context: 0)
                #expect(own.contains("@@"))
                for line in own.split(separator: "\n") { #expect(whole.contains(line)) }
                #expect(try comparison.unifiedDiff(of: difference).contains(difference.name))
            }
        }
    }

    @Test("The line of a resource in its file is where its body begins")
    func lines() throws {
        for name in ["istiod_config_dump.json", "config_dump.json"] {
            let dump = try Self.dump(name)
            let text = try String(contentsOfFile: dump.source, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let resources = dump.resources(.clusters, .active).reversed()
            let found = try dump.lines(of: Array(resources))
            #expect(found.count == resources.count)
            for (resource, line) in zip(resources, found) {
                let body = lines[(line - 1)...].prefix(400).joined()
                #expect(body.contains(resource.name))
                if lines.count > 100 {
                    #expect(lines[line - 1].contains("{"))
                    #expect(lines[(line - 1)...].prefix(4).joined().contains("@type"))
                }
            }
        }
    }

    @Test("A comparison is encoded as its JSON")
    func encodable() throws {
        struct Report: Encodable {
            var build = 7
            var comparison: Comparison
        }
        let comparison = try comparison()
        let data = try JSONEncoder().encode(Report(comparison: comparison))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
        let expected = try JSONSerialization.jsonObject(with: Data(comparison.json().utf8))
        #expect(object["comparison"] as? NSDictionary == expected as? NSDictionary)
        #expect(comparison.summary().contains("Clusters Don't Match"))
    }

    @Test(
        "An element of a list is told by its name as well as by its place",
        arguments: [
            ("#virtualHosts[\"reviews*\"].routes[\"jason\"]", true),
            ("routes/9080#virtualHosts[*]*", true),
            ("#virtualHosts[\"nobody*\"]*", false), ("clusters#virtualHosts*", false),
            ("routes/9080", true), ("routes/80", false),
        ])
    func names(_ text: String, _ isIgnored: Bool) throws {
        let rule = try #require(IgnoreRule(text))
        #expect(rule.description == text)
        let before = try comparison()
        let difference = try #require(before.routes.changed.first { $0.name == "9080" })
        let paths = difference.changes.map(\.path.description)
        let after = try comparison([rule])
        let rest = after.routes.changed.first { $0.name == "9080" }?.changes.count ?? 0
        if isIgnored {
            #expect(rest < paths.count, "\(paths)")
            #expect(after.unusedRules.isEmpty)
        } else {
            #expect(rest == paths.count)
            #expect(after.unusedRules == [rule])
        }
    }

    @Test("What is no rule is none", arguments: ["", "cluster", "/", "9080#x"])
    func noRule(_ text: String) {
        #expect(IgnoreRule(text) == nil)
    }

    @Test("A writer can be tested with values alone")
    func values() throws {
        let resource = Resource(kind: .clusters, name: "reviews")
        var section = SectionComparison(kind: .clusters)
        section.pairs = [ResourcePair(from: resource, to: resource, status: .changed(0))]
        section.changed = [
            ResourceDifference(
                from: resource, to: resource,
                changes: [
                    ValueChange(path: ValuePath([.key("connectTimeout")]), from: "3s", to: "10s")
                ])
        ]
        let empty = try ConfigDump(bytes: Array(#"{"configs": []}"#.utf8))
        var comparison = try Comparison(from: empty, to: empty)
        comparison.sections = [section]
        #expect(comparison.json().contains(#""path": "connectTimeout""#))
        #expect(comparison.summary().contains("~ reviews"))
    }
}

import CorpusSupport
import Foundation
import Testing

/// Equal changes of many resources are one line, with values and names.
@Suite struct GroupedDifferenceTests {
    private static func large() throws -> CapturedPair {
        try #require(
            CapturedPair.all("istiod").first {
                $0.place.contains("large_600") && $0.place.contains("reviews-v3")
                    && !$0.hasEndpoints
            })
    }

    @Test("A large proxy that fell behind is told in a few lines, with every value")
    func large() throws {
        let pair = try Self.large()
        let outcome = try Command.run([
            "diff", "-o", "summary", pair.istiod.path, pair.envoy.path,
        ])
        #expect(outcome.status == 1)
        #expect(outcome.lines.count <= 20)
        let clusters = try #require(outcome.lines.first { $0.contains("36 clusters") })
        #expect(clusters.contains("12 services: svc-0024.billing"))
        #expect(clusters.contains("subsets v1, v2 and none"))
        #expect(clusters.contains("circuitBreakers.thresholds[0].maxConnections"))
        // The values stand in the dumps; they are no others than these.
        for number in [124, 136, 208, 264, 304, 408, 452, 484, 556, 596, 636, 688] {
            #expect(clusters.contains("\(number + 1000) → \(number)"))
        }
        #expect(outcome.text.contains("+ 5 clusters (3 services: "))
        #expect(
            outcome.text.contains(
                "4 virtual hosts (svc-0342.billing:80, svc-0444.billing:80, svc-0342.billing:8080 "
                    + "and 1 more), route prefix /api/v0: timeout and maxGrpcTimeout 9s → 1s"))
    }

    @Test("The groups hold every change once", arguments: ["istiod", "lab"])
    func complete(_ group: String) throws {
        for pair in try CapturedPair.all(group).prefix(40) {
            let outcome = try Command.run(["diff", "-o", "json", pair.istiod.path, pair.envoy.path])
            guard outcome.status == 1 else { continue }
            let report = try outcome.json()
            for section in try #require(report["sections"] as? [[String: Any]]) {
                try check(section, "\(pair)")
            }
        }
    }

    private func check(_ section: [String: Any], _ pair: String) throws {
        let groups = try #require(section["groups"] as? [[String: Any]])
        let changed = try #require(section["changed"] as? [[String: Any]])
        func resources(_ status: String, inElements: Bool) -> Set<String> {
            Set(
                groups.filter {
                    $0["status"] as? String == status && ($0["elements"] != nil) == inElements
                }.flatMap { $0["resources"] as? [String] ?? [] })
        }
        for key in ["onlyFrom", "onlyTo"] {
            let names = try #require(section[key] as? [String])
            #expect(resources(key, inElements: false) == Set(names), "\(pair)")
        }
        let names = changed.compactMap { $0["name"] as? String }
        let grouped = ["changed", "onlyFrom", "onlyTo"].reduce(
            into: resources("changed", inElements: false)
        ) { $0.formUnion(resources($1, inElements: true)) }
        #expect(grouped == Set(names), "\(pair)")
        // Of a field, how often it changes; an element that came or went has no count.
        let fields = changed.flatMap { $0["changes"] as? [[String: Any]] ?? [] }
        let counted = groups.filter { $0["status"] as? String == "changed" }.reduce(0) {
            let values = $1["values"] as? [[String: Any]] ?? []
            let count = values.reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
            return $0 + count * ((($1["fields"] as? [String])?.count) ?? 0)
        }
        let hasElements = groups.contains { ($0["elements"] != nil) && $0["fields"] == nil }
        #expect(hasElements ? counted < fields.count : counted == fields.count, "\(pair)")
    }

    // MARK: - Made by hand

    private func cluster(_ name: String, _ more: String) -> String {
        """
        {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
         "name": "\(name)", \(more)}}
        """
    }

    private func clusters(_ entries: [String]) -> String {
        """
        {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
         "dynamic_active_clusters": [\(entries.joined(separator: ","))]}
        """
    }

    private func routes(_ hosts: [String]) -> String {
        """
        {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "dynamic_route_configs": [
         {"route_config": {"@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
          "name": "80", "virtual_hosts": [\(hosts.joined(separator: ","))]}}]}
        """
    }

    private func host(_ name: String, timeout: String) -> String {
        """
        {"name": "\(name)", "domains": ["\(name)"], "routes": [{"name": "default",
         "match": {"prefix": "/"}, "route": {"cluster": "c", "timeout": "\(timeout)"}}]}
        """
    }

    private func summary(_ from: String, _ to: String) throws -> [String] {
        let dumps = try TemporaryDumps([from, to])
        return try Command.run(["diff", "-o", "summary"] + dumps.paths).lines
    }

    @Test("The same change of many clusters is one line, and another stands beside it")
    func clusters() throws {
        let names = (1...22).flatMap { number in
            ["", "v1", "v2"].map { "outbound|80|\($0)|s\(number).shop.svc.cluster.local" }
        }
        let old = names.map { cluster($0, #""connect_timeout": "10s""#) }
        var new = names.map { cluster($0, #""connect_timeout": "3s""#) }
        new[0] = cluster(names[0], #""connect_timeout": "4s""#)
        let lines = try summary(clusters(old), clusters(new))
        #expect(
            lines.contains(
                "  ~ 65 clusters (22 services: s1.shop, s10.shop, s11.shop and 19 more; "
                    + "subsets v1, v2 and none): connectTimeout 10s → 3s"))
        #expect(lines.contains("  ~ \(names[0]): connectTimeout 10s → 4s"))
    }

    @Test("Elements of lists are told by what names them, wherever they stand")
    func names() throws {
        let old = (1...30).map { host("s\($0).shop:80", timeout: "9s") }
        var new = old
        new[20] = host("s21.shop:80", timeout: "1s")
        new.insert(host("new.shop:80", timeout: "1s"), at: 0)
        let lines = try summary(routes(old), routes(new))
        #expect(lines.contains("  ~ 80, virtual host s21.shop:80, route default: timeout 9s → 1s"))
        #expect(lines.contains { $0.hasPrefix("  ~ 80, virtual host new.shop:80: only ") })
    }

    @Test("Many different values of one field are one line that says how many more there are")
    func values() throws {
        let names = (1...90).map { "outbound|80||s\($0).shop.svc.cluster.local" }
        let old = names.enumerated().map {
            cluster($0.element, #""alt_stat_name": "old-\#($0.offset)""#)
        }
        let new = names.enumerated().map {
            cluster($0.element, #""alt_stat_name": "new-\#($0.offset)""#)
        }
        let lines = try summary(clusters(old), clusters(new))
        let line = try #require(lines.first { $0.contains("90 clusters") })
        #expect(line.contains("old-0 → new-0, "))
        let shown = line.split(separator: "→").count - 1
        #expect(line.hasSuffix("and \(90 - shown) other values"))
    }

    // MARK: - The habits of diff and git

    @Test("--stat counts the lines of each resource as the unified diff has them")
    func stat() throws {
        let pair = try Self.large()
        let paths = [pair.istiod.path, pair.envoy.path]
        let stat = try Command.run(["diff", "--stat"] + paths)
        let unified = try Command.run(
            ["diff", "-U", "0", "--kind", "clusters,listeners,routes"] + paths)
        #expect(stat.status == 1)
        let added = unified.lines.filter { $0.hasPrefix("+") && !$0.hasPrefix("+++") }.count
        let removed = unified.lines.filter { $0.hasPrefix("-") && !$0.hasPrefix("---") }.count
        let last = try #require(stat.lines.dropLast().last)
        #expect(last.hasPrefix("43 resources differ: "))
        let numbers = last.split { !$0.isNumber }.compactMap { Int($0) }
        // What surrounds an entry, and the comma of the last one, belong to no resource.
        #expect(numbers[1] <= added && numbers[1] > added - 40)
        #expect(numbers[2] <= removed && numbers[2] > removed - 40)
        let names = try Command.run(["diff", "--name-only"] + paths)
        #expect(names.lines.dropLast().count == 43)
        #expect(names.lines.contains("routes/8080"))
    }

    @Test("--word-diff marks the words, --label names the sides, -U sets the context")
    func habits() throws {
        let name = "outbound|80||a.shop.svc.cluster.local"
        let dumps = try TemporaryDumps([
            clusters([cluster(name, #""connect_timeout": "10s""#)]),
            clusters([cluster(name, #""connect_timeout": "3s""#)]),
        ])
        let words = try Command.run(["diff", "--word-diff", "--kind", "cds"] + dumps.paths)
        #expect(words.text.contains(#""connectTimeout": "[-10s-]{+3s+}""#))
        let labels = try Command.run(
            ["diff", "--label", "before", "--label", "after", "-U1", "--kind", "cluster"]
                + dumps.paths)
        #expect(labels.text.contains("--- before Clusters\n+++ after Clusters\n"))
        #expect(labels.lines.filter { $0.hasPrefix(" ") }.count == 2)
        let all = try Command.run(["diff", "--kind", "all", "--no-color"] + dumps.paths)
        #expect(all.status == 1)
        let markdown = try Command.run(["diff", "-o", "markdown", "--kind", "cds"] + dumps.paths)
        #expect(markdown.text.contains("- `~ \(name): connectTimeout 10s → 3s`"))
    }

    @Test("Markdown has at most 60 lines, and what a dump holds stays text")
    func markdown() throws {
        let names = (1...200).map { "<script>\($0)`|" }
        let old = names.map { cluster($0, #""connect_timeout": "10s""#) }
        let new = names.enumerated().map {
            cluster($0.element, #""x\#($0.offset)": "a", "connect_timeout": "\#($0.offset)s""#)
        }
        let dumps = try TemporaryDumps([clusters(old), clusters(new)])
        let outcome = try Command.run(["diff", "-o", "markdown", "--kind", "cds"] + dumps.paths)
        #expect(outcome.lines.count <= 61)
        #expect(outcome.text.contains("more lines"))
        for line in outcome.lines where line.contains("<script>") {
            #expect(line.hasPrefix("- `"))
        }
    }

    @Test(
        "A part of a name will do where it is no other's, and a mistyped one is answered",
        arguments: [
            (["di", "--help"], 0, "Usage: drydock diff"),
            (["pc", "cluster", "--help"], 0, "Usage: drydock clusters"),
            (["proxy-status", "--help"], 0, "Usage: drydock status"),
            (["dif"], 2, "diff takes two files"),
            (["dfif"], 2, "unknown command dfif: did you mean diff?"),
            (["diff", "--outptu", "json", "a", "b"], 2, "did you mean --output?"),
            (["diff", "--co", "3", "a", "b"], 2, "--co: this can be --context, --color"),
        ])
    func prefixes(_ arguments: [String], _ status: Int32, _ text: String) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == status)
        #expect((outcome.text + outcome.errorText).contains(text), "\(outcome.errorText)")
    }

    @Test("What follows an option is no option, whatever it looks like")
    func optionValue() throws {
        let dumps = try TemporaryDumps([clusters([]), clusters([])])
        let outcome = try Command.run(["diff", "--name", "--outp"] + dumps.paths)
        #expect(outcome.errorText.contains("--outp in the name"))
    }
}

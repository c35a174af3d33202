import DrydockDiff
import EnvoyConfig
import Testing

/// Hunks of a unified diff, whose numbers were counted by hand.
///
///     1  {
///     2      "dynamicActiveClusters": [
///     3          {
///     4              "cluster": {
///     5                  "@type": "…",
///     6                  "name": "a",
///     7                  "altStatName": "x",
///     8                  "connectTimeout": "1s"
///     9              }
///     10         },
///     11         {                               b: 11 to 18, c: 19 to 26, d: 27 to 34
///     …
///     35     ]
///     36 }
@Suite struct HunkTests {
    /// A cluster: its name, and the members after it.
    private func cluster(_ name: Character, _ members: String) -> String {
        #"{"cluster": {"@type": "t/envoy.config.cluster.v3.Cluster", "name": "\#(name)"\#(members)}}"#
    }

    private static let members = #", "alt_stat_name": "x", "connect_timeout": "1s""#

    /// A dump of the clusters of these names, of which some have other members.
    private func dump(_ names: String, _ other: [Character: String] = [:]) throws -> ConfigDump {
        let clusters = names.map { cluster($0, other[$0] ?? Self.members) }
        return try ConfigDump(
            bytes:
                #"{"configs": [{"@type": "t/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters": [\#(clusters.joined(separator: ","))]}]}"#
                .utf8)
    }

    private func text(_ from: ConfigDump, _ to: ConfigDump, context: Int) throws -> String {
        let comparison = try Comparison(
            from: from, to: to, options: .init(kinds: [.clusters]),
            labels: .init(from: "old", to: "new"))
        return try comparison.unifiedDiff(context: context)
    }

    private func hunks(_ from: ConfigDump, _ to: ConfigDump, context: Int) throws -> [String] {
        let lines = try text(from, to, context: context).split(separator: "\n")
        let heads = lines.filter { $0.hasPrefix("@@") }
        // As many lines follow as the heads say.
        func sum(_ place: Int) -> Int {
            heads.reduce(0) { sum, head in
                let span = head.split(separator: " ")[place].dropFirst().split(separator: ",")
                return sum + (span.count == 1 ? 1 : Int(span[1]) ?? 0)
            }
        }
        let body = lines.dropFirst(3).filter { !$0.hasPrefix("@@") }
        #expect(body.count { $0.hasPrefix(" ") || $0.hasPrefix("-") } == sum(1))
        #expect(body.count { $0.hasPrefix(" ") || $0.hasPrefix("+") } == sum(2))
        return heads.map(String.init)
    }

    private static let changed = #", "alt_stat_name": "y", "connect_timeout": "1s""#
    private static let shorter = #", "connect_timeout": "1s""#
    private static let cut = #", "alt_stat_name": "x""#

    @Test(
        "A changed line, with as much around it as there is",
        arguments: [
            (0, "@@ -7 +7 @@ a"), (1, "@@ -6,3 +6,3 @@ a"), (3, "@@ -4,7 +4,7 @@ a"),
            (6, "@@ -1,13 +1,13 @@ a"), (7, "@@ -1,14 +1,14 @@ a"), (100, "@@ -1,36 +1,36 @@ a"),
            (-1, "@@ -7 +7 @@ a"), (Int.max, "@@ -1,36 +1,36 @@ a"),
        ])
    func context(_ context: Int, _ head: String) throws {
        #expect(
            try hunks(dump("abcd"), dump("abcd", ["a": Self.changed]), context: context) == [head])
    }

    @Test(
        "At the end there is less below",
        arguments: [
            (0, "@@ -31 +31 @@ d"), (4, "@@ -27,9 +27,9 @@ d"), (5, "@@ -26,11 +26,11 @@ d"),
            (6, "@@ -25,12 +25,12 @@ d"),
        ])
    func end(_ context: Int, _ head: String) throws {
        #expect(
            try hunks(dump("abcd"), dump("abcd", ["d": Self.changed]), context: context) == [head])
    }

    @Test("Hunks whose context touches are one: seven lines stand between lines 7 and 15")
    func merged() throws {
        let (from, to) = (
            try dump("abcd"), try dump("abcd", ["a": Self.changed, "b": Self.changed])
        )
        #expect(try hunks(from, to, context: 4) == ["@@ -3,17 +3,17 @@ a"])
        #expect(
            try hunks(from, to, context: 3) == ["@@ -4,7 +4,7 @@ a", "@@ -12,7 +12,7 @@ b"])
        #expect(try hunks(from, to, context: 0) == ["@@ -7 +7 @@ a", "@@ -15 +15 @@ b"])
        // Fifteen between 7 and 23.
        let far = try dump("abcd", ["a": Self.changed, "c": Self.changed])
        #expect(try hunks(from, far, context: 8) == ["@@ -1,31 +1,31 @@ a"])
        #expect(
            try hunks(from, far, context: 7) == ["@@ -1,14 +1,14 @@ a", "@@ -16,15 +16,15 @@ c"])
    }

    @Test("Removed and added lines alone, counted from the line before them")
    func oneSided() throws {
        let (long, short) = (try dump("abcd"), try dump("abcd", ["a": Self.shorter]))
        #expect(try hunks(long, short, context: 0) == ["@@ -7 +6,0 @@ a"])
        #expect(try hunks(short, long, context: 0) == ["@@ -6,0 +7 @@ a"])
        #expect(try hunks(long, short, context: 1) == ["@@ -6,3 +6,2 @@ a"])
        // The numbers of the second text are one less from there on.
        let both = try dump("abcd", ["a": Self.shorter, "b": Self.changed])
        #expect(try hunks(long, both, context: 0) == ["@@ -7 +6,0 @@ a", "@@ -15 +14 @@ b"])
        // What was the last member has no comma any more.
        let cut = try dump("abcd", ["a": Self.cut])
        #expect(try hunks(long, cut, context: 0) == ["@@ -7,2 +7 @@ a"])
        #expect(try hunks(cut, long, context: 0) == ["@@ -7 +7,2 @@ a"])
    }

    @Test("Whole entries, with the comma of the one before the last")
    func entries() throws {
        let (all, middle) = (try dump("abcd"), try dump("acd"))
        #expect(try hunks(all, middle, context: 0) == ["@@ -11,8 +10,0 @@ b"])
        #expect(try hunks(middle, all, context: 0) == ["@@ -10,0 +11,8 @@ b"])
        #expect(try hunks(all, dump("bcd"), context: 0) == ["@@ -3,8 +2,0 @@ a"])
        // 26 is the end of c, which becomes the last.
        #expect(try hunks(all, dump("abc"), context: 0) == ["@@ -26,9 +26 @@ d"])
        #expect(try hunks(dump("abc"), all, context: 0) == ["@@ -26 +26,9 @@ d"])
        #expect(try hunks(all, dump(""), context: 3) == ["@@ -1,36 +1 @@ a"])
        #expect(try hunks(dump(""), all, context: 3) == ["@@ -1 +1,36 @@ a"])
    }

    @Test("The whole of a small diff")
    func whole() throws {
        let found = try text(dump("a"), dump("a", ["a": Self.cut]), context: 2)
        #expect(
            found == """
                Clusters Don't Match
                --- old Clusters
                +++ new Clusters
                @@ -5,6 +5,5 @@ a
                                 "@type": "t/envoy.config.cluster.v3.Cluster",
                                 "name": "a",
                -                "altStatName": "x",
                -                "connectTimeout": "1s"
                +                "altStatName": "x"
                             }
                         }

                """)
        #expect(try text(dump("a"), dump("a"), context: 2) == "Clusters Match\n")
    }

    @Test("Colours stand around lines, and do not reach over their ends")
    func colours() throws {
        let comparison = try Comparison(
            from: dump("a"), to: dump("a", ["a": Self.changed]), options: .init(kinds: [.clusters]),
            labels: .init(from: "old", to: "new"))
        let found = try ComparisonUnifiedDiff(context: 0, style: .ansi).text(of: comparison)
        #expect(
            found == """
                \u{1B}[1mClusters Don't Match\u{1B}[m
                \u{1B}[1m--- old Clusters\u{1B}[m
                \u{1B}[1m+++ new Clusters\u{1B}[m
                \u{1B}[36m@@ -7 +7 @@ a\u{1B}[m
                \u{1B}[31m-                "altStatName": "x",\u{1B}[m
                \u{1B}[32m+                "altStatName": "y",\u{1B}[m

                """)
    }
}

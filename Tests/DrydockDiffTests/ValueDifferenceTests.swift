import DrydockDiff
import EnvoyConfig
import Testing

/// What differs between two small values: changes with their paths, and lines.
@Suite struct ValueDifferenceTests {
    @Test(
        "A path has dots before identifiers, and brackets around places and other keys",
        arguments: [
            ([], "", ""), ([.key("a")], "a", "a"), ([.key("a"), .key("bC_1")], "a.bC_1", "a.bC_1"),
            ([.key("a"), .index(0), .index(12), .key("b")], "a[0][12].b", "a[0][12].b"),
            ([.index(3), .key("a")], "[3].a", "[3].a"),
            ([.key("a"), .key("b.c"), .key("d")], #"a["b.c"].d"#, #"a["b.c"].d"#),
            ([.key("_a")], "_a", "_a"), ([.key("1a")], #"["1a"]"#, #"["1a"]"#),
            ([.key("a1")], "a1", "a1"), ([.key("")], #"[""]"#, #"[""]"#),
            ([.key("a-b")], #"["a-b"]"#, #"["a-b"]"#),
            ([.key("\u{E9}")], "[\"\u{E9}\"]", "[\"\u{E9}\"]"),
            ([.key("@type")], #"["@type"]"#, #"["@type"]"#), ([.key("azAZ09")], "azAZ09", "azAZ09"),
            ([.key("9z")], #"["9z"]"#, #"["9z"]"#),
            // Quotes are escaped in the exact form alone.
            ([.key("a\"\\b")], #"["a\"\\b"]"#, "[\"a\"\\b\"]"),
            // The neighbours of letters and digits.
            ([.key("a/")], #"["a/"]"#, #"["a/"]"#), ([.key("a:")], #"["a:"]"#, #"["a:"]"#),
            ([.key("a[")], #"["a["]"#, #"["a["]"#), ([.key("a`")], #"["a`"]"#, #"["a`"]"#),
            ([.key("a{")], #"["a{"]"#, #"["a{"]"#),
        ] as [([ValuePath.Component], String, String)])
    func paths(_ components: [ValuePath.Component], _ text: String, _ plain: String) {
        let path = ValuePath(components)
        #expect(path.description == text)
        #expect(path.plain == plain)
    }

    /// `=2` for lines of both, `-1` of the first alone, `+1` of the second.
    private func lines(_ difference: ValueDifference) -> String {
        difference.lines.edits.map { edit in
            switch edit.kind {
            case .equal: "=\(edit.count)"
            case .delete: "-\(edit.count)"
            case .insert: "+\(edit.count)"
            }
        }.joined(separator: " ")
    }

    private func changes(_ difference: ValueDifference) -> [String] {
        difference.changes.map { change in
            func text(_ value: CanonicalValue?) -> String {
                guard let value else { return "" }
                var bytes: [UInt8] = []
                CanonicalText.appendCompact(value, to: &bytes)
                return String(decoding: bytes, as: UTF8.self)
            }
            return "\(change.path): \(text(change.from)) -> \(text(change.to))"
        }
    }

    private func difference(
        _ from: CanonicalValue, _ to: CanonicalValue, _ fromIsLast: Bool = true,
        _ toIsLast: Bool = true
    ) -> ValueDifference {
        ValueDifference(from: from, to: to, fromIsLast: fromIsLast, toIsLast: toIsLast)
    }

    private static let one = CanonicalValue.members([
        ("a", .literal("1")), ("b", .list([.string("x"), .string("y")])),
    ])

    @Test("Of the same value all lines are the same, but for a comma at its end")
    func same() {
        #expect(lines(difference(Self.one, Self.one)) == "=7")
        #expect(lines(difference(Self.one, Self.one, false, false)) == "=7")
        #expect(lines(difference(Self.one, Self.one, true, false)) == "=6 -1 +1")
        #expect(lines(difference(Self.one, Self.one, false, true)) == "=6 -1 +1")
        #expect(changes(difference(Self.one, Self.one, false, true)).isEmpty)
    }

    @Test("A scalar that differs is one line")
    func scalar() {
        let other = CanonicalValue.members([
            ("a", .literal("2")), ("b", .list([.string("x"), .string("y")])),
        ])
        // {, a, b: [, x, y, ], }
        #expect(lines(difference(Self.one, other)) == "=1 -1 +1 =5")
        #expect(changes(difference(Self.one, other)) == ["a: 1 -> 2"])
        #expect(changes(difference(.literal("1"), .string("1"))) == [": 1 -> \"1\""])
        #expect(lines(difference(.literal("1"), .string("1"))) == "-1 +1")
    }

    @Test("A member that only one side has, in front and behind, takes the comma with it")
    func members() {
        let short = CanonicalValue.members([("a", .literal("1"))])
        #expect(changes(difference(Self.one, short)) == [#"b: ["x", "y"] -> "#])
        // {, a with a comma or without, b of four lines, }
        #expect(lines(difference(Self.one, short)) == "=1 -1 +1 -4 =1")
        #expect(lines(difference(short, Self.one)) == "=1 -1 +5 =1")
        let front = CanonicalValue.members([("0", .list([])), ("a", .literal("1"))])
        #expect(changes(difference(short, front)) == [#"["0"]:  -> []"#])
        #expect(lines(difference(short, front)) == "=1 +1 =2")
        #expect(lines(difference(front, short)) == "=1 -1 =2")
    }

    @Test("Elements are named by their places on the side that has them")
    func elements() {
        func list(_ letters: String) -> CanonicalValue {
            .members([("l", .list(letters.map { .string(String($0)) }))])
        }
        #expect(changes(difference(list("abc"), list("ac"))) == [#"l[1]: "b" -> "#])
        // {, l: [, a, b, c, ], }
        #expect(lines(difference(list("abc"), list("ac"))) == "=3 -1 =3")
        #expect(
            changes(difference(list("ac"), list("azzc"))) == [#"l[1]:  -> "z""#, #"l[2]:  -> "z""#])
        #expect(lines(difference(list("ac"), list("azzc"))) == "=3 +2 =3")
        #expect(changes(difference(list("axc"), list("ayc"))) == [#"l[1]: "x" -> "y""#])
        #expect(lines(difference(list("ab"), list("a"))) == "=2 -1 +1 -1 =2")
    }

    @Test("An empty value stands on one line, none of which is shared")
    func empty() {
        let (object, list) = (
            CanonicalValue.members([("a", .literal("1"))]), CanonicalValue.list([.literal("1")])
        )
        #expect(lines(difference(object, .object([]))) == "-3 +1")
        #expect(changes(difference(object, .object([]))) == ["a: 1 -> "])
        #expect(changes(difference(.object([]), object)) == ["a:  -> 1"])
        #expect(lines(difference(.list([]), list)) == "-1 +3")
        #expect(changes(difference(.list([]), list)) == ["[0]:  -> 1"])
        #expect(changes(difference(list, .list([]))) == ["[0]: 1 -> "])
        #expect(changes(difference(list, object)) == [": [1] -> {\"a\": 1}"])
        #expect(lines(difference(list, object)) == "-3 +3")
    }

    @Test("Members of messages of different types need not be in one order")
    func crossing() {
        let from = CanonicalValue.members([("a", .literal("1")), ("b", .literal("2"))])
        let to = CanonicalValue.members([("b", .literal("2")), ("a", .literal("1"))])
        // Nothing crosses: `b` comes alone before `a`, and `b` after it goes.
        #expect(changes(difference(from, to)) == ["b:  -> 2", "b: 2 -> "])
        #expect(lines(difference(from, to)) == "=1 +1 -1 +1 -1 =1")
    }

    @Test("Runs of one kind become one, and nothing is no run")
    func script() {
        var script = LineScript()
        for (kind, count) in [
            (.equal, 0), (.equal, 2), (.equal, 1), (.delete, 1), (.insert, -1), (.delete, 3),
            (.insert, 1), (.equal, 1),
        ] as [(LineEdit.Kind, Int)] {
            script.append(kind, count)
        }
        #expect(script.edits.map(\.kind) == [.equal, .delete, .insert, .equal])
        #expect(script.edits.map(\.count) == [3, 4, 1, 1])
    }
}

import DrydockDiff
import EnvoyConfig
import Testing

/// Small lists whose alignment was worked out by hand.
@Suite struct ListAlignmentTests {
    /// `+0` for an element that only the second list has, `-0` for one of the first, `0=1` for a pair.
    private func steps(_ old: [CanonicalValue], _ new: [CanonicalValue]) -> String {
        ListAlignment(old, new).steps.map { step in
            switch step {
            case .pair(let from, let to): "\(from)=\(to)"
            case .remove(let from): "-\(from)"
            case .insert(let to): "+\(to)"
            }
        }.joined(separator: " ")
    }

    private func letters(_ text: String) -> [CanonicalValue] {
        text.map { .string(String($0)) }
    }

    /// An object of numbers under keys of one letter: `a1 b2`.
    private func object(_ text: String) -> CanonicalValue {
        .members(
            text.split(separator: " ").map { ("\($0.prefix(1))", .literal("\($0.dropFirst())")) })
    }

    @Test(
        "Elements that are the same are paired, in order",
        arguments: [
            ("", "", ""), ("a", "", "-0"), ("", "ab", "+0 +1"), ("abc", "abc", "0=0 1=1 2=2"),
            // Equal ends.
            ("abc", "ac", "0=0 -1 2=1"), ("ac", "abc", "0=0 +1 1=2"), ("bc", "abc", "+0 0=1 1=2"),
            ("ab", "abc", "0=0 1=1 +2"), ("aa", "a", "0=0 -1"), ("aa", "aaa", "0=0 1=1 +2"),
            // What occurs once on both sides.
            ("abcx", "caby", "+0 0=1 1=2 -2 -3 +3"), ("xbyz", "bw", "-0 1=0 -2 -3 +1"),
            ("ab", "ba", "-0 1=0 +1"), ("abc", "cab", "+0 0=1 1=2 -2"),
            ("abcd", "badc", "-0 1=0 2=1 3=2 +3"), ("aba", "acbad", "0=0 +1 1=2 2=3 +4"),
            // After the equal ends `xc` what is unique between them, though it is not in the lists.
            ("axbxc", "bxxc", "-0 -1 2=0 +1 3=2 4=3"),
            // A longest common run of what occurs more often.
            ("baac", "a", "-0 1=0 -2 -3"), ("baabd", "aacca", "-0 1=0 2=1 -3 -4 +2 +3 +4"),
            // As many scalars on both sides are paired by their places.
            ("axd", "ayd", "0=0 1=1 2=2"), ("ab", "xy", "0=0 1=1"), ("abc", "xby", "0=0 1=1 2=2"),
            ("ab", "xyz", "-0 -1 +0 +1 +2"),
        ])
    func scalars(_ old: String, _ new: String, _ expected: String) {
        #expect(steps(letters(old), letters(new)) == expected)
    }

    /// An element that a name or what stands for one names.
    private func named(_ name: String, _ number: Int, key: String = "name") -> CanonicalValue {
        .members([(key, .string(name)), ("value", .literal("\(number)"))])
    }

    @Test(
        "An element is known by what names it",
        arguments: [
            "name", "filterChainMatch", "match", "endpoint", "locality", "header", "key", "path",
        ])
    func names(_ key: String) {
        func list(_ names: String, _ number: Int) -> [CanonicalValue] {
            names.map { named(String($0), number, key: key) }
        }
        // Without names both would be paired by similarity: 0 with 0 and 1 with 1.
        #expect(steps(list("ab", 1), list("ba", 2)) == "-0 1=0 +1")
        #expect(steps(list("abc", 1), list("ac", 2)) == "0=0 -1 2=1")
    }

    @Test("Anything else does not name an element")
    func unnamed() {
        func list(_ names: String, _ number: Int) -> [CanonicalValue] {
            names.map { named(String($0), number, key: "title") }
        }
        #expect(steps(list("ab", 1), list("ba", 2)) == "0=0 1=1")
        // The first key counts: `name`, unless it is empty.
        func both(_ name: String, _ path: String, _ number: Int) -> CanonicalValue {
            .members([
                ("name", .string(name)), ("path", .string(path)), ("value", .literal("\(number)")),
            ])
        }
        #expect(
            steps([both("a", "y", 1), both("b", "x", 1)], [both("b", "y", 2), both("a", "x", 2)])
                == "-0 1=0 +1")
        #expect(
            steps([both("", "x", 1), both("", "y", 1)], [both("", "y", 2), both("", "x", 2)])
                == "-0 1=0 +1")
    }

    @Test("An endpoint is known by its address, a header by its key")
    func nested() {
        func endpoint(_ address: String, _ number: Int) -> CanonicalValue {
            .members([
                (
                    "endpoint",
                    .members([
                        ("address", .string(address)), ("hostname", .literal("\(number)")),
                    ])
                )
            ])
        }
        func header(_ key: String, _ number: Int) -> CanonicalValue {
            .members([
                ("header", .members([("key", .string(key)), ("value", .literal("\(number)"))]))
            ])
        }
        for make in [endpoint, header] {
            #expect(
                steps([make("a", 1), make("b", 1)], [make("b", 2), make("a", 2)]) == "-0 1=0 +1")
        }
    }

    @Test("A name that comes twice names nothing: the content counts")
    func twice() {
        #expect(steps([named("a", 1), named("a", 2)], [named("a", 2)]) == "-0 1=0")
        #expect(steps([named("a", 2)], [named("a", 1), named("a", 2)]) == "+0 0=1")
        // Once on each side, it is the name.
        #expect(steps([named("a", 2)], [named("a", 1)]) == "0=0")
    }

    @Test(
        "One against one are the same if they have anything in common",
        arguments: [
            ("x1 y1", "x2 z1", "0=0"), ("x1", "z1", "-0 +0"), ("", "x1", "0=0"), ("x1", "", "0=0"),
        ])
    func single(_ old: String, _ new: String, _ expected: String) {
        #expect(steps([object(old)], [object(new)]) == expected)
    }

    @Test("Values of different kinds have nothing in common, lists have")
    func kinds() {
        let (text, number, list, other) = (
            CanonicalValue.string("a"), CanonicalValue.literal("1"),
            CanonicalValue.list([.literal("1")]), CanonicalValue.list([.literal("2")])
        )
        #expect(steps([object("x1")], [text]) == "-0 +0")
        #expect(steps([list], [object("x1")]) == "-0 +0")
        #expect(steps([list], [other]) == "0=0")
        #expect(steps([list], [text]) == "-0 +0")
        // Scalars are paired by their places, whatever they are.
        #expect(steps([text], [number]) == "0=0")
    }

    @Test(
        "Among several, the pairs are those that have most in common, if it is enough",
        arguments: [
            // 0 and 3/4; 2/3 and 5/6.
            (["x1 y1", "p1 q1"], ["p1 q2"], "-0 1=0"),
            (["x1 y1", "x1 y1 z1"], ["x1 y1 z2"], "-0 1=0"),
            // Of two that are as good the first.
            (["x1 y1", "x1 y1"], ["x1 y2"], "0=0 -1"), (["x1 y2"], ["x1 y1", "x1 y1"], "0=0 +1"),
            // Two of five are enough, one and a half are not.
            (["a1 b1 c1 d1 e1", "z1"], ["a1 b1 v1 w1 x1"], "0=0 -1"),
            (["a1 b1 c1 d1 e1", "z1"], ["a1 b2 v1 w1 x1"], "-0 -1 +0"),
            // 1/2 + 1/2 instead of 3/4 alone.
            (["a1 b1", "a2 b2"], ["a3 b3", "a1 b3"], "0=0 1=1"),
            // 3/4 instead of two pairs that do not exist.
            (["a1 b1", "c1 d1"], ["e1 f1", "a1 b2"], "+0 0=1 -1"),
        ])
    func similar(_ old: [String], _ new: [String], _ expected: String) {
        #expect(steps(old.map(object), new.map(object)) == expected)
    }

    @Test("Gaps of more than 40,000 pairs are paired by their places", arguments: [200, 201])
    func large(_ count: Int) {
        // Each element has more in common with the next one's than with its own place's.
        let old = (0..<count).map { object("a\($0) b\($0) c1") }
        let new = (0..<200).map { object("a\($0 - 1) b\($0 - 1) c2") }
        let shifted = (0..<199).map { "\($0)=\($0 + 1)" }
        let straight = (0..<200).map { "\($0)=\($0)" }
        let expected = count == 200 ? ["+0"] + shifted + ["-199"] : straight + ["-200"]
        #expect(steps(old, new) == expected.joined(separator: " "))
    }
}

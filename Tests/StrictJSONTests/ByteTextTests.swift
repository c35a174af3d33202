import StrictJSON
import Testing

/// Texts by their bytes: `é` as one character and `é` as two are not the same.
@Suite struct ByteTextTests {
    private static let one = "\u{E9}"
    private static let two = "e\u{301}"

    @Test("The same text has the same bytes")
    func same() {
        #expect("abc".isSameText(as: "abc"))
        #expect(!"abc".isSameText(as: "abd"))
        #expect(!"abc".isSameText(as: "ab"))
        #expect(!"ab".isSameText(as: "abc"))
        #expect(!Self.one.isSameText(as: Self.two))
    }

    @Test(
        "Beginning, end and content of a text",
        arguments: [
            ("abc", "", true, true, true), ("abc", "a", true, false, true),
            ("abc", "c", false, true, true), ("abc", "b", false, false, true),
            ("abc", "abc", true, true, true), ("abc", "abcd", false, false, false),
            ("abc", "zabc", false, false, false), ("", "a", false, false, false),
            ("", "", true, true, true), ("aab", "ab", false, true, true),
            ("abab", "aba", true, false, true), ("abac", "aba", true, false, true),
            // The first of two scalars is a beginning by bytes, though not by characters.
            ("e\u{301}", "e", true, false, true), ("e\u{301}", "\u{301}", false, true, true),
            ("\u{E9}", "e", false, false, false), ("a\u{0}b", "\u{0}b", false, true, true),
        ])
    func parts(
        _ text: String, _ part: String, _ begins: Bool, _ ends: Bool, _ contains: Bool
    ) {
        #expect(text.beginsWith(part) == begins)
        #expect(text.endsWith(part) == ends)
        #expect(text.containsBytes(part) == contains)
    }

    @Test(
        "Empty parts count too",
        arguments: [
            ("", [""]), ("a", ["a"]), ("a|b", ["a", "b"]), ("|", ["", ""]),
            ("a||b|", ["a", "", "b", ""]), ("a|\u{301}", ["a", "\u{301}"]),
        ])
    func separated(_ text: String, _ parts: [String]) {
        #expect(text.parts(separatedBy: "|").map(String.init) == parts)
    }

    @Test("Only the capitals of ASCII become small")
    func small() {
        let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        #expect(capitals.asciiLowercased == "abcdefghijklmnopqrstuvwxyz")
        // The neighbours of `A` and `Z`, and what differs from another by the same bit.
        #expect("@[az`{09_\u{7F}\u{C9}".asciiLowercased == "@[az`{09_\u{7F}\u{C9}")
    }

    @Test(
        "The case of ASCII letters alone may differ",
        arguments: [
            ("Host", "hOST", true), ("host", "hos", false), ("hos", "host", false),
            ("a@", "A`", false), ("a[", "A{", false), ("\u{E9}", "\u{C9}", false), ("", "", true),
        ])
    func ignoringCase(_ first: String, _ second: String, _ isSame: Bool) {
        #expect(first.equalsIgnoringCase(second) == isSame)
    }

    @Test(
        "The places of a text do not overlap",
        arguments: [
            ("aaaa", "aa", [0, 2]), ("aaa", "aa", [0]), ("abcabc", "c", [2, 5]), ("abc", "d", []),
            ("aab", "ab", [1]), ("", "a", []), ("xaxbxab", "xab", [4]), ("ab", "abc", []),
        ])
    func places(_ text: String, _ part: String, _ starts: [Int]) {
        let ranges = text.ranges(ofBytes: part)
        #expect(
            ranges.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } == starts)
        #expect(ranges.allSatisfy { text[$0] == part })
        #expect(text.firstRange(ofBytes: part) == ranges.first)
    }

    @Test("Nothing stands at the beginning of each text")
    func nothing() {
        #expect("abc".firstRange(ofBytes: "") == "abc".startIndex..<"abc".startIndex)
    }
}

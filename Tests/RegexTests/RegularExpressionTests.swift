import Regex
import Testing

/// RE2 as Envoy uses it. What a pattern means stands in RE2's documentation of its syntax.
@Suite struct RegularExpressionTests {
    @Test(
        "A pattern matches the whole of a text or nothing",
        arguments: [
            ("abc", "abc", true), ("abc", "abcd", false), ("abc", "xabc", false),
            ("abc", "ab", false), ("abc", "", false), ("", "", true), ("", "a", false),
            // The longest alternative counts, though the first is tried first.
            ("a|ab", "ab", true), ("/v[0-9]+/.*", "/v12/", true), ("/v[0-9]+/.*", "/v/x", false),
            ("a{2,3}", "a", false), ("a{2,3}", "aa", true), ("a{2,3}", "aaaa", false),
            // Anchors change nothing.
            ("^abc$", "abc", true),
            // Capitals count, unless the pattern says otherwise.
            ("abc", "ABC", false), ("(?i)abc", "ABC", true),
            // A point is one character, not one byte, and no newline, unless the pattern says so.
            (".", "\u{E9}", true), (".", "\u{1F600}", true), (".", "e\u{301}", false),
            (".", "\n", false), ("(?s).", "\n", true),
            // NUL is a character like any other.
            ("a.b", "a\u{0}b", true), ("a", "a\u{0}", false),
            // Classes of Perl are ASCII, those of Unicode are not.
            (#"\d"#, "7", true), (#"\d"#, "\u{667}", false), (#"\pN"#, "\u{667}", true),
            (#"\w+"#, "a_1", true), (#"\w"#, "-", false),
        ])
    func whole(_ pattern: String, _ text: String, _ matches: Bool) throws {
        let expression = try #require(RegularExpression(pattern))
        #expect(expression.matchesWhole(of: text) == matches)
    }

    @Test(
        "What RE2 does not take is no pattern",
        arguments: [
            "(", ")", "[", "[a", "*", "a**", "a{2,1}", "a{1001}", #"\"#, #"\y"#, "(?P<n", "[b-a]",
            // Backreferences and looking around would not be linear.
            #"(a)\1"#, "(?=a)", "(?!a)", "(?<=a)", "(?>a)",
        ])
    func invalid(_ pattern: String) {
        #expect(RegularExpression(pattern) == nil)
    }

    @Test("A repetition may count to a thousand")
    func repetition() throws {
        let expression = try #require(RegularExpression("a{1000}"))
        #expect(expression.matchesWhole(of: String(repeating: "a", count: 1000)))
        #expect(!expression.matchesWhole(of: String(repeating: "a", count: 999)))
    }

    @Test(
        "Every match is replaced, and groups stand in the replacement by their numbers",
        arguments: [
            ("b", "x", "abcb", "axcx"), ("z", "x", "abc", "abc"), ("b", "", "abcb", "ac"),
            ("(a)(b)?", #"\2\1"#, "ab a", "ba a"), ("[a-z]+", #"<\0>"#, "ab cd", "<ab> <cd>"),
            (
                "^/service/([^/]+)(/.*)$", #"\2/instance/\1"#, "/service/foo/v1/api",
                "/v1/api/instance/foo"
            ),
            (".", #"\\"#, "ab", #"\\"#), ("b", "\u{20AC}", "abc", "a\u{20AC}c"),
            ("^$", "x", "", "x"), ("a", "b\u{0}", "aa", "b\u{0}b\u{0}"), ("b*", "-", "ac", "-a-c-"),
            // A replacement that names a group which the pattern lacks changes nothing.
            ("b", #"\1"#, "abc", "abc"),
        ])
    func replaced(_ pattern: String, _ replacement: String, _ text: String, _ result: String) throws
    {
        let expression = try #require(RegularExpression(pattern))
        #expect(expression.replacingMatches(in: text, by: replacement) == result)
    }
}

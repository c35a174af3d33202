import DrydockDiff
import Testing

/// What Envoy's texts of rejections say.
@Suite struct RejectionTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var text: String
        var known: [String]
        var expected: [Rejection]

        init(_ text: String, known: [String], _ expected: Rejection...) {
            self.text = text
            self.known = known
            self.expected = expected
        }

        var testDescription: String { text }
    }

    private static func rejection(
        _ names: [String], _ reason: String, parts: Set<String> = []
    ) -> Rejection {
        var rejection = Rejection.parse("", known: [])[0]
        (rejection.names, rejection.reason, rejection.parts) = (names, reason, parts)
        return rejection
    }

    static let samples: [Sample] = [
        Sample(
            "Error adding/updating listener(s) virtualInbound: Didn't find a registered x",
            known: ["virtualInbound", "virtualOutbound"],
            rejection(["virtualInbound"], "Didn't find a registered x")),
        // Several, after `, ` or a newline; a reason may have commas and colons of its own.
        Sample(
            "Error adding/updating cluster(s) a: x, y: z, b: w\nc: v\n\n",
            known: ["a", "b", "c"],
            rejection(["a"], "x, y: z"), rejection(["b"], "w"), rejection(["c"], "v")),
        Sample(
            "Error adding/updating cluster(s) a, b", known: ["a", "b"],
            rejection(["a"], "no reason given"), rejection(["b"], "no reason given")),
        // The first need not be known.
        Sample(
            "Error adding/updating cluster(s) gone: bad, a: worse", known: ["a"],
            rejection(["gone"], "bad"), rejection(["a"], "worse")),
        Sample(
            "Error adding/updating cluster(s) x, a: worse", known: ["a"],
            rejection(["a"], "worse")),
        // Without that beginning nothing is a list of names.
        Sample("a: bad, b: worse", known: ["a", "b"], rejection([], "a: bad, b: worse")),
        Sample(
            "Error adding/updating cluster a: bad", known: ["a"],
            rejection([], "Error adding/updating cluster a: bad")),
        // The text of a resource, before the reason or after it.
        Sample(
            "name: \"a\"\nconnect_timeout {\n  name: \"x\"\n}\n, caused by no time", known: ["a"],
            rejection(["a"], "no time")),
        Sample(
            "Proto constraint validation failed (E.T: value must be greater than 0s): name: \"a\"\nx {\n}",
            known: ["a", "b"],
            rejection(
                ["a"], "Proto constraint validation failed (E.T: value must be greater than 0s)")),
        // The innermost cause; what is named but is no resource may be a part of one.
        Sample(
            "Proto constraint validation failed (R.M: embedded | caused by M.P: too short): name: \"host\"\n",
            known: ["80"],
            rejection(
                [], "Proto constraint validation failed (M.P: too short)", parts: ["host"])),
        Sample(
            "Proto constraint validation failed (R.M: a | caused by b | caused by c)", known: [],
            rejection([], "Proto constraint validation failed (c)")),
        Sample("a caused by b caused by c\nd", known: ["a"], rejection([], "c")),
        // Nothing is known of the kind: any name may be one.
        Sample(
            "name: \"a\"\nname: \"b\"\n", known: [],
            rejection(["a", "b"], "name: \"a\" name: \"b\"")),
        Sample("name: \"a", known: [], rejection([], "name: \"a")),
        // Cut off by Istiod: the last reason is not complete.
        Sample("bad...(truncated)", known: [], rejection([], "bad (cut off by Istiod)")),
        Sample(
            "Error adding/updating cluster(s) a: bad, b: wor...(truncated)", known: ["a", "b"],
            rejection(["a"], "bad"), rejection(["b"], "wor (cut off by Istiod)")),
        Sample("...(truncated) bad", known: [], rejection([], "...(truncated) bad")),
        // On one line, without protobuf's random prefixes.
        Sample("goo.gle/debugstr  a\n\tb  ", known: [], rejection([], "a b")),
        Sample("", known: [], rejection([], "no reason given")),
    ]

    @Test("A text names resources, and says why", arguments: samples)
    func parsed(_ sample: Sample) {
        #expect(Rejection.parse(sample.text, known: sample.known) == sample.expected)
    }

    @Test(
        "A text that Istiod cut off is taken from the proxy's log, if that has more",
        arguments: [
            ("abc...(truncated)", "abcdef", "abcdef"), ("abc...(truncated)", "xyz", "xyz"),
            ("abc...(truncated)", "ab", "abc...(truncated)"),
            ("abc...(truncated)", nil, "abc...(truncated)"), ("abc", "abcdef", "abc"),
            ("...(truncated)", "", ""),
        ])
    func complete(_ text: String, _ whole: String?, _ expected: String) {
        #expect(Rejection.complete(text, by: whole) == expected)
    }

    @Test(
        "What a reason quotes, ends with or spells like a name is sought in the resources",
        arguments: [
            ("no 'a' or 'b c'", ["a", "b c"]), ("no \"a\" or \"\"", ["a"]),
            ("Invalid duration: Expected positive duration: seconds: -1", ["-1", "-1s"]),
            ("seconds: many", ["many"]), ("size: 7", ["7"]), ("plain words", []),
            ("see a/bc, (x|yz) and *.io.", ["a/bc", "x|yz", "*.io"]), ("a/b is short", []),
            ("Didn't find 'x'", ["x"]), ("'it's' don't", ["it's"]),
        ])
    func values(_ reason: String, _ values: [String]) {
        #expect(Self.rejection([], reason).values == Set(values))
    }

    @Test("What a text names beside resources is sought too")
    func parts() {
        #expect(Self.rejection([], "bad 'x'", parts: ["p"]).values == ["p", "x"])
    }

    @Test("Words stand without the punctuation around them")
    func words() {
        let rejection = Self.rejection([], "'a.b', (c); \"d:e\" ... f's  -")
        #expect(rejection.words == ["a.b", "c", "d:e", "", "f's", "-"])
    }
}

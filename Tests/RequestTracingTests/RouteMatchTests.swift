import Drydock
import Testing

/// What a route's match asks for, by the documentation of Envoy's API.
@Suite struct RouteMatchTests {
    /// A match, a request, and whether the request takes the route.
    struct Case: Sendable, CustomStringConvertible {
        var match: String
        var path: String
        var headers: [String: String] = [:]
        var isTaken: Bool

        var description: String { "\(match) \(path) \(headers)" }
    }

    static let paths: [Case] = [
        Case(match: #""prefix": "/a""#, path: "/ab", isTaken: true),
        Case(match: #""prefix": "/a""#, path: "/b/a", isTaken: false),
        Case(match: #""path": "/a""#, path: "/a?x=1", isTaken: true),
        Case(match: #""path": "/a""#, path: "/a/", isTaken: false),
        Case(match: #""prefix": "/A", "case_sensitive": false"#, path: "/ab", isTaken: true),
        Case(match: #""path": "/A", "case_sensitive": false"#, path: "/a", isTaken: true),
        // Letters beyond ASCII keep their case.
        Case(match: #""path": "/Ä", "case_sensitive": false"#, path: "/ä", isTaken: false),
        // Whole segments, with and without a trailing slash.
        Case(match: #""path_separated_prefix": "/a/b""#, path: "/a/b", isTaken: true),
        Case(match: #""path_separated_prefix": "/a/b""#, path: "/a/b/c", isTaken: true),
        Case(match: #""path_separated_prefix": "/a/b""#, path: "/a/b?x", isTaken: true),
        Case(match: #""path_separated_prefix": "/a/b""#, path: "/a/bc", isTaken: false),
        Case(match: #""path_separated_prefix": "/a/b""#, path: "/a", isTaken: false),
        // A regex matches the whole path without its query, and is RE2's.
        Case(match: #""safe_regex": {"regex": "/a[0-9]"}"#, path: "/a1", isTaken: true),
        Case(match: #""safe_regex": {"regex": "/a[0-9]"}"#, path: "/a12", isTaken: false),
        Case(match: #""safe_regex": {"regex": "/a[0-9]"}"#, path: "/a1?q", isTaken: true),
        Case(match: #""safe_regex": {"regex": "(?i)/A\\pN+"}"#, path: "/a١٢", isTaken: true),
        Case(
            match: #""safe_regex": {"regex": "/A"}, "case_sensitive": false"#, path: "/a",
            isTaken: false),
    ]

    static let headers: [Case] = [
        // Nothing asked of the value: the header must be there.
        header(#""name": "x""#, nil, false), header(#""name": "x""#, "", true),
        header(#""name": "X-A", "string_match": {"exact": "1"}"#, nil, false),
        // Missing fails, inverted too.
        header(#""name": "x", "string_match": {"exact": "1"}"#, nil, false),
        header(#""name": "x", "string_match": {"exact": "1"}, "invert_match": true"#, nil, false),
        header(#""name": "x", "string_match": {"exact": "1"}, "invert_match": true"#, "2", true),
        header(#""name": "x", "string_match": {"exact": "1"}, "invert_match": true"#, "1", false),
        // Missing as empty.
        header(
            #""name": "x", "string_match": {"exact": "1"}, "invert_match": true, "#
                + #""treat_missing_header_as_empty": true"#, nil, true),
        header(
            #""name": "x", "string_match": {"safe_regex": {"regex": ""}}, "#
                + #""treat_missing_header_as_empty": true"#, nil, true),
        header(
            #""name": "x", "range_match": {"start": 0, "end": 10}, "invert_match": true, "#
                + #""treat_missing_header_as_empty": true"#, nil, true),
        // Presence.
        header(#""name": "x", "present_match": true"#, "1", true),
        header(#""name": "x", "present_match": true, "invert_match": true"#, nil, true),
        header(#""name": "x", "present_match": true, "invert_match": true"#, "1", false),
        header(#""name": "x", "present_match": false"#, nil, true),
        header(#""name": "x", "present_match": false"#, "1", false),
        // Ranges exclude their end and want an integer.
        header(#""name": "x", "range_match": {"start": "-10", "end": "0"}"#, "-1", true),
        header(#""name": "x", "range_match": {"start": "-10", "end": "0"}"#, "0", false),
        header(#""name": "x", "range_match": {"start": "-10", "end": "0"}"#, "-1.5", false),
        header(#""name": "x", "range_match": {"start": "-10", "end": "0"}"#, "-10x", false),
        // Ignoring case, and not for regexes.
        header(#""name": "x", "string_match": {"prefix": "AB", "ignore_case": true}"#, "abc", true),
        header(#""name": "x", "string_match": {"suffix": "BC", "ignore_case": true}"#, "abc", true),
        header(
            #""name": "x", "string_match": {"contains": "B", "ignore_case": true}"#, "abc", true),
        // The old spellings.
        header(#""name": "x", "prefix_match": "a""#, "ab", true),
        header(#""name": "x", "suffix_match": "b""#, "ab", true),
        header(#""name": "x", "contains_match": "bb""#, "ab", false),
        header(#""name": "x", "safe_regex_match": {"regex": "a.*"}"#, "ab", true),
        header(#""name": "x", "exact_match": "a""#, "ab", false),
        // The authority as it came, and its old name.
        header(#""name": ":authority", "string_match": {"exact": "x.test"}"#, nil, true),
        header(#""name": "host", "string_match": {"exact": "x.test"}"#, nil, true),
        header(#""name": ":method", "string_match": {"exact": "get"}"#, nil, false),
    ]

    private static func header(_ match: String, _ value: String?, _ isTaken: Bool) -> Case {
        Case(
            match: "\"prefix\": \"/\", \"headers\": [{\(match)}]", path: "/",
            headers: value.map { ["x": $0] } ?? [:], isTaken: isTaken)
    }

    static let queries: [Case] = [
        query(#""name": "v""#, "/?v", true), query(#""name": "v""#, "/?w=v", false),
        query(#""name": "v", "string_match": {"exact": "2"}"#, "/?v=2&v=3", true),
        query(#""name": "v", "string_match": {"exact": "3"}"#, "/?v=2&v=3", false),
        // Undecoded.
        query(#""name": "v", "string_match": {"exact": "a b"}"#, "/?v=a%20b", false),
        query(#""name": "v", "string_match": {"exact": "a%20b"}"#, "/?v=a%20b", true),
        query(#""name": "v", "string_match": {"exact": "a=b"}"#, "/?v=a=b", true),
        query(#""name": "v", "present_match": false"#, "/?w", true),
        query(#""name": "v", "present_match": false"#, "/?v", false),
        query(#""name": "v", "present_match": true"#, "/", false),
    ]

    private static func query(_ match: String, _ path: String, _ isTaken: Bool) -> Case {
        Case(
            match: "\"prefix\": \"/\", \"query_parameters\": [{\(match)}]", path: path,
            isTaken: isTaken)
    }

    @Test(
        "Paths, headers and query parameters are matched as documented",
        arguments: paths + headers + queries)
    func match(_ test: Case) throws {
        let dump = HandmadeDump.gateway(
            routes:
                "\(HandmadeDump.route(test.match)), \(HandmadeDump.route("\"prefix\": \"/\"", to: "b"))"
        )
        let trace = try dump.trace(test.path, test.headers.map { ($0.key, $0.value) })
        #expect(trace.outcome == .forwarded)
        #expect(trace.route == (test.isTaken ? "a" : "b"))
        // What was passed over says why.
        if !test.isTaken {
            let step = try #require(trace.steps.first { $0.stage == .route })
            #expect(!step.isTaken && !step.reason.isEmpty)
        }
    }

    @Test("A fraction of the requests is named with its runtime key, and not taken for all")
    func fraction() throws {
        let match =
            #""prefix": "/", "runtime_fraction": {"runtime_key": "canary", "#
            + #""default_value": {"numerator": 25, "denominator": "HUNDRED"}}"#
        let dump = HandmadeDump.gateway(
            routes:
                "\(HandmadeDump.route(match)), \(HandmadeDump.route("\"prefix\": \"/\"", to: "b"))")
        let trace = try dump.trace()
        #expect(trace.route == "b")
        let note = try #require(trace.notes.first { $0.kind == .undecided })
        #expect(
            note.text.contains("25 %") && note.text.contains("canary") && note.text.contains("a"))
    }

    @Test("A fraction of all or none of the requests decides", arguments: [(100, "a"), (0, "b")])
    func wholeFraction(_ percent: Int, _ route: String) throws {
        let match =
            "\"prefix\": \"/\", \"runtime_fraction\": {\"default_value\": {\"numerator\": \(percent)}}"
        let dump = HandmadeDump.gateway(
            routes:
                "\(HandmadeDump.route(match)), \(HandmadeDump.route("\"prefix\": \"/\"", to: "b"))")
        #expect(try dump.trace().route == route)
    }

    @Test(
        "Only routes for gRPC ask for gRPC's content type",
        arguments: [
            ("application/grpc", true), ("application/grpc+proto", true),
            ("application/grpc-web", false),
            ("text/plain", false),
        ])
    func grpc(_ type: String, _ isTaken: Bool) throws {
        let dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/", "grpc": {}"#))
        #expect(
            try dump.trace("/", [("content-type", type)]).outcome
                == (isTaken ? .forwarded : .noRoute))
    }

    @Test("A regex that RE2 does not take is said, and passed")
    func badRegex() throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""safe_regex": {"regex": "(?<=a)b"}"#))
        let trace = try dump.trace("/ab")
        #expect(trace.outcome == .noRoute)
        #expect(trace.notes.contains { $0.kind == .undecided && $0.text.contains("RE2") })
    }
}

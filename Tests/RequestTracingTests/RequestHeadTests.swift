import Drydock
import Testing

/// What a connection manager makes of a request: its authority, its path, its virtual host.
@Suite struct RequestHeadTests {
    /// A path, what the manager makes of it, nil for 400.
    static let normalized: [(String, String?)] = [
        ("/a/./b", "/a/b"), ("/a/../b", "/b"), ("/../a", "/a"), ("/a/b/..", "/a/"), ("/a/.", "/a/"),
        ("/a/.b", "/a/.b"), ("/a/..b", "/a/..b"), ("/a/%2e%2E/b", "/b"), ("/a%2eb", "/a.b"),
        ("/%41%7e%2D", "/A~-"), ("/a%2Fb", "/a%2Fb"), ("/a%5cb", "/a%5cb"), (#"/a\b"#, "/a/b"),
        ("/a//b", "/a//b"), ("/%zz", "/%zz"), ("/a%", "/a%"), ("/a|b", "/a|b"), ("/ä", "/%C3%A4"),
        ("/a<b>", "/a%3Cb%3E"), ("/a%00", nil), ("/x/../y?z=/../w", "/y?z=/../w"),
    ]

    @Test("normalize_path does what browsers do", arguments: normalized)
    func normalize(_ path: String, _ expected: String?) throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), manager: #""normalize_path": true,"#)
        let trace = try dump.trace(path)
        #expect(trace.forwardedPath == expected)
        if expected == nil { #expect(trace.status == 400 && trace.outcome == .answered) }
    }

    @Test("Without it the path stays as it came")
    func unnormalized() throws {
        let dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/a/..""#))
        #expect(try dump.trace("/a/../b//c").forwardedPath == "/a/../b//c")
    }

    @Test("Slashes are merged only where that is asked for, and never in the query")
    func merge() throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), manager: #""merge_slashes": true,"#)
        #expect(try dump.trace("//a///b//?c//d").forwardedPath == "/a/b/?c//d")
    }

    static let escapedSlashes: [(String, RequestTrace.Outcome, Int?)] = [
        ("KEEP_UNCHANGED", .noRoute, 404), ("REJECT_REQUEST", .answered, 400),
        ("UNESCAPE_AND_REDIRECT", .redirected, 307), ("UNESCAPE_AND_FORWARD", .forwarded, nil),
    ]

    @Test("Escaped slashes are kept, refused, redirected or resolved", arguments: escapedSlashes)
    func escaped(_ action: String, _ outcome: RequestTrace.Outcome, _ status: Int?) throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/a/b""#),
            manager: "\"path_with_escaped_slashes_action\": \"\(action)\",")
        let trace = try dump.trace("/a%2Fb")
        #expect(trace.outcome == outcome && trace.status == status)
    }

    /// Domains, an authority, and whether the virtual host takes it.
    static let domains: [(String, String, Bool)] = [
        (#""x.test""#, "x.test", true), (#""X.Test""#, "x.TEST", true),
        (#""x.test""#, "x.test:8080", false), (#""x.test:8080""#, "x.test:8080", true),
        (#""*.x.test""#, "a.x.test", true), (#""*.x.test""#, "a.b.x.test", true),
        (#""*.x.test""#, "x.test", false), (#""*.x.test""#, ".x.test", false),
        (#""*-x.test""#, "a-x.test", true), (#""x.*""#, "x.test", true), (#""x.*""#, "x.", false),
        (#""x.test""#, "x.test.", false), (#""*""#, "anything", true),
        (#""[fd00::1]""#, "[fd00::1]", true),
    ]

    @Test("A domain is exact, a suffix or a prefix wildcard, or all", arguments: domains)
    func domain(_ domains: String, _ authority: String, _ isTaken: Bool) throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), domains: domains)
        let trace = try dump.trace { $0.authority = authority }
        #expect(trace.virtualHost == (isTaken ? "host" : nil))
        #expect(trace.status == (isTaken ? nil : 404))
    }

    @Test("The most specific domain decides, not the order")
    func precedence() throws {
        let hosts = ["*", "*.test", "*.x.test", "a.*", "long.prefix.*", "a.x.test"].map { domain in
            "{\"name\": \"\(domain)\", \"domains\": [\"\(domain)\"], \"routes\": ["
                + HandmadeDump.route(#""prefix": "/""#) + "]}"
        }.joined(separator: ", ")
        let router = HandmadeDump.extensionText(
            "router", "envoy.extensions.filters.http.router.v3.Router")
        var dump = HandmadeDump.gateway(routes: "")
        dump.listeners = [
            HandmadeDump.listener(
                "gateway", port: 8080,
                chains: HandmadeDump.chain(
                    HandmadeDump.httpManager(
                        "\"route_config\": {\"virtual_hosts\": [\(hosts)]}, "
                            + "\"http_filters\": [\(router)]")))
        ]
        for (authority, host) in [
            ("a.x.test", "a.x.test"), ("b.x.test", "*.x.test"), ("b.test", "*.test"),
            ("a.org", "a.*"), ("b.org", "*"), ("a.y.test", "*.test"),
            // A suffix comes first, though the prefix is longer.
            ("long.prefix.test", "*.test"), ("long.prefix.org", "long.prefix.*"),
        ] {
            #expect(try dump.trace { $0.authority = authority }.virtualHost == host)
        }
    }

    @Test("A port is passed over where the configuration says so, an IPv6 address is not a port")
    func ports() throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#),
            configuration: #""ignore_port_in_host_matching": true,"#,
            domains: #""x.test", "[fd00::1]""#)
        for authority in ["x.test:99", "x.test", "[fd00::1]", "[fd00::1]:80"] {
            #expect(try dump.trace { $0.authority = authority }.virtualHost == "host")
        }
        // The authority that is sent on keeps it.
        #expect(try dump.trace { $0.authority = "x.test:99" }.forwardedAuthority == "x.test:99")
    }

    @Test("No other virtual host is tried where none of the routes matches")
    func noRoute() throws {
        let dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""path": "/only""#))
        let trace = try dump.trace("/other")
        #expect(trace.outcome == .noRoute && trace.status == 404 && trace.route == nil)
    }
}

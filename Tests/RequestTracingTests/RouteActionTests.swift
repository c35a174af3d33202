import Drydock
import Testing

/// What becomes of a request that has its route.
@Suite struct RouteActionTests {
    @Test(
        "A virtual host for TLS alone redirects plain requests, not those that came by TLS before",
        arguments: [
            ("http", RequestTrace.Outcome.redirected), ("https", .forwarded),
        ])
    func requireTLS(_ scheme: String, _ outcome: RequestTrace.Outcome) throws {
        let dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), virtualHost: #""require_tls": "ALL","#)
        let trace = try dump.trace("/p?q", [("x-forwarded-proto", scheme)])
        #expect(trace.outcome == outcome)
        if outcome == .redirected {
            #expect(trace.status == 301 && trace.location == "https://x.test/p?q")
        }
    }

    @Test("A route to a cluster that the dump lacks is answered with 503, or as the route says")
    func missingCluster() throws {
        let plain = try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#, to: "missing")
        ).trace()
        #expect(plain.outcome == .noCluster && plain.status == 503 && plain.clusters.isEmpty)
        #expect(plain.notes.contains { $0.text.contains("missing") })
        let told = try HandmadeDump.gateway(
            routes: HandmadeDump.route(
                #""prefix": "/""#, to: "missing",
                #", "cluster_not_found_response_code": "NOT_FOUND""#)
        ).trace()
        #expect(told.status == 404)
    }

    @Test("A cluster that only waits in warming is not used")
    func warmingCluster() throws {
        var dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#, to: "new"))
        dump.warmingClusters = [HandmadeDump.cluster("new")]
        let trace = try dump.trace()
        #expect(trace.outcome == .noCluster)
        #expect(trace.notes.contains { $0.kind == .warming })
    }

    @Test("Weighted clusters are all named with their weights, mirrors beside")
    func weighted() throws {
        let route = """
            {"name": "split", "match": {"prefix": "/"}, "route": {"weighted_clusters": {"clusters": [
            {"name": "a", "weight": 1}, {"name": "b", "weight": 3}]}, "request_mirror_policies": [
            {"cluster": "c"}, {"cluster": "a", "runtime_fraction": {"default_value": {}}}]}}
            """
        let trace = try HandmadeDump.gateway(routes: route).trace()
        #expect(trace.clusters.map(\.name) == ["a", "b"])
        #expect(trace.clusters.map(\.weight) == [1, 3])
        #expect(trace.mirrors == ["c"])
    }

    @Test("A plugin that chooses the cluster is named and passed")
    func plugin() throws {
        let route =
            #"{"match": {"prefix": "/"}, "route": {"cluster_specifier_plugin": "my-plugin"}}"#
        let trace = try HandmadeDump.gateway(routes: route).trace()
        #expect(trace.outcome == .forwarded && trace.clusters.isEmpty)
        #expect(trace.notes.contains { $0.kind == .undecided && $0.text.contains("my-plugin") })
    }

    /// A filter's type and whether a trace has to name it.
    static let filters: [(String, Bool)] = [
        ("envoy.extensions.filters.http.lua.v3.Lua", true),
        ("envoy.extensions.filters.http.wasm.v3.Wasm", true),
        ("envoy.extensions.filters.http.ext_authz.v3.ExtAuthz", true),
        // It has no rules.
        ("envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication", false),
        ("com.example.Unknown", true),
        ("envoy.extensions.filters.http.grpc_stats.v3.FilterConfig", false),
        ("envoy.extensions.filters.http.cors.v3.Cors", false),
    ]

    @Test("A filter whose doing the dump cannot tell is named and passed", arguments: filters)
    func filter(_ type: String, _ isNamed: Bool) throws {
        let filter = HandmadeDump.extensionText("my-filter", type)
        let trace = try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), filters: "\(filter), "
        ).trace()
        #expect(trace.outcome == .forwarded)
        #expect(trace.notes.contains { $0.text.contains("my-filter") } == isNamed)
    }

    @Test("A filter that is disabled is passed over until a route switches it on")
    func disabledFilter() throws {
        let filter = HandmadeDump.extensionText(
            "my-filter", "envoy.extensions.filters.http.rbac.v3.RBAC", #", "rules": {}"#)
        let disabled = filter.dropLast() + ", \"disabled\": true}, "
        let off = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), filters: String(disabled))
        #expect(try off.trace().outcome == .forwarded)
        let on = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#).dropLast() + """
                , "typed_per_filter_config": {"my-filter": {"@type":
                "type.googleapis.com/envoy.config.route.v3.FilterConfig", "config": {}}}}
                """, filters: String(disabled))
        #expect(try on.trace().outcome == .denied)
    }

    @Test(
        "A preflight request is answered by a policy that is on, and passed on by one that is off",
        arguments: [(100, RequestTrace.Outcome.answered), (0, .forwarded)])
    func preflight(_ percent: Int, _ outcome: RequestTrace.Outcome) throws {
        let filter = HandmadeDump.extensionText(
            "envoy.filters.http.cors", "envoy.extensions.filters.http.cors.v3.Cors")
        let policy = """
            , "typed_per_filter_config": {"envoy.filters.http.cors": {"@type":
            "type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy",
            "allow_origin_string_match": [{"exact": "https://shop.example.com"}],
            "filter_enabled": {"default_value": {"numerator": \(percent)}}}}}
            """
        let route = HandmadeDump.route(#""prefix": "/""#).dropLast() + policy
        let trace = try HandmadeDump.gateway(routes: route, filters: "\(filter), ").trace(
            "/",
            [
                ("origin", "https://shop.example.com"), ("access-control-request-method", "GET"),
            ]
        ) { $0.method = "OPTIONS" }
        #expect(trace.outcome == outcome)
    }

    @Test("A dump without endpoints says how to get them, and claims no failure")
    func withoutEndpoints() throws {
        var dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#))
        dump.endpoints = nil
        let trace = try dump.trace()
        #expect(trace.outcome == .forwarded && trace.clusters.first?.endpoints.isEmpty == true)
        #expect(trace.notes.contains { $0.text.contains("include_eds") })
    }

    @Test("Plain bytes for TLS, and TLS for plain HTTP, are no match of protocols")
    func protocols() throws {
        let dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#))
        let trace = try dump.trace { $0.applicationProtocol = .https }
        #expect(trace.outcome == .protocolMismatch && trace.status == 400)
    }
}

extension Substring {
    fileprivate static func + (left: Substring, right: String) -> String { String(left) + right }
}

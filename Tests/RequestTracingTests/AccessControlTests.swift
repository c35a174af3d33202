import Drydock
import Testing

/// What role-based access control and faults make of a request.
@Suite struct AccessControlTests {
    private static func filter(_ rules: String) -> String {
        HandmadeDump.extensionText(
            "rbac", "envoy.extensions.filters.http.rbac.v3.RBAC", ", \"rules\": {\(rules)}") + ", "
    }

    private static func policy(_ permission: String, _ principal: String, action: String = "")
        -> String
    {
        "\(action) \"policies\": {\"p\": {\"permissions\": [{\(permission)}], "
            + "\"principals\": [{\(principal)}]}}"
    }

    private static let get = #""header": {"name": ":method", "string_match": {"exact": "GET"}}"#
    private static let post = #""header": {"name": ":method", "string_match": {"exact": "POST"}}"#
    private static let any = #""any": true"#
    private static let deny = #""action": "DENY","#
    private static let network =
        #""direct_remote_ip": {"address_prefix": "10.3.0.0", "prefix_len": 16}"#

    /// Rules, and what becomes of a GET without a known source.
    static let ruleCases: [(String, RequestTrace.Outcome)] = [
        // No policy: nobody is allowed; with DENY nobody is refused.
        ("", .denied), (#""action": "DENY""#, .forwarded), (#""action": "LOG""#, .forwarded),
        (policy(any, any), .forwarded), (policy(any, any, action: deny), .denied),
        (policy(post, any), .denied), (policy(post, any, action: deny), .forwarded),
        (policy("\"not_rule\": {\(post)}", any), .forwarded),
        (policy("\"or_rules\": {\"rules\": [{\(post)}, {\(get)}]}", any), .forwarded),
        (policy("\"and_rules\": {\"rules\": [{\(post)}, {\(get)}]}", any), .denied),
        (policy(#""destination_port": 8080"#, any), .forwarded),
        (policy(#""destination_port_range": {"start": 8000, "end": 8080}"#, any), .denied),
        (
            policy(#""destination_ip": {"address_prefix": "10.0.0.0", "prefix_len": 8}"#, any),
            .forwarded
        ),
        (policy(#""url_path": {"path": {"exact": "/"}}"#, any), .forwarded),
        // Without TLS nobody is authenticated.
        (policy(any, #""authenticated": {}"#), .denied),
        (policy(any, "\"not_id\": {\"authenticated\": {}}"), .forwarded),
        // What is not known decides nothing, unless the rest decides already.
        (policy(any, network), .forwarded), (policy(any, network, action: deny), .forwarded),
        (policy(post, network), .denied), (policy(any, "\"not_id\": {\(network)}"), .forwarded),
    ]

    @Test("Rules allow, deny and leave open", arguments: ruleCases)
    func decide(_ rules: String, _ outcome: RequestTrace.Outcome) throws {
        let trace = try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), filters: Self.filter(rules)
        ).trace()
        #expect(trace.outcome == outcome)
        #expect(trace.status == (outcome == .denied ? 403 : nil))
        let isOpen = outcome == .forwarded && rules.contains("direct_remote_ip")
        #expect(trace.notes.contains { $0.kind == .undecided } == isOpen)
    }

    @Test("A source that is given decides", arguments: [("10.3.9.9", true), ("10.4.0.1", false)])
    func source(_ address: String, _ isAllowed: Bool) throws {
        let trace = try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#),
            filters: Self.filter(Self.policy(Self.any, Self.network))
        ).trace { $0.source = AddressAndPort(address) }
        #expect(trace.outcome == (isAllowed ? .forwarded : .denied))
        #expect(!trace.notes.contains { $0.kind == .undecided })
    }

    @Test("Shadow rules never decide")
    func shadow() throws {
        let filter = HandmadeDump.extensionText(
            "rbac", "envoy.extensions.filters.http.rbac.v3.RBAC", #", "shadow_rules": {}"#)
        let trace = try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#), filters: "\(filter), "
        ).trace()
        #expect(trace.outcome == .forwarded)
    }

    @Test("A refusal comes before a missing route")
    func order() throws {
        let trace = try HandmadeDump.gateway(
            routes: HandmadeDump.route(#""path": "/other""#), filters: Self.filter("")
        ).trace()
        #expect(trace.outcome == .denied && trace.status == 403)
    }

    @Test("A fault for all requests answers, one for some is named")
    func faults() throws {
        func trace(_ percent: Int) throws -> RequestTrace {
            let fault = HandmadeDump.extensionText(
                "fault", "envoy.extensions.filters.http.fault.v3.HTTPFault",
                ", \"abort\": {\"http_status\": 418, \"percentage\": {\"numerator\": \(percent)}}")
            return try HandmadeDump.gateway(
                routes: HandmadeDump.route(#""prefix": "/""#), filters: "\(fault), "
            ).trace()
        }
        let all = try trace(100)
        #expect(all.outcome == .answered && all.status == 418)
        let some = try trace(5)
        #expect(some.outcome == .forwarded && some.status == nil)
        #expect(some.notes.contains { $0.kind == .fault && $0.text.contains("5 %") })
        #expect(!(try trace(0)).notes.contains { $0.kind == .fault })
    }
}

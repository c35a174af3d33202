import Drydock
import Testing

/// Which endpoints take requests, by health and priority.
@Suite struct EndpointChoiceTests {
    /// Endpoints as `PRIORITY HEALTH`, the panic threshold in percent (nil for the default), and the
    /// numbers of those that take requests.
    struct Case: Sendable, CustomStringConvertible {
        var endpoints: [String]
        var threshold: Int?
        var taking: [Int]

        var description: String { "\(endpoints) \(threshold.map(String.init) ?? "")" }
    }

    static let cases: [Case] = [
        Case(endpoints: ["0 HEALTHY", "1 HEALTHY"], taking: [0]),
        Case(endpoints: ["0 UNKNOWN", "0 HEALTHY"], taking: [0, 1]),
        // 3 of 4 times 1.4 is more than all.
        Case(
            endpoints: ["0 HEALTHY", "0 HEALTHY", "0 HEALTHY", "0 UNHEALTHY", "1 HEALTHY"],
            taking: [0, 1, 2]),
        // 1 of 2 times 1.4 is 70 %: the rest goes on.
        Case(endpoints: ["0 HEALTHY", "0 UNHEALTHY", "1 HEALTHY"], taking: [0, 2]),
        Case(endpoints: ["0 UNHEALTHY", "1 HEALTHY"], taking: [1]),
        Case(endpoints: ["0 DRAINING", "0 TIMEOUT", "1 HEALTHY"], taking: [2]),
        Case(endpoints: ["0 DEGRADED", "0 HEALTHY"], taking: [0, 1]),
        Case(endpoints: ["0 HEALTHY", "0 HEALTHY", "0 HEALTHY", "0 DEGRADED"], taking: [0, 1, 2]),
        // Nothing healthy: all, or none if the panic threshold is 0.
        Case(endpoints: ["0 UNHEALTHY", "0 UNHEALTHY"], taking: [0, 1]),
        Case(endpoints: ["0 UNHEALTHY", "0 UNHEALTHY"], threshold: 0, taking: []),
        Case(endpoints: ["0 HEALTHY", "0 UNHEALTHY", "0 UNHEALTHY"], taking: [0, 1, 2]),
        Case(endpoints: ["0 HEALTHY", "0 UNHEALTHY", "0 UNHEALTHY"], threshold: 0, taking: [0]),
        Case(endpoints: [], taking: []),
    ]

    @Test(
        "Healthy endpoints of the first priority take everything while they can", arguments: cases)
    func choice(_ test: Case) throws {
        var dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#))
        let threshold = test.threshold.map {
            ", \"common_lb_config\": {\"healthy_panic_threshold\": {\"value\": \($0)}}"
        }
        dump.clusters = [HandmadeDump.cluster("a", #", "type": "EDS""# + (threshold ?? ""))]
        let localities = test.endpoints.enumerated().map { index, text in
            let parts = text.split(separator: " ").map(String.init)
            return "{\"priority\": \(parts[0]), \"lb_endpoints\": ["
                + HandmadeDump.endpoint("10.1.0.\(index)", health: parts[1]) + "]}"
        }
        dump.endpoints = [
            "{\"cluster_name\": \"a\", \"endpoints\": [\(localities.joined(separator: ", "))]}"
        ]
        let trace = try dump.trace()
        let taking = trace.clusters.first?.endpoints.map(\.address) ?? []
        #expect(taking == test.taking.map { "10.1.0.\($0):80" })
        #expect(trace.outcome == (test.taking.isEmpty ? .noEndpoint : .forwarded))
        #expect(trace.status == (test.taking.isEmpty ? 503 : nil))
        // Those that are passed over say why.
        let passed = trace.steps.filter { $0.stage == .endpoint && !$0.isTaken }
        #expect(passed.count == test.endpoints.count - test.taking.count)
    }

    @Test("Envoy's /clusters overrides what the dump knows of health", arguments: [true, false])
    func live(_ isJSON: Bool) throws {
        var dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#))
        dump.endpoints = [
            HandmadeDump.assignment(
                "a", HandmadeDump.endpoint("10.1.0.1"), HandmadeDump.endpoint("10.1.0.2"))
        ]
        func status(_ address: String, _ health: String) -> String {
            """
            {"address": {"socket_address": {"address": "\(address)", "port_value": 80}},
            "health_status": {"eds_health_status": "HEALTHY"\(health)}}
            """
        }
        let json = """
            {"cluster_statuses": [{"name": "a", "host_statuses": [\(status("10.1.0.1", "")),
            \(status("10.1.0.2", #", "failed_outlier_check": true"#))]}]}
            """
        let text = """
            a::observability_name::a
            a::10.1.0.1:80::health_flags::healthy
            a::10.1.0.1:80::priority::0
            a::10.1.0.2:80::health_flags::/failed_outlier_check
            a::10.1.0.2:80::priority::0

            """
        let capture = AdminCapture(bytes: Array((isJSON ? json : text).utf8))
        var request = TracedRequest(
            .http, authority: "x.test",
            destination: AddressAndPort(address: IPAddress("10.0.0.1"), port: 8080))
        request.direction = .gateway
        let trace = try dump.dump().trace(request, hosts: LiveHosts(capture))
        #expect(trace.clusters.first?.endpoints.map(\.address) == ["10.1.0.1:80"])
        #expect(trace.steps.contains { $0.subject == "10.1.0.2:80" && !$0.isTaken })
    }

    @Test("A live Unix socket keeps what the dump knows of it", arguments: [true, false])
    func socket(_ isJSON: Bool) throws {
        var dump = HandmadeDump.gateway(
            routes: HandmadeDump.route(#""prefix": "/""#))
        dump.clusters = [
            HandmadeDump.cluster(
                "a",
                #"""
                , "type": "EDS", "lb_subset_config": {"fallback_policy": "DEFAULT_SUBSET",
                "default_subset": {"version": "v1"}, "subset_selectors": [{"keys": ["version"]}]}
                """#)
        ]
        func endpoint(_ path: String, _ version: String) -> String {
            #"""
            {"endpoint": {"address": {"pipe": {"path": "\#(path)"}}}, "metadata": {"filter_metadata":
            {"envoy.lb": {"version": "\#(version)"}}}}
            """#
        }
        dump.endpoints = [
            #"{"cluster_name": "a", "endpoints": [{"lb_endpoints": [\#(endpoint("/run/a", "v1")), \#(endpoint("/run/b", "v2"))]}]}"#
        ]
        let json = #"""
            {"cluster_statuses": [{"name": "a", "host_statuses": [
            {"address": {"pipe": {"path": "/run/a"}}}, {"address": {"pipe": {"path": "/run/b"}}}]}]}
            """#
        let text = """
            a::observability_name::a
            a::/run/a::health_flags::healthy
            a::/run/b::health_flags::healthy

            """
        let capture = AdminCapture(bytes: Array((isJSON ? json : text).utf8))
        var request = TracedRequest(
            .http, authority: "x.test",
            destination: AddressAndPort(address: IPAddress("10.0.0.1"), port: 8080))
        request.direction = .gateway
        let trace = try dump.dump().trace(request, hosts: LiveHosts(capture))
        #expect(trace.clusters.first?.endpoints.map(\.address) == ["/run/a"])
    }
}

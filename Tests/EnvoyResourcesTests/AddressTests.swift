import EnvoyConfig
import EnvoyResources
import Testing

/// Addresses, localities, hosts and names of clusters.
@Suite struct AddressTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var json: String
        var host: String?
        var port: Int?
        var pipePath: String?
        var listener: String?
        /// As logs, the table of endpoints and the table of hosts have it.
        var text: String?
        var tableText: String?
        var hostText: String?

        var testDescription: String { json }
    }

    static let samples = [
        Sample(
            json: #"{"socketAddress": {"address": "10.0.0.1", "portValue": 80}}"#, host: "10.0.0.1",
            port: 80, text: "10.0.0.1:80", tableText: "10.0.0.1:80", hostText: "10.0.0.1"),
        Sample(
            json: #"{"socketAddress": {"address": "::", "portValue": 65535}}"#, host: "::",
            port: 65_535, text: "[::]:65535", tableText: ":::65535", hostText: "::"),
        Sample(
            json: #"{"socketAddress": {"address": "x.local", "namedPort": "http"}}"#,
            host: "x.local", text: "x.local:0", tableText: "x.local:0", hostText: "x.local"),
        // A port of 0 may be left out.
        Sample(
            json: #"{"socketAddress": {}}"#, host: "", port: 0, text: ":0", tableText: ":0",
            hostText: ""),
        Sample(
            json: #"{"pipe": {"path": "/run/x"}}"#, pipePath: "/run/x", text: "/run/x",
            tableText: "/run/x", hostText: "unix:///run/x"),
        Sample(json: #"{"pipe": {}}"#, pipePath: "", text: "", tableText: "", hostText: "unix://"),
        Sample(
            json: #"{"envoyInternalAddress": {"serverListenerName": "l", "endpointId": "e"}}"#,
            listener: "l", text: "envoy://l/e", tableText: "envoy://l/e", hostText: "envoy://l/e"),
        Sample(
            json: #"{"envoyInternalAddress": {"serverListenerName": "l"}}"#, listener: "l",
            text: "envoy://l/", tableText: "envoy://l/", hostText: "envoy://l/"),
        Sample(json: "{}"), Sample(json: #"{"other": {"address": "10.0.0.1"}}"#),
    ]

    @Test("An address of each kind", arguments: samples)
    func kinds(_ sample: Sample) throws {
        let address = Address(try CanonicalValue(json: sample.json))
        #expect(address.host == sample.host)
        #expect(address.port == sample.port)
        #expect(address.pipePath == sample.pipePath)
        #expect(address.internalListenerName == sample.listener)
        #expect(address.internalEndpointID == (sample.text == "envoy://l/e" ? "e" : nil))
        #expect(address.text == sample.text)
        #expect(address.tableText == sample.tableText)
        #expect(address.hostText == sample.hostText)
    }

    @Test(
        "A socket is TCP, and IPv6 alone, unless it says otherwise",
        arguments: [
            (#""protocol": "UDP""#, true, false), (#""protocol": "TCP""#, false, false),
            (#""ipv4Compat": true"#, false, true), (#""ipv4Compat": false"#, false, false),
            ("", false, false),
        ])
    func options(_ members: String, _ isUDP: Bool, _ takesIPv4Too: Bool) throws {
        let address = Address(try CanonicalValue(json: #"{"socketAddress": {\#(members)}}"#))
        #expect(address.isUDP == isUDP)
        #expect(address.takesIPv4Too == takesIPv4Too)
    }

    @Test("An IPv6 address stands in brackets before a port, anything else does not")
    func brackets() {
        #expect(Address.bracketed("fd00::1") == "[fd00::1]")
        #expect(Address.bracketed("10.0.0.1") == "10.0.0.1")
        #expect(Address.bracketed("host") == "host")
        #expect(Address.socketText(host: "::1", port: 0) == "[::1]:0")
    }

    @Test(
        "The name of a cluster that Istio made has four parts",
        arguments: [
            ("outbound|9080|v1|reviews.default.svc", "outbound", 9080, "v1", "reviews.default.svc"),
            ("outbound|80||x", "outbound", 80, "", "x"),
            ("inbound|8080||", "inbound", 8080, "", ""),
            ("inbound-vip|80|http|x", "inbound-vip", 80, "http", "x"), ("|||", "", 0, "", ""),
            ("a|b|c|d", "a", 0, "c", "d"), ("a|-1|c|d", "a", 0, "c", "d"),
            ("a|65535|c|d", "a", 65_535, "c", "d"), ("a|65536|c|d", "a", 65_535, "c", "d"),
            ("a|0|c|d", "a", 0, "c", "d"), ("a|80|c|d|e", "a", 80, "c", ""),
        ])
    func clusterNames(
        _ name: String, _ direction: String, _ port: Int, _ subset: String, _ service: String
    ) throws {
        let parts = try #require(ClusterNameParts(name))
        #expect(parts.direction == direction)
        #expect(parts.port == port)
        #expect(parts.subset == subset)
        #expect(parts.serviceName == service)
    }

    @Test("Any other name has no parts", arguments: ["", "a", "BlackHoleCluster", "a|80|b", "||"])
    func otherNames(_ name: String) {
        #expect(ClusterNameParts(name) == nil)
    }

    // MARK: - Hosts

    @Test(
        "The health of a host: as the control plane says, and as Envoy found",
        arguments: [
            ("{}", "UNKNOWN", false, false),
            (#"{"healthStatus": {"edsHealthStatus": "HEALTHY"}}"#, "HEALTHY", false, false),
            (#"{"healthStatus": {"failedOutlierCheck": true}}"#, "UNKNOWN", true, false),
            (#"{"healthStatus": {"failedOutlierCheck": false}}"#, "UNKNOWN", false, false),
            (#"{"healthStatus": {"failedActiveHealthCheck": true}}"#, "UNKNOWN", false, true),
            (#"{"healthStatus": {"failedActiveHealthCheck": false}}"#, "UNKNOWN", false, false),
            (#"{"healthStatus": {"excludedViaImmediateHcFail": true}}"#, "UNKNOWN", false, true),
            (#"{"healthStatus": {"activeHcTimeout": true}}"#, "UNKNOWN", false, true),
            (#"{"healthStatus": {"pendingActiveHc": true}}"#, "UNKNOWN", false, false),
            (#"{"failedOutlierCheck": true, "activeHcTimeout": true}"#, "UNKNOWN", false, false),
        ])
    func health(_ json: String, _ health: String, _ isEjected: Bool, _ isFailing: Bool) throws {
        let host = HostStatus(try CanonicalValue(json: json))
        #expect(host.controlPlaneHealth == health)
        #expect(host.isEjected == isEjected)
        #expect(host.isFailing == isFailing)
    }

    @Test("Where a host is, and when it is used")
    func host() throws {
        let host = HostStatus(
            try CanonicalValue(
                json: #"""
                    {"address": {"socketAddress": {"address": "10.0.0.1", "portValue": 80}},
                    "priority": 2, "locality": {"region": "r", "zone": "z", "subZone": "s"}}
                    """#))
        #expect(host.address?.text == "10.0.0.1:80")
        #expect(host.priority == 2)
        #expect(host.locality.region == "r")
        #expect(host.locality.zone == "z")
        #expect(host.locality.subZone == "s")
        let nowhere = HostStatus(.object([]))
        #expect(nowhere.address == nil)
        #expect(nowhere.priority == 0)
        #expect(nowhere.locality.text == "")
    }

    @Test(
        "Endpoints take requests unless their health forbids it",
        arguments: [
            (nil, true), ("UNKNOWN", true), ("HEALTHY", true), ("DEGRADED", true),
            ("UNHEALTHY", false), ("DRAINING", false), ("TIMEOUT", false),
        ])
    func endpoints(_ status: String?, _ takesRequests: Bool) throws {
        let member = status.map { #""healthStatus": "\#($0)", "# } ?? ""
        let endpoint = Endpoint(
            try CanonicalValue(
                json:
                    #"{\#(member)"loadBalancingWeight": 3, "endpoint": {"hostname": "h", "address": {"pipe": {"path": "/x"}}}}"#
            ))
        #expect(endpoint.healthStatus == status ?? "UNKNOWN")
        #expect(endpoint.takesRequests == takesRequests)
        #expect(endpoint.weight == 3)
        #expect(endpoint.hostname == "h")
        #expect(endpoint.address?.pipePath == "/x")
    }

    @Test("The endpoints of a load assignment stand in localities")
    func assignment() throws {
        let assignment = LoadAssignment(
            try CanonicalValue(
                json: #"""
                    {"clusterName": "c", "endpoints": [{"locality": {"region": "r"}, "priority": 1,
                    "loadBalancingWeight": 7, "lbEndpoints": [{"loadBalancingWeight": 1}, {}]},
                    {"lbEndpoints": [{"loadBalancingWeight": 2}]}]}
                    """#))
        #expect(assignment.clusterName == "c")
        #expect(assignment.localities.map(\.locality.text) == ["r", ""])
        #expect(assignment.localities.map(\.priority) == [1, 0])
        #expect(assignment.localities.map(\.weight) == [7, nil])
        #expect(assignment.endpoints.map(\.weight) == [1, nil, 2])
        #expect(LoadAssignment(.object([])).clusterName == "")
    }
}

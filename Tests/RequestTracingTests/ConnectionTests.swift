import CorpusSupport
import Drydock
import Testing

/// Which listener takes a connection, and which of its filter chains.
@Suite struct ConnectionTests {
    private static let virtualOutbound = HandmadeDump.listener(
        "virtualOutbound", port: 15001,
        chains: HandmadeDump.chain(HandmadeDump.tcpProxy("kept"), name: "catch-all"),
        more: #""use_original_dst": true, "traffic_direction": "OUTBOUND","#)

    private static func unbound(_ name: String, _ address: String, _ port: Int) -> String {
        HandmadeDump.listener(
            name, address: address, port: port,
            chains: HandmadeDump.chain(HandmadeDump.tcpProxy("handed")),
            more: #""bind_to_port": false,"#)
    }

    private static func sidecar(_ listeners: [String]) -> HandmadeDump {
        var dump = HandmadeDump()
        dump.node = #"{"id": "sidecar~10.0.0.1~pod.default~default.svc.cluster.local"}"#
        dump.listeners = [virtualOutbound] + listeners
        dump.clusters = [
            HandmadeDump.cluster("kept", #", "type": "ORIGINAL_DST""#),
            HandmadeDump.cluster("handed", #", "type": "ORIGINAL_DST""#),
        ]
        return dump
    }

    /// A destination and the listener that takes it.
    static let handOvers: [(String, String)] = [
        ("10.2.0.1:80", "exact"), ("10.2.0.2:80", "wildcard"), ("10.2.0.1:81", "virtualOutbound"),
        ("10.2.0.3:80", "additional"), ("[fd00::1]:80", "virtualOutbound"),
        ("[fd00::1]:82", "v6"), ("10.2.0.1:82", "v6"), ("10.2.0.1:53", "virtualOutbound"),
    ]

    @Test(
        "A connection goes to the listener of its destination's address, else the wildcard's",
        arguments: handOvers)
    func handOver(_ destination: String, _ listener: String) throws {
        let dump = Self.sidecar([
            Self.unbound("exact", "10.2.0.1", 80), Self.unbound("wildcard", "0.0.0.0", 80),
            // A name is no address.
            Self.unbound("10.2.0.2_80", "10.2.0.9", 80),
            HandmadeDump.listener(
                "additional", address: "10.2.0.8", port: 80,
                chains: HandmadeDump.chain(HandmadeDump.tcpProxy("handed")),
                more: #""bind_to_port": false, "additional_addresses": [{"address": "#
                    + #"{"socket_address": {"address": "10.2.0.7", "port_value": 80}}}, {"address": "#
                    + #"{"socket_address": {"address": "10.2.0.3", "port_value": 80}}}],"#),
            HandmadeDump.listener(
                "v6", address: "::", port: 82,
                chains: HandmadeDump.chain(HandmadeDump.tcpProxy("handed")),
                more: #""bind_to_port": false,"#
            ).replacing("\"port_value\": 82", with: "\"port_value\": 82, \"ipv4_compat\": true"),
            HandmadeDump.listener(
                "udp", address: "0.0.0.0", port: 53,
                chains: HandmadeDump.chain(HandmadeDump.tcpProxy("handed"))
            ).replacing("\"port_value\": 53", with: "\"port_value\": 53, \"protocol\": \"UDP\""),
        ])
        let request = TracedRequest(.tcp, destination: try #require(AddressAndPort(destination)))
        let trace = try dump.dump().trace(request)
        #expect(trace.listener == listener)
        #expect(trace.outcome == .forwarded)
        #expect(trace.clusters.map(\.endpoints).first?.first?.address == destination)
    }

    @Test("Without interception a connection enters the listener that it was made to")
    func withoutInterception() throws {
        var dump = HandmadeDump()
        dump.listeners = [
            HandmadeDump.listener(
                "bound", port: 80, chains: HandmadeDump.chain(HandmadeDump.tcpProxy("a")))
        ]
        dump.clusters = [HandmadeDump.cluster("a", #", "type": "STATIC""#)]
        let destination = AddressAndPort(address: IPAddress("10.0.0.9"), port: 80)
        let trace = try dump.dump().trace(TracedRequest(.tcp, destination: destination))
        #expect(trace.listener == "bound")
        // A static cluster without endpoints.
        #expect(trace.outcome == .noEndpoint && trace.status == nil)
        let other = AddressAndPort(address: IPAddress("10.0.0.9"), port: 81)
        let none = try dump.dump().trace(TracedRequest(.tcp, destination: other))
        #expect(none.outcome == .noListener && none.listener == nil)
        #expect(none.notes.contains { $0.text.contains("80") })
    }

    @Test("A dump without listeners says so, instead of naming ports")
    func withoutListeners() throws {
        let text = """
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump"}]}
            """
        let dump = try ConfigDump(bytes: Array(text.utf8))
        let trace = try dump.trace(TracedRequest(url: "http://reviews:9080/"))
        #expect(trace.outcome == .noListener)
        #expect(trace.notes.contains { $0.text.contains("no ListenersConfigDump") })
    }

    /// SNI and the chain that takes it; nil for none.
    static let names: [(String?, String?)] = [
        ("a.b.test", "exact"), ("A.B.TEST", "exact"), ("x.b.test", "narrow"),
        ("x.y.b.test", "narrow"), ("b.test", "wide"), ("test", nil), (nil, nil),
    ]

    @Test("The SNI takes the exact name, else the longest wildcard", arguments: names)
    func serverName(_ name: String?, _ chain: String?) throws {
        func chains(_ names: [(String, String)]) -> String {
            names.map { name, pattern in
                HandmadeDump.chain(
                    HandmadeDump.tcpProxy("a"), name: name,
                    match: "\"filter_chain_match\": {\"server_names\": [\"\(pattern)\"]},")
            }.joined(separator: ", ")
        }
        var dump = HandmadeDump()
        dump.listeners = [
            HandmadeDump.listener(
                "tls", port: 443,
                chains: chains([("wide", "*.test"), ("narrow", "*.b.test"), ("exact", "a.b.test")]),
                more: "\"listener_filters\": [\(Self.inspector("tls"))],")
        ]
        dump.clusters = [HandmadeDump.cluster("a", #", "type": "STATIC""#)]
        var request = TracedRequest(
            .https, destination: AddressAndPort(address: IPAddress("10.0.0.1"), port: 443))
        request.serverName = name
        let trace = try dump.dump().trace(request)
        #expect(trace.filterChain == chain)
        #expect((trace.outcome == .noFilterChain) == (chain == nil))
    }

    private static func inspector(_ kind: String) -> String {
        HandmadeDump.extensionText(
            "\(kind)_inspector",
            "envoy.extensions.filters.listener.\(kind)_inspector.v3.\(kind == "tls" ? "Tls" : "Http")Inspector"
        )
    }

    @Test("A more specific criterion shuts the others out, even where nothing is left")
    func noWayBack() throws {
        var dump = HandmadeDump()
        dump.listeners = [
            HandmadeDump.listener(
                "l", port: 80,
                chains: [
                    HandmadeDump.chain(
                        HandmadeDump.tcpProxy("a"), name: "port",
                        match: #""filter_chain_match": {"destination_port": 80, "#
                            + #""transport_protocol": "tls"},"#),
                    HandmadeDump.chain(HandmadeDump.tcpProxy("a"), name: "any"),
                ].joined(separator: ", "))
        ]
        let destination = AddressAndPort(address: IPAddress("10.0.0.1"), port: 80)
        let trace = try dump.dump().trace(TracedRequest(.tcp, destination: destination))
        #expect(trace.outcome == .noFilterChain)
        let reasons = trace.steps.filter { $0.stage == .filterChain }.map(\.subject)
        #expect(Set(reasons) == ["port", "any"])
    }

    @Test("Bytes of TLS are raw_buffer where no TLS inspector looks, or is switched off")
    func withoutInspector() throws {
        let chains = ["tls", "raw_buffer"].map { kind in
            HandmadeDump.chain(
                HandmadeDump.tcpProxy("a"), name: kind,
                match: "\"filter_chain_match\": {\"transport_protocol\": \"\(kind)\"},")
        }.joined(separator: ", ")
        func chain(_ filters: String) throws -> String? {
            var dump = HandmadeDump()
            dump.listeners = [
                HandmadeDump.listener(
                    "l", port: 443, chains: chains, more: "\"listener_filters\": [\(filters)],")
            ]
            let destination = AddressAndPort(address: IPAddress("10.0.0.1"), port: 443)
            return try dump.dump().trace(TracedRequest(.https, destination: destination))
                .filterChain
        }
        func limited(_ start: Int, _ end: Int) -> String {
            Self.inspector("tls").dropLast()
                + ", \"filter_disabled\": {\"destination_port_range\": {\"start\": \(start), \"end\": \(end)}}}"
        }
        #expect(try chain("") == "raw_buffer")
        #expect(try chain(Self.inspector("tls")) == "tls")
        #expect(try chain(limited(443, 444)) == "raw_buffer")
        // The range excludes its end.
        #expect(try chain(limited(442, 443)) == "tls")
    }

    @Test("A rejected update is said, and the answer is the old listener's")
    func rejected() throws {
        var dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#))
        let old = dump.listeners.removeFirst()
        dump.listenerEntries = [
            "{\"name\": \"gateway\", \"active_state\": {\"listener\": \(old)}, \"error_state\": {"
                + "\"failed_configuration\": {\"@type\": "
                + "\"type.googleapis.com/envoy.config.listener.v3.Listener\", \"name\": \"gateway\"}, "
                + "\"details\": \"no such filter\"}}"
        ]
        let trace = try dump.trace()
        #expect(trace.outcome == .forwarded)
        let note = try #require(trace.notes.first { $0.kind == .rejected })
        #expect(note.text.contains("no such filter") && note.text.contains("old one"))
        #expect(note.resource?.name == "gateway")
    }

    @Test("A listener that only waits in warming takes nothing, and is named")
    func warming() throws {
        var dump = HandmadeDump.gateway(routes: HandmadeDump.route(#""prefix": "/""#))
        let listener = dump.listeners.removeFirst()
        dump.listenerEntries = [
            "{\"name\": \"gateway\", \"warming_state\": {\"listener\": \(listener)}}"
        ]
        let trace = try dump.trace()
        #expect(trace.outcome == .noListener)
        #expect(trace.notes.contains { $0.kind == .warming && $0.text.contains("gateway") })
    }

    @Test("A mesh that lets nothing unknown out is said to")
    func blackHole() throws {
        var dump = Self.sidecar([])
        dump.listeners[0] = dump.listeners[0].replacing("kept", with: "BlackHoleCluster")
        dump.clusters = [HandmadeDump.cluster("BlackHoleCluster", #", "type": "STATIC""#)]
        let destination = AddressAndPort(address: IPAddress("203.0.113.1"), port: 443)
        let trace = try dump.dump().trace(TracedRequest(.https, destination: destination))
        #expect(trace.outcome == .noEndpoint && trace.status == nil)
        #expect(trace.clusters.map(\.name) == ["BlackHoleCluster"])
        #expect(trace.notes.contains { $0.text.contains("REGISTRY_ONLY") })
    }

    @Test(
        "Without an address the listener whose cluster is the host is taken, and that is said",
        arguments: [
            ("db.data", "db"), ("db.data.svc.cluster.local", "db"), ("db", "other"),
            ("web.data", nil),
        ] as [(String, String?)])
    func byHost(_ host: String, _ listener: String?) throws {
        func named(_ name: String, _ address: String, _ fqdn: String) -> String {
            HandmadeDump.listener(
                name, address: address, port: 5432,
                chains: HandmadeDump.chain(HandmadeDump.tcpProxy("outbound|5432||\(fqdn)")),
                more: #""bind_to_port": false,"#)
        }
        var dump = Self.sidecar([
            named("db", "10.2.0.1", "db.data.svc.cluster.local"),
            named("other", "10.2.0.2", "db.shop.svc.cluster.local"),
        ])
        dump.node = #"{"id": "sidecar~10.0.0.1~pod.shop~x", "metadata": {"NAMESPACE": "shop"}}"#
        let trace = try dump.dump().trace(TracedRequest(url: "tcp://\(host):5432"))
        #expect(trace.listener == listener ?? "virtualOutbound")
        #expect(
            trace.notes.contains { $0.kind == .assumed && $0.text.contains("10.2.0") }
                == (listener != nil))
    }

    @Test("A waypoint's connections come out of HBONE into its own listener")
    func waypoint() throws {
        let folder = try Corpus.folder("istiod/ambient")
            .appendingPathComponent("pairs/waypoint-6d9c7f8b5-p4t2x")
        var request = try TracedRequest(url: "http://reviews:9080/reviews/1")
        request.destination.address = IPAddress("10.96.20.3")
        // Istiod's dump: this Envoy, which lacks Istio's own filters, rejected the listener.
        let sent = try ConfigDump(
            contentsOfFile: folder.appendingPathComponent("istiod_config_dump.json").path)
        let trace = try sent.trace(request)
        #expect(trace.listener == "main_internal")
        #expect(trace.filterChain == "inbound-vip|9080|http|reviews.default.svc.cluster.local")
        #expect(trace.outcome == .forwarded)
        let held = try ConfigDump(
            contentsOfFile: folder.appendingPathComponent("config_dump_eds.json").path)
        let without = try held.trace(request)
        #expect(without.outcome == .noListener)
        #expect(
            without.notes.contains { $0.kind == .rejected && $0.text.contains("main_internal") })
    }
}

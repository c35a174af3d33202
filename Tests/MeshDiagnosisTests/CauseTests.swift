import CorpusSupport
import DrydockDiff
import EnvoyConfig
import MeshDiagnosis
import SupportBundles
import Testing

/// The rules of the causes, each on a bundle made by hand.
@Suite struct CauseTests {
    private typealias Cluster = MeshFixture.Cluster

    /// One proxy whose clusters are these, and Istiod's view of it.
    private func mesh(
        envoy: [MeshFixture.Cluster], istiod: [MeshFixture.Cluster],
        warming: [MeshFixture.Cluster] = [], secrets: [String] = [], log: String? = nil,
        status: [String: String] = [:], updated: String = "2026-01-01T00:00:00Z"
    ) -> MeshFixture {
        var mesh = MeshFixture()
        mesh.addProxy(
            "a",
            MeshFixture.envoyDump(
                "a", workload: "a", active: envoy, warming: warming, secrets: secrets,
                updated: updated))
        mesh.addIstiodDump("istiod-a", of: "a", MeshFixture.istiodDump(istiod))
        mesh.addStatus("istiod-a", "a", status)
        mesh.setCaptureTime("2026-01-01T00:01:00Z")
        if let log { mesh.add("proxies/default/a/istio-proxy.log", log) }
        return mesh
    }

    private func notes(_ mesh: MeshFixture, grace: Double = 3) async throws -> [Note] {
        try #require(try await mesh.report(grace: grace).proxies.first).notes
    }

    private static let rejected =
        "2026-01-01T00:00:10Z\twarning\tenvoy config\tdelta config for "
        + "type.googleapis.com/envoy.config.cluster.v3.Cluster rejected: "

    // MARK: - Rejected

    @Test("A protobuf text names its resource, and its last cause is the reason, cut to that")
    func protobufText() async throws {
        let text = """
            Proto constraint validation failed (ClusterValidationError.LoadAssignment: embedded message \
            failed validation | caused by EndpointValidationError.Path: value length must be at least 1 \
            characters): name: "y"
            type: STATIC
            load_assignment {
              cluster_name: "z"
            }
            """
        let found = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x", timeout: "1s"), Cluster("y", timeout: "1s")],
                status: ["CDS": text]))
        #expect(found.map(\.kind) == [.rejected, .waiting])
        #expect(found.at(0).resource?.name == "y")
        #expect(
            found.at(0).text
                == "1 cluster rejected by Envoy: y: Proto constraint validation failed "
                + "(EndpointValidationError.Path: value length must be at least 1 characters)")
    }

    @Test("A reason that Istiod cut off stands whole in the proxy's log")
    func cutOff() async throws {
        let body = "name: \"y\"\n" + String(repeating: "  filler: 1\n", count: 50)
        let whole =
            body
            + "Proto constraint validation failed (X.Path: value length must be at least 1 char)"
        let found = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x"), Cluster("y", timeout: "1s")],
                log: Self.rejected + whole + "\n\tthread=1\n",
                status: ["CDS": body.prefix(300) + "...(truncated)"]))
        #expect(found.at(0).resource?.name == "y")
        #expect(found.at(0).text.contains("X.Path: value length must be at least 1 char"))
        #expect(!found.at(0).text.contains("cut off"))
    }

    @Test("A reason that is nowhere whole is said to be cut off")
    func cutOffForGood() async throws {
        let found = try await notes(
            mesh(
                envoy: [Cluster("y")], istiod: [Cluster("y", timeout: "1s")],
                status: ["CDS": "name: \"y\"\ntype: EDS...(truncated)"]))
        #expect(found.at(0).kind == .rejected)
        #expect(found.at(0).text.contains("cut off by Istiod"))
    }

    @Test("A bare reason is found by its value, and every holder is named")
    func byValue() async throws {
        let found = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y"), Cluster("z")],
                istiod: [
                    Cluster("x", timeout: "-1s"), Cluster("y", timeout: "-1s"),
                    Cluster("z", timeout: "2s"),
                ], status: ["CDS": "Invalid duration: Expected positive duration: \nseconds: -1\n"])
        )
        #expect(found.map(\.kind) == [.rejected, .waiting])
        #expect(found.at(0).text.hasPrefix("2 clusters rejected by Envoy: x, y: Invalid duration"))
        #expect(found.at(1).text.hasPrefix("1 other change of the same push was not applied"))
        #expect(found.at(1).text.hasSuffix("the 2 rejected ones are fixed: z"))
    }

    @Test("RDS that was never acknowledged is stale only where the routes differ")
    func unacknowledgedRoutes() async throws {
        for (istiod, isStale) in [("x", false), ("y", true)] {
            var mesh = MeshFixture()
            let route = { (name: String) in
                """
                {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "dynamic_route_configs": [
                {"route_config": {"@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
                "name": "\(name)"}}]}
                """
            }
            let empty = #"{"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump"}"#
            mesh.addProxy(
                "a", MeshFixture.envoyDump("a", workload: "a").replacing(empty, with: route("x")))
            mesh.addIstiodDump(
                "istiod-a", of: "a",
                MeshFixture.istiodDump([]).replacing(empty, with: route(istiod)))
            mesh.addAnswer(
                "istiod-a", "syncz",
                """
                [{"proxy": "a.default", "istio_version": "1.22.1", "resources": {
                "type.googleapis.com/envoy.config.route.v3.RouteConfiguration":
                {"sent": "b", "sentTime": "2026-01-01T00:00:00Z", "acked": ""}}}]
                """)
            mesh.setCaptureTime("2026-01-01T00:01:00Z")
            let kinds = try await notes(mesh).map(\.kind)
            #expect(kinds.contains(.stale) == isStale, "\(kinds)")
        }
    }

    @Test(
        "A STALE type with a rejection in a log newer than its last good push is rejected",
        arguments: [
            ("2026-01-01T00:00:10Z", Note.Kind.rejected), ("2025-12-31T23:59:50Z", .stale),
        ])
    func loggedRejection(_ time: String, _ kind: Note.Kind) async throws {
        let text = "Only unique values for domains are permitted. Duplicate entry of domain a.b"
        let own =
            "\(time)\twarning\tenvoy config\tdelta config for "
            + "type.googleapis.com/envoy.config.cluster.v3.Cluster rejected: \(text)\n"
        let found = try await notes(
            mesh(
                envoy: [Cluster("x")], istiod: [Cluster("x", timeout: "2s")], log: own,
                status: ["CDS": "STALE"]))
        #expect(found.at(0).kind == kind)
        var other = mesh(
            envoy: [Cluster("x")], istiod: [Cluster("x", timeout: "2s")], status: ["CDS": "STALE"])
        other.add(
            "istio/istio-system/istiod-a/discovery.log",
            "\(time)\twarn\tads\tADS:CDS: ACK ERROR a.default-7 Internal:\(text)\n")
        let logged = try await notes(other)
        #expect(logged.at(0).kind == kind)
        #expect(logged.at(0).text.contains("Duplicate entry") == (kind == .rejected))
    }

    @Test("A reason that fits nothing lists what differs; a single one is it")
    func candidates() async throws {
        let two = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x", timeout: "1s"), Cluster("y", timeout: "2s")],
                status: ["CDS": "something is wrong"]))
        #expect(two.at(0).text.contains("one of x, y: something is wrong"))
        let one = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x"), Cluster("y", timeout: "2s")],
                status: ["CDS": "something is wrong"]))
        #expect(one.at(0).resource?.name == "y")
    }

    @Test("Several names of one text are split, though their reasons hold the separator")
    func severalNames() async throws {
        let found = try await notes(
            mesh(
                envoy: [], istiod: [Cluster("x"), Cluster("y")],
                status: ["CDS": "Error adding/updating cluster(s) x: no a, b: c, y: no d"]))
        #expect(found.at(0).text == "2 clusters rejected by Envoy: x: no a, b: c; y: no d")
    }

    @Test("A line of the log accuses only while the type differs though it is SYNCED")
    func logged() async throws {
        let log = Self.rejected + "Error adding/updating cluster(s) y: no\n"
        let differing = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x"), Cluster("y", timeout: "1s")],
                log: log))
        #expect(differing.map(\.kind) == [.rejected])
        #expect(differing.at(0).source == .agent)
        #expect(differing.at(0).resource?.name == "y")
        let same = try await notes(mesh(envoy: [Cluster("y")], istiod: [Cluster("y")], log: log))
        #expect(same.isEmpty)
        let other = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x", timeout: "1s"), Cluster("y")],
                log: log))
        #expect(other.map(\.kind) == [.drift])
    }

    @Test("A line of the log that names nothing lists what differs")
    func loggedWithoutName() async throws {
        let found = try await notes(
            mesh(
                envoy: [Cluster("x"), Cluster("y")],
                istiod: [Cluster("x", timeout: "1s"), Cluster("y", timeout: "2s")],
                log: Self.rejected + "something is wrong\n"))
        #expect(found.map(\.kind) == [.rejected])
        #expect(found.at(0).text == "clusters rejected by Envoy: one of x, y: something is wrong")
    }

    @Test("The types are reported in order, ECDS and EDS with what Istiod says of them")
    func order() async throws {
        let found = try await notes(
            mesh(
                envoy: [Cluster("x")], istiod: [Cluster("x")],
                status: ["ECDS": "no filter", "EDS": "no host", "CDS": "SYNCED"]))
        #expect(found.map(\.kind) == [.rejected, .rejected])
        #expect(found.at(0).text.contains("no host"))
        #expect(found.at(1).text.contains("no filter"))
    }

    @Test("No private key is shown, whatever a reason holds")
    func privateKey() async throws {
        let key = "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----"
        let found = try await notes(
            mesh(
                envoy: [Cluster("x")], istiod: [Cluster("x", timeout: "1s")],
                log: Self.rejected + "x: \(key)", status: ["CDS": "Failed to load \(key)"]))
        #expect(found.at(0).kind == .rejected)
        #expect(!found.contains { $0.text.contains("secret") })
    }

    @Test("Without Istiod's dump a text still names its resource, a new one too")
    func withoutIstiodDump() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a", active: [Cluster("x")]))
        mesh.addStatus(
            "istiod-a", "a",
            [
                "CDS": "Proto constraint validation failed (A.B: too long): name: \"new\"",
                "LDS": "Error adding/updating listener(s) 0.0.0.0_80: cannot bind",
            ])
        let found = try await notes(mesh)
        #expect(found.map(\.kind) == [.rejected, .rejected])
        #expect(found.at(0).resource?.name == "new")
        #expect(found.at(1).text == "1 listener rejected by Envoy: 0.0.0.0_80: cannot bind")
    }

    @Test("An error_state counts while what was refused is not what is in use")
    func errorState() async throws {
        let body = { (address: String) in
            """
            {"@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "l", "address":
            {"socket_address": {"address": "\(address)", "port_value": 80}}}
            """
        }
        for (refused, kinds) in [("10.0.0.2", [Note.Kind.rejected]), ("10.0.0.1", [])] {
            let listener = """
                {"name": "l", "active_state": {"listener": \(body("10.0.0.1"))}, "error_state":
                {"failed_configuration": \(body(refused)), "details": "cannot bind"}}
                """
            var mesh = MeshFixture()
            mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a", listeners: [listener]))
            mesh.addStatus("istiod-a", "a")
            #expect(try await notes(mesh).map(\.kind) == kinds)
        }
    }

    // MARK: - Warming

    @Test("A DNS cluster is the cause; EDS clusters and the proxy's own secrets wait behind it")
    func warmingDNS() async throws {
        let host =
            #", "load_assignment": {"endpoints": [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "db.example.com", "port_value": 1}}}}]}]}"#
        let tls = #", "eds_cluster_config": {"service_name": "default"}"#
        let waiting = [
            Cluster("a-eds", more: tls), Cluster("dns", type: "STRICT_DNS", more: host),
        ]
        let found = try await notes(
            mesh(
                envoy: [], istiod: waiting, warming: waiting, secrets: ["default", "ROOTCA"],
                status: ["CDS": "STALE"]))
        #expect(found.allSatisfy { $0.kind == .warming })
        #expect(found.first?.resource?.name == "dns")
        #expect(found.first?.text.contains("db.example.com") ?? false)
        #expect(found.last?.resource?.name == "a-eds")
    }

    @Test("A listener that waits for its certificate is the cause, though LDS is SYNCED")
    func warmingListener() async throws {
        let body = """
            {"@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "0.0.0.0_8443",
            "filter_chains": [{"transport_socket": {"name": "tls", "typed_config": {"@type":
            "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": {"tls_certificate_sds_secret_configs":
            [{"name": "kubernetes://gateway-cert"}]}}}}]}
            """
        var mesh = MeshFixture()
        mesh.addProxy(
            "a",
            MeshFixture.envoyDump(
                "a", workload: "a",
                listeners: [
                    """
                    {"name": "0.0.0.0_8443", "warming_state": {"listener": \(body),
                    "last_updated": "2026-01-01T00:00:00Z"}}
                    """
                ], secrets: ["kubernetes://gateway-cert"]))
        mesh.addIstiodDump(
            "istiod-a", of: "a",
            MeshFixture.istiodDump(
                [], listeners: [#"{"activeState": {"listener": \#(body)}}"#]))
        mesh.addStatus("istiod-a", "a")
        mesh.setCaptureTime("2026-01-01T00:01:00Z")
        let found = try await notes(mesh)
        #expect(found.map(\.kind) == [.warming])
        #expect(found.at(0).resource?.name == "0.0.0.0_8443")
        #expect(found.at(0).text.contains("waits for the secret kubernetes://gateway-cert"))
    }

    @Test("A cluster that was put to use without its secret is reported still")
    func withoutSecret() async throws {
        let tls = #", "eds_cluster_config": {"service_name": "client-cert"}"#
        let cluster = Cluster("x", more: tls)
        let found = try await notes(
            mesh(envoy: [cluster], istiod: [cluster], secrets: ["client-cert"]))
        #expect(found.map(\.kind) == [.warming])
        #expect(found.at(0).text.contains("client-cert"))
        #expect(found.at(0).resource?.name == "x")
    }

    @Test("What waits because the agent hangs is not the cause")
    func warmingBehindStale() async throws {
        let found = try await notes(
            mesh(
                envoy: [Cluster("x")], istiod: [Cluster("x", timeout: "1s"), Cluster("y")],
                warming: [Cluster("y")],
                status: ["CDS": "STALE", "EDS": "STALE", "LDS": "STALE", "RDS": "STALE"]))
        #expect(found.map(\.kind) == [.stale, .warming])
    }

    @Test("What began to wait just now is not reported")
    func warmingJustNow() async throws {
        let found = try await notes(
            mesh(
                envoy: [Cluster("x")], istiod: [Cluster("x")], warming: [Cluster("x")],
                updated: "2026-01-01T00:00:59Z"))
        #expect(found.isEmpty)
    }

    // MARK: - Stale, drift

    @Test("A push that is just under way is not stale; the option says how long that is")
    func justNow() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a", active: [Cluster("x")]))
        mesh.addIstiodDump(
            "istiod-a", of: "a", MeshFixture.istiodDump([Cluster("x", timeout: "1s")]))
        mesh.addStatus("istiod-a", "a", ["CDS": "STALE"], sent: "2026-01-01T00:00:58Z")
        mesh.setCaptureTime("2026-01-01T00:01:00Z")
        #expect(try await notes(mesh).isEmpty)
        #expect(try await notes(mesh, grace: 1).map(\.kind) == [.stale])
    }

    @Test(
        "Where nothing tells when the bundle was captured, the last push is not taken for a new one"
    )
    func noClock() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a"))
        mesh.addStatus("istiod-a", "a", ["CDS": "STALE"])
        #expect(try await notes(mesh).map(\.kind) == [.stale])
    }

    @Test("A difference that nothing explains comes last, as drift")
    func drift() async throws {
        let found = try await notes(
            mesh(envoy: [Cluster("x")], istiod: [Cluster("x", timeout: "1s"), Cluster("y")]))
        #expect(found.map(\.kind) == [.drift])
        #expect(found.at(0).text.contains("clusters x, y"))
    }

    @Test("A value that is spelled otherwise is no drift")
    func spelling() async throws {
        let found = try await notes(
            mesh(envoy: [Cluster("x", timeout: "1.000s")], istiod: [Cluster("x", timeout: "1s")]))
        #expect(found.isEmpty)
    }

    // MARK: - Disconnected, unreadable

    @Test("Without any sync status nobody is called disconnected")
    func noStatus() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a"))
        let report = try await mesh.report()
        let proxy = try #require(report.proxies.first)
        #expect(proxy.isConnected == nil)
        // Nothing accuses it, and nothing was checked.
        #expect(proxy.notes.map(\.kind) == [.notChecked])
        #expect(proxy.verdict == .notChecked)
        #expect(proxy.checked.isEmpty)
        #expect(!report.isWell && !report.hasChecked)
    }

    @Test("A proxy that only an Istiod speaks of has a row without a dump")
    func onlyStatus() async throws {
        var mesh = MeshFixture()
        mesh.addStatus("istiod-a", "a", ["CDS": "no"])
        let report = try await mesh.report()
        let proxy = try #require(report.proxies.first)
        #expect(proxy.name == "a.default")
        #expect(proxy.dump == nil)
        #expect(proxy.notes.map(\.kind) == [.rejected])
    }

    @Test("A dump that cannot be printed for a value has a row, with the reason")
    func unprintableValue() async throws {
        var mesh = MeshFixture()
        mesh.addProxy(
            "a",
            "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: "
                + "google.protobuf.Value cannot encode double values for nan, because it would be")
        mesh.addStatus("istiod-a", "a")
        let proxy = try #require(try await mesh.report().proxies.first)
        #expect(proxy.notes.map(\.kind) == [.unreadable])
        #expect(proxy.dump?.isReadable == false)
    }

    @Test("A certificate that was not renewed and mixed versions are told, but are no trouble")
    func asides() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w", version: "1.36.4"))
        mesh.addProxy("b", MeshFixture.envoyDump("b", workload: "w"))
        for pod in ["a", "b"] { mesh.addStatus("istiod-a", pod, sent: "2025-12-31T23:00:00Z") }
        mesh.add(
            "proxies/default/a/certs",
            """
            {"certificates": [{"ca_cert": [{
            "valid_from": "2020-01-01T00:00:00Z", "expiration_time": "2020-01-02T00:00:00Z" }],
            "cert_chain": [{
            "valid_from": "2025-12-31T00:10:00Z",
            "expiration_time": "2026-01-01T00:10:00Z"
            }]}]}
            """)
        mesh.setCaptureTime("2026-01-01T00:00:00Z")
        let report = try await mesh.report()
        #expect(report.isWell)
        #expect(report.proxies.first?.notes.map(\.kind) == [.certificateExpiry])
        #expect(report.proxies.first?.notes.first?.text.contains("10 minutes") ?? false)
        #expect(report.notes.map(\.kind) == [.mixedVersions, .notChecked])
    }
}

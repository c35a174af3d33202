import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import MeshDiagnosis
import SupportBundles
import Testing

/// The table of `istioctl proxy-status -v 1`, from each form of what an Istiod answers.
@Suite struct ProxyStatusTests {
    /// A captured scenario, and where its table is read from.
    struct Golden: Sendable, CustomStringConvertible {
        enum Form: String, Sendable, CaseIterable {
            case syncz = ".syncz.json"
            case xds = ".xds.json"
            case bundle
        }

        var scenario: String
        var form: Form
        var description: String { "\(scenario) \(form)" }

        static func all() throws -> [Golden] {
            try Corpus.scenarios("istiod").flatMap { scenario -> [Golden] in
                let file = try Corpus.folder(scenario)
                    .appendingPathComponent("status/golden-proxy-status.json")
                guard FileManager.default.fileExists(atPath: file.path) else { return [] }
                return Form.allCases.map { Golden(scenario: scenario, form: $0) }
            }
        }
    }

    @Test("There are goldens of at least seven scenarios")
    func goldens() throws {
        #expect(try Golden.all().count >= 21)
    }

    @Test("Each form gives istioctl's states, columns and rows", arguments: try Golden.all())
    func golden(_ golden: Golden) async throws {
        let folder = try Corpus.folder(golden.scenario)
        let status = folder.appendingPathComponent("status")
        let data = try Data(contentsOf: status.appendingPathComponent("golden-proxy-status.json"))
        let expected = try JSONDecoder().decode([[String: String]].self, from: data)
        let table: MeshStatus
        if golden.form == .bundle {
            let archive = folder.appendingPathComponent("bug-report.tar.gz").path
            table = MeshStatus([], bundles: [try await SupportBundle.reading(archive)])
        } else {
            let names = try FileManager.default.contentsOfDirectory(atPath: status.path)
                .filter { $0.hasSuffix(golden.form.rawValue) }.sorted()
            #expect(!names.isEmpty)
            table = MeshStatus(
                try names.map {
                    try SyncStatus(contentsOfFile: status.appendingPathComponent($0).path)
                })
        }
        let connected = table.rows.filter { $0.isConnected == true }
        #expect(connected.map(\.proxy) == expected.map { $0["NAME"] })
        for (row, expected) in zip(connected, expected) {
            #expect(row.cluster == expected["CLUSTER"])
            #expect(row.istiod == expected["ISTIOD"], "\(row.proxy)")
            #expect(row.version == expected["VERSION"])
            for (kind, name) in ProxySyncStatus.typeNames {
                #expect(row.status?[kind].state.rawValue == expected[name], "\(row.proxy) \(name)")
            }
        }
    }

    private func status(_ text: String) throws -> SyncStatus {
        try SyncStatus(bytes: Array(text.utf8), source: "by hand")
    }

    @Test("The old syncz has no resources: an empty _sent is NOT SENT, unequal ones are STALE")
    func oldSyncz() throws {
        let row = try #require(
            try status(
                """
                [{"proxy": "a.default", "cluster_id": "Kubernetes", "istio_version": "1.5.0",
                "cluster_sent": "1", "cluster_acked": "1", "listener_sent": "2",
                "listener_acked": "1", "endpoint_sent": "3"}]
                """
            ).proxies.first)
        #expect(row[.clusters].state == .synced)
        #expect(row[.listeners].state == .stale)
        #expect(row[.endpoints].state == .stale)
        #expect(row[.routes].state == .notSent)
        #expect(row[.ecds].state == .ignored)
        #expect(row.istioVersion == "1.5.0")
    }

    @Test(
        "The syncz with resources: an error is ERROR, an empty sent NOT SENT, an unlisted type IGNORED"
    )
    func newSyncz() throws {
        let type = "type.googleapis.com/envoy.config"
        let row = try #require(
            try status(
                """
                [{"proxy": "a.default", "route_sent": "1", "route_acked": "1", "resources": {
                "\(type).cluster.v3.Cluster": {"sent": "b", "acked": "b", "lastError": "no"},
                "\(type).listener.v3.Listener": {"sent": ""},
                "\(type).endpoint.v3.ClusterLoadAssignment": {"sent": "b", "acked": "a"},
                "type.googleapis.com/unknown.Type": {"sent": "b"}}}]
                """
            ).proxies.first)
        #expect(row[.clusters].state == .error)
        #expect(row[.clusters].lastError == "no")
        #expect(row[.listeners].state == .notSent)
        #expect(row[.endpoints].state == .stale)
        #expect(row[.routes].state == .ignored)
    }

    @Test("The older xDS form has a config of each type", arguments: [true, false])
    func oldXDS(_ isSnake: Bool) throws {
        func key(_ camel: String, _ snake: String) -> String { isSnake ? snake : camel }
        let row = try #require(
            try status(
                """
                {"resources": [{"node": {"id": "sidecar~10.0.0.1~a.default~x", "metadata":
                {"CLUSTER_ID": "Kubernetes", "ISTIO_VERSION": "1.9.0"}},
                "\(key("xdsConfig", "xds_config"))": [
                {"status": "SYNCED", "\(key("clusterConfig", "cluster_config"))": {}},
                {"status": "STALE", "\(key("listenerConfig", "listener_config"))": {}},
                {"status": "NOT_SENT", "\(key("routeConfig", "route_config"))": {}},
                {"status": "ERROR", "\(key("endpointConfig", "endpoint_config"))": {}}]}]}
                """
            ).proxies.first)
        #expect(row.proxy == "a.default")
        #expect(row.cluster == "Kubernetes")
        #expect(row.istioVersion == "1.9.0")
        #expect(row[.clusters].state == .synced)
        #expect(row[.listeners].state == .stale)
        #expect(row[.routes].state == .notSent)
        #expect(row[.endpoints].state == .error)
        #expect(row[.ecds].state == .ignored)
    }

    @Test("A proxy that two Istiods list is with the one that sent last")
    func moved() throws {
        func answer(_ istiod: String, _ time: String, _ acked: String) throws -> SyncStatus {
            try SyncStatus(
                bytes: Array(
                    """
                    [{"proxy": "a.default", "resources": {"type.googleapis.com/envoy.config.cluster.v3.Cluster":
                    {"sent": "b", "acked": "\(acked)", "sentTime": "\(time)"}}}]
                    """.utf8), source: istiod, istiod: istiod)
        }
        let old = try answer("istiod-a", "2026-01-01T00:00:00Z", "a")
        let new = try answer("istiod-b", "2026-01-01T00:01:00Z", "b")
        for statuses in [[old, new], [new, old]] {
            let row = try #require(MeshStatus(statuses).rows.first)
            #expect(row.istiod == "istiod-b")
            #expect(row.isWell)
        }
    }

    @Test("Ages are counted to the capture's own newest time, and the reason stands below its row")
    func table() throws {
        let type = "type.googleapis.com/envoy.config"
        let table = MeshStatus([
            try SyncStatus(
                bytes: Array(
                    """
                    [{"proxy": "a.default", "cluster_id": "K", "istio_version": "1.30.0", "resources": {
                    "\(type).cluster.v3.Cluster": {"sent": "b", "acked": "b", "sentTime": "2026-01-01T00:00:00Z"},
                    "\(type).listener.v3.Listener": {"sent": "b", "acked": "a", "sentTime": "2026-01-01T01:02:05Z",
                    "lastError": "one\\ntwo"},
                    "\(type).route.v3.RouteConfiguration": {"sent": ""}}}]
                    """.utf8), source: "syncz", istiod: "istiod-a")
        ])
        var output = TextBuffer()
        MeshStatusText().write(table, to: &output)
        #expect(
            output.text == """
                NAME          CLUSTER     CDS                 ECDS        EDS         LDS            RDS          ISTIOD       VERSION
                a.default     K           SYNCED (1h2m5s)     IGNORED     IGNORED     ERROR (0s)     NOT SENT     istiod-a     1.30.0
                    LDS: one two

                """)
    }
}

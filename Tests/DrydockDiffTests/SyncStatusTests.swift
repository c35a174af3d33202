import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Testing

/// What an Istiod says of its proxies, in the forms that it has said it in.
@Suite struct SyncStatusTests {
    typealias TypeStatus = ProxySyncStatus.TypeStatus

    private static let prefix = "type.googleapis.com/envoy.config."
    private static let cluster = "\(prefix)cluster.v3.Cluster"
    private static let oldCluster = "type.googleapis.com/envoy.api.v2.Cluster"

    private func status(_ text: String, istiod: String? = nil) throws -> SyncStatus {
        try SyncStatus(bytes: Array(text.utf8), source: "test", istiod: istiod)
    }

    private func proxy(_ members: String) throws -> ProxySyncStatus {
        let status = try status(#"[{"proxy": "a.b", \#(members)}]"#)
        return try #require(status.proxies.first)
    }

    // MARK: - /debug/syncz

    @Test(
        "What was sent and what was acknowledged tell the state",
        arguments: [
            (#""sent": "1", "acked": "1""#, .synced), (#""sent": "2", "acked": "1""#, .stale),
            (#""sent": "2""#, .stale), (#""sent": "", "acked": """#, .notSent), ("", .notSent),
            (#""sent": "", "acked": "1""#, .notSent),
            (#""sent": "1", "acked": "1", "lastError": """#, .synced),
            (#""sent": "1", "acked": "1", "lastError": "no""#, .error),
            (#""sent": "", "lastError": "no""#, .error),
        ] as [(String, ProxySyncStatus.State)])
    func states(_ members: String, _ state: ProxySyncStatus.State) throws {
        let proxy = try proxy(#""resources": {"\#(Self.cluster)": {\#(members)}}"#)
        #expect(proxy[.clusters].state == state)
        #expect(proxy[.clusters].lastError == (state == .error ? "no" : nil))
        // What is not named was never asked for.
        #expect(proxy[.listeners].state == .ignored)
        #expect(proxy.types.count == 1)
    }

    @Test("Nonces, times and errors are kept, keys in errors are not")
    func kept() throws {
        let key = "-----BEGIN PRIVATE KEY-----MIIE-----END PRIVATE KEY-----"
        let proxy = try proxy(
            #"""
            "cluster_id": "c", "istio_version": "1.28", "resources": {"\#(Self.cluster)": {"sent": "2",
            "acked": "1", "sentTime": "2026-11-23T18:15:56Z", "lastError": "bad \#(key)"}}
            """#)
        #expect(proxy.proxy == "a.b")
        #expect(proxy.cluster == "c")
        #expect(proxy.istioVersion == "1.28")
        #expect(
            proxy[.clusters]
                == TypeStatus(
                    state: .error, sentTime: "2026-11-23T18:15:56Z", lastError: "bad [redacted]",
                    sent: "2", acked: "1"))
        let camel = try status(#"[{"proxy": "a.b", "clusterId": "d", "istioVersion": "1.29"}]"#)
        #expect(camel.proxies.first?.cluster == "d")
        #expect(camel.proxies.first?.istioVersion == "1.29")
    }

    @Test("Each type has its kind; what has none is listed")
    func types() throws {
        let names = [
            "cluster.v3.Cluster", "listener.v3.Listener", "route.v3.RouteConfiguration",
            "endpoint.v3.ClusterLoadAssignment", "core.v3.TypedExtensionConfig",
        ]
        let members = names.enumerated().map { place, name in
            #""\#(Self.prefix)\#(name)": {"sent": "\#(place)", "acked": "\#(place)"}"#
        }
        let others =
            #""z/x.Y": {"sent": "1"}, "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret": {"sent": "1"}"#
        let proxy = try proxy(
            #""resources": {\#(members.joined(separator: ", ")), \#(others)}"#)
        let kinds: [ResourceKind] = [.clusters, .listeners, .routes, .endpoints, .ecds]
        #expect(kinds.map { proxy[$0].sent } == ["0", "1", "2", "3", "4"])
        #expect(kinds.map { proxy[$0].acked } == ["0", "1", "2", "3", "4"])
        #expect(proxy.types.count == 5)
        #expect(
            proxy.otherTypes == [
                "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret", "z/x.Y",
            ])
        #expect(ProxySyncStatus.typeNames.map(\.name) == ["CDS", "EDS", "LDS", "RDS", "ECDS"])
    }

    @Test("The old form has a nonce for each type, and extensions only where it names them")
    func oldForm() throws {
        let proxy = try proxy(
            #"""
            "cluster_sent": "1", "cluster_acked": "1", "listener_sent": "2", "listener_acked": "1",
            "route_sent": "", "route_acked": "", "endpoint_acked": "1"
            """#)
        #expect(proxy[.clusters] == TypeStatus(state: .synced, sent: "1", acked: "1"))
        #expect(proxy[.listeners] == TypeStatus(state: .stale, sent: "2", acked: "1"))
        #expect(proxy[.routes] == TypeStatus(state: .notSent, sent: "", acked: ""))
        #expect(proxy[.endpoints] == TypeStatus(state: .notSent, sent: "", acked: "1"))
        #expect(proxy[.ecds].state == .ignored)
        let other = try self.proxy(#""extensionconfig_sent": "", "resources": {}"#)
        #expect(other[.ecds].state == .notSent)
        #expect(other[.clusters].state == .notSent)
    }

    private static let ranked = [
        #""sent": "1", "acked": "1", "lastError": "no""#, #""sent": "2", "acked": "1""#,
        #""sent": """#, #""sent": "1", "acked": "1""#,
    ]

    @Test("Of two states of one type the worse counts, in either order", arguments: 0..<4, 0..<4)
    func worse(_ old: Int, _ new: Int) throws {
        let states: [ProxySyncStatus.State] = [.error, .stale, .notSent, .synced]
        let proxy = try proxy(
            #"""
            "resources": {"\#(Self.oldCluster)": {\#(Self.ranked[old])},
            "\#(Self.cluster)": {\#(Self.ranked[new])}}
            """#)
        #expect(proxy[.clusters].state == states[min(old, new)])
    }

    // MARK: - The xDS debug interface

    private func client(_ members: String) throws -> ProxySyncStatus {
        let status = try status(#"{"resources": [{"node": {"id": "a.b"}, \#(members)}]}"#)
        return try #require(status.proxies.first)
    }

    @Test(
        "The words of a ClientConfig",
        arguments: [
            ("SYNCED", .synced), ("STALE", .stale), ("ERROR", .error), ("NOT_SENT", .notSent),
            ("NOT SENT", .notSent), ("UNKNOWN", .ignored), ("synced", .ignored),
        ] as [(String, ProxySyncStatus.State)])
    func words(_ word: String, _ state: ProxySyncStatus.State) throws {
        let snake = try client(
            #"""
            "generic_xds_configs": [{"type_url": "\#(Self.cluster)", "config_status": "\#(word)",
            "last_updated": "2026-11-23T18:15:56Z"}]
            """#)
        let camel = try client(
            #"""
            "genericXdsConfigs": [{"typeUrl": "\#(Self.cluster)", "configStatus": "\#(word)",
            "lastUpdated": "2026-11-23T18:15:56Z"}]
            """#)
        for proxy in [snake, camel] {
            #expect(
                proxy[.clusters] == TypeStatus(state: state, sentTime: "2026-11-23T18:15:56Z"))
        }
    }

    @Test("A reason makes an error of any state")
    func reason() throws {
        for key in [#""error_state""#, #""errorState""#] {
            let proxy = try client(
                #"""
                "generic_xds_configs": [{"type_url": "\#(Self.cluster)", "config_status": "SYNCED",
                \#(key): {"details": "no"}}, {"type_url": "x/Y"}, {"config_status": "STALE"}]
                """#)
            #expect(proxy[.clusters] == TypeStatus(state: .error, lastError: "no"))
            #expect(proxy.otherTypes == ["x/Y"])
            #expect(proxy.types.count == 1)
        }
        let silent = try client(#""generic_xds_configs": [{"type_url": "\#(Self.cluster)"}]"#)
        #expect(silent[.clusters].state == .ignored)
    }

    @Test("An older ClientConfig has a member for each type")
    func older() throws {
        let snake = try client(
            #"""
            "xds_config": [{"status": "SYNCED", "cluster_config": {}}, {"status": "STALE",
            "listener_config": {}}, {"status": "NOT_SENT", "route_config": {}}, {"endpoint_config": {}}]
            """#)
        let camel = try client(
            #"""
            "xdsConfig": [{"status": "SYNCED", "clusterConfig": {}}, {"status": "STALE",
            "listenerConfig": {}}, {"status": "NOT_SENT", "routeConfig": {}}, {"endpointConfig": {}}]
            """#)
        for proxy in [snake, camel] {
            let kinds: [ResourceKind] = [.clusters, .listeners, .routes, .endpoints]
            #expect(kinds.map { proxy[$0].state } == [.synced, .stale, .notSent, .ignored])
        }
    }

    @Test("The proxy of a node's id, its metadata, and the Istiod that answered")
    func node() throws {
        let status = try status(
            #"""
            {"resources": [{"node": {"id": "sidecar~10.0.0.1~a.b~x", "metadata":
            {"CLUSTER_ID": "c", "ISTIO_VERSION": "1.28"}}}],
            "control_plane": {"identifier": "{\"Component\": \"istiod\", \"ID\": \"istiod-1\"}"}}
            """#, istiod: "other")
        #expect(status.istiod == "istiod-1")
        let proxy = try #require(status["a.b"])
        #expect(proxy.cluster == "c")
        #expect(proxy.istioVersion == "1.28")
        #expect(proxy.istiod == "istiod-1")
        #expect(status["b"] == nil)
        let unnamed = try self.status(
            #"{"resources": [], "controlPlane": {"identifier": "istiod-1"}}"#, istiod: "other")
        #expect(unnamed.istiod == "other")
        #expect(unnamed.proxies.isEmpty)
        let renamed = status.withIstiod("istiod-2")
        #expect(renamed.istiod == "istiod-2")
        #expect(renamed.proxies.map(\.istiod) == ["istiod-2"])
    }

    // MARK: - Captures

    @Test(
        "An Istiod without proxies", arguments: ["[]", "null", "\n null\n", #"{"resources": []}"#])
    func none(_ text: String) throws {
        let status = try status(text, istiod: "i")
        #expect(status.proxies.isEmpty)
        #expect(status.istiod == "i")
        #expect(status.source == "test")
    }

    @Test(
        "One element that is no proxy's refuses the list",
        arguments: [
            (#"[{"proxy": "a.b"}, {}]"#, "element 1 of this sync status"),
            (#"[{"proxy": 1}, {"proxy": "a.b"}]"#, "element 0 of this sync status"),
            (#"[{"proxy": 1, "cluster_sent": ""}]"#, "no element of it is a proxy's status"),
            (#"{"configs": []}"#, "this is a config dump, not a sync status"), ("word", "text"),
            ("nul", "text"), ("null pointer", "text"), ("nullable", "text"), ("", "an empty file"),
        ])
    func refused(_ text: String, _ words: String) {
        let error = #expect(throws: ConfigDumpError.self) { try status(text) }
        #expect(error?.code == .notADump)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(
        "A file is named after its Istiod",
        arguments: [
            ("istiod-1.syncz.json", "istiod-1"), ("istiod-1.syncz", "istiod-1"),
            ("istiod-1.xds.json", "istiod-1"), ("i/debug/syncz", "i"), ("i/other/syncz", nil),
            ("syncz", nil), (".syncz.json", nil), ("istiod-1.json", nil),
            ("istiod-1.v2.syncz.json", nil),
        ])
    func files(_ name: String, _ istiod: String?) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array(#"[{"proxy": "a.b"}]"#.utf8), to: name)
        let status = try SyncStatus(contentsOfFile: path)
        #expect(status.istiod == istiod)
        #expect(status.proxies.map(\.istiod) == [istiod])
        #expect(status.source == path)
    }
}

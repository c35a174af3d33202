import CorpusSupport
import EnvoyConfig
import EnvoyResources
import Testing

/// The resources of a dump as messages of their types.
@Suite struct TypedResourceTests {
    private static let type = "type.googleapis.com/envoy"

    private func dump() throws -> ConfigDump {
        let tls = "\(Self.type).extensions.transport_sockets.tls.v3.UpstreamTlsContext"
        return try ConfigDump(
            bytes: #"""
                {"configs": [{"@type": "\#(Self.type).admin.v3.ClustersConfigDump",
                "static_clusters": [{"cluster": {
                "@type": "\#(Self.type).config.cluster.v3.Cluster", "name": "agent"}}],
                "dynamic_active_clusters": [{"cluster": {
                "@type": "\#(Self.type).config.cluster.v3.Cluster", "name": "a",
                "connect_timeout": "0.250s",
                "circuit_breakers": {"thresholds": [{"priority": "HIGH", "max_retries": 9},
                {"max_connections": 7, "track_remaining": true}]},
                "outlier_detection": {"consecutive_5xx": 3, "interval": "1s"},
                "transport_socket": {"name": "tls", "typed_config": {"@type": "\#(tls)",
                "sni": "a.example", "common_tls_context": {"alpn_protocols": ["h2"],
                "tls_certificate_sds_secret_configs": [{"name": "default"}],
                "combined_validation_context": {
                "validation_context_sds_secret_config": {"name": "ROOTCA"}}}}}}}]},
                {"@type": "\#(Self.type).admin.v3.ListenersConfigDump"}]}
                """#.utf8)
    }

    @Test("A dump's clusters are messages, the active ones first")
    func clusters() throws {
        let dump = try dump()
        #expect(try dump.clusters.map(\.name) == ["a", "agent"])
        #expect(try dump.listeners.isEmpty)
        var names: [String] = []
        try dump.forEach(Envoy.Cluster.self) { cluster, resource in
            #expect(cluster.name == resource.name)
            names.append(cluster.name)
        }
        #expect(names == ["a", "agent"])
    }

    @Test("A resource is not read as a message of another kind")
    func wrongKind() throws {
        let dump = try dump()
        let resource = try #require(dump.resources.first { $0.name == "a" })
        #expect(try dump.message(of: resource, as: Envoy.Cluster.self).name == "a")
        let error = #expect(throws: ConfigDumpError.self) {
            try dump.message(of: resource, as: Envoy.Listener.self)
        }
        #expect(error?.code == .wrongKind)
        #expect(error?.message == "a is a cluster, not a listener")
    }

    @Test("Limits, ejection and TLS are types")
    func fields() throws {
        let cluster = try #require(try dump().cluster(named: "a"))
        let limits = try #require(cluster.circuitBreakers)
        #expect(limits.thresholds.map(\.priority) == ["HIGH", "DEFAULT"])
        #expect(limits.defaultPriority?.maxConnections == 7)
        #expect(limits.defaultPriority?.maxRetries == nil)
        #expect(limits.defaultPriority?.tracksRemaining == true)
        #expect(cluster.outlierDetection?.consecutive5xx == 3)
        #expect(cluster.outlierDetection?.interval == .seconds(1))
        let tls = try #require(cluster.transportSocket?.tlsContext)
        #expect(tls.serverName == "a.example")
        #expect(tls.applicationProtocols == ["h2"])
        #expect(tls.certificateSecrets == ["default"])
        #expect(tls.validationSecret == "ROOTCA")
    }

    @Test("A value is read as a number, a flag, a duration, and as a type of one's own")
    func values() throws {
        let value = try #require(try dump().cluster(named: "a")).value
        #expect(value["connectTimeout"] == "0.250s")
        #expect(value["connectTimeout"]?.durationValue == .milliseconds(250))
        #expect(value["connectTimeout"].map(String.init(describing:)) == "0.250s")
        let threshold = try #require(value["circuitBreakers"]?["thresholds"]?.elements.last)
        #expect(threshold == ["maxConnections": 7, "trackRemaining": true])
        #expect(threshold.description == #"{"maxConnections": 7, "trackRemaining": true}"#)
        #expect(threshold["maxConnections"]?.intValue == 7)
        #expect(threshold["trackRemaining"]?.boolValue == true)
        #expect(threshold["trackRemaining"]?.intValue == nil)

        struct Mine: Decodable, Equatable {
            struct Breakers: Decodable, Equatable { var thresholds: [Threshold] }
            struct Threshold: Decodable, Equatable {
                var priority: Priority?
                var maxConnections: UInt16?
                var trackRemaining: Bool?
            }
            enum Priority: String, Decodable { case high = "HIGH" }
            var name: String
            var connectTimeout: Duration
            var circuitBreakers: Breakers
            var altStatName: String?
        }
        let mine = try value.decode(Mine.self)
        #expect(
            mine
                == Mine(
                    name: "a", connectTimeout: .milliseconds(250),
                    circuitBreakers: .init(thresholds: [
                        .init(priority: .high), .init(maxConnections: 7, trackRemaining: true),
                    ])))
        let error = #expect(throws: DecodingError.self) {
            try value.decode([String: Int].self)
        }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.codingPath.count == 1)
        #expect(throws: DecodingError.self) { try CanonicalValue.list([300]).decode([UInt8].self) }
        #expect(try CanonicalValue.list(["9007199254740993"]).decode([Int].self) == [(1 << 53) + 1])
    }
}

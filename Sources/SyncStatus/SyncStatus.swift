public import ConfigDumpIndex
internal import JSONEvents

/// What one Istiod says of the proxies that are connected to it: its `/debug/syncz`, or the same in
/// the form of its xDS debug interface.
public struct SyncStatus: Sendable, Hashable {
    /// The name of the capture.
    public let source: String
    /// The proxies, in the capture's order.
    public let proxies: [ProxySyncStatus]

    /// Reads a capture.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is no such capture.
    public init(bytes: [UInt8], source: String) throws(ConfigDumpError) {
        self.source = source
        let document = try SyncStatus.tree(of: bytes, source: source)
        if let list = document.list {
            proxies = list.compactMap(ProxySyncStatus.init(syncz:))
        } else if let resources = document["resources"]?.list {
            proxies = resources.compactMap(ProxySyncStatus.init(clientConfig:))
        } else {
            throw ConfigDumpError(
                .notADump, "this is no sync status: a list of proxies or a DiscoveryResponse",
                source: source)
        }
    }

    /// Reads a capture from a file.
    ///
    /// - Throws: `ConfigDumpError`, located, where it cannot be read or is no such capture.
    public init(contentsOfFile path: String) throws(ConfigDumpError) {
        var bytes: [UInt8] = []
        do throws(FileError) {
            let file = try InputFile(path: path)
            try file.forEachChunk(failure: { $0 }) { (chunk: UnsafeRawBufferPointer) throws(FileError) in
                bytes.append(contentsOf: chunk)
            }
        } catch {
            throw ConfigDumpError(error)
        }
        try self.init(bytes: bytes, source: path)
    }

    private static func tree(of bytes: [UInt8], source: String) throws(ConfigDumpError) -> JSONValue {
        do throws(JSONError) {
            var parser = try JSONParser(handler: JSONTreeBuilder(), source: source)
            var failure: JSONError?
            bytes.withUnsafeBytes { bytes in
                do throws(JSONError) { try parser.parse(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
            try parser.finish()
            return parser.handler.result ?? .null
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// What it says of a proxy, `POD.NAMESPACE`.
    public subscript(proxy: String) -> ProxySyncStatus? {
        proxies.first { $0.proxy == proxy }
    }
}

/// How far one proxy has what its Istiod sent it.
public struct ProxySyncStatus: Sendable, Hashable {
    /// The state of one type of resource.
    public enum State: String, Sendable, Hashable {
        /// Acknowledged.
        case synced = "SYNCED"
        /// Sent, and not acknowledged yet.
        case stale = "STALE"
        /// Sent, and refused.
        case error = "ERROR"
        /// Asked for, and nothing sent.
        case notSent = "NOT SENT"
        /// Never asked for.
        case ignored = "IGNORED"
    }

    /// What is known of one type of resource.
    public struct TypeStatus: Sendable, Hashable {
        /// The state.
        public var state: State
        /// When it was sent last, RFC 3339, where the capture says.
        public var sentTime: String?
        /// Why it was refused.
        public var lastError: String?
    }

    /// `POD.NAMESPACE`.
    public let proxy: String
    /// The state of each type of resource; one that is not here was never asked for.
    public let types: [ResourceKind: TypeStatus]

    /// An element of `/debug/syncz`; the old form has no `resources`.
    init?(syncz value: JSONValue) {
        guard let proxy = value["proxy"]?.string else { return nil }
        self.proxy = proxy
        var types: [ResourceKind: TypeStatus] = [:]
        if let resources = value["resources"]?.members, !resources.isEmpty {
            for (url, resource) in resources {
                guard let kind = ResourceKind(typeURL: url) else { continue }
                types[kind] = TypeStatus(
                    sent: resource["sent"]?.string ?? "", acked: resource["acked"]?.string ?? "",
                    sentTime: resource["sentTime"]?.string,
                    lastError: resource["lastError"]?.string)
            }
        } else {
            for (kind, name) in ProxySyncStatus.oldNames {
                guard let sent = value["\(name)_sent"]?.string ?? (kind == .ecds ? nil : "") else {
                    continue
                }
                types[kind] = TypeStatus(
                    sent: sent, acked: value["\(name)_acked"]?.string ?? "", sentTime: nil,
                    lastError: nil)
            }
        }
        self.types = types
    }

    private static let oldNames: [(ResourceKind, String)] = [
        (.clusters, "cluster"), (.listeners, "listener"), (.routes, "route"),
        (.endpoints, "endpoint"), (.ecds, "extensionconfig"),
    ]

    /// An `envoy.service.status.v3.ClientConfig`.
    init?(clientConfig value: JSONValue) {
        guard let proxy = value["node"]?["id"]?.string else { return nil }
        self.proxy = proxy
        var types: [ResourceKind: TypeStatus] = [:]
        for config in value["generic_xds_configs", "genericXdsConfigs"]?.list ?? [] {
            guard let url = config["type_url", "typeUrl"]?.string,
                let kind = ResourceKind(typeURL: url)
            else { continue }
            let failure = config["error_state", "errorState"]?["details"]?.string
            let state = config["config_status", "configStatus"]?.string ?? "UNKNOWN"
            types[kind] = TypeStatus(
                state: failure == nil ? ProxySyncStatus.state(state) : .error,
                sentTime: config["last_updated", "lastUpdated"]?.string, lastError: failure)
        }
        for config in value["xds_config", "xdsConfig"]?.list ?? [] {
            for (key, kind) in ProxySyncStatus.oldConfigs where config[key] != nil {
                let state = config["status"]?.string ?? "UNKNOWN"
                types[kind] = TypeStatus(
                    state: ProxySyncStatus.state(state), sentTime: nil, lastError: nil)
            }
        }
        self.types = types
    }

    private static let oldConfigs: [(String, ResourceKind)] = [
        ("clusterConfig", .clusters), ("cluster_config", .clusters),
        ("listenerConfig", .listeners), ("listener_config", .listeners),
        ("routeConfig", .routes), ("route_config", .routes),
        ("endpointConfig", .endpoints), ("endpoint_config", .endpoints),
    ]

    private static func state(_ text: String) -> State {
        switch text {
        case "SYNCED": .synced
        case "STALE": .stale
        case "ERROR": .error
        case "NOT_SENT", "NOT SENT": .notSent
        default: .ignored
        }
    }
}

extension ProxySyncStatus.TypeStatus {
    fileprivate init(sent: String, acked: String, sentTime: String?, lastError: String?) {
        let isError = lastError.map { !$0.isEmpty } ?? false
        let state: ProxySyncStatus.State =
            isError ? .error : sent.isEmpty ? .notSent : sent == acked ? .synced : .stale
        self.init(state: state, sentTime: sentTime, lastError: isError ? lastError : nil)
    }
}

extension ResourceKind {
    /// By the URL of the type that its section delivers over xDS.
    init?(typeURL: String) {
        switch typeURL.split(separator: ".").last {
        case "Cluster": self = .clusters
        case "Listener": self = .listeners
        case "RouteConfiguration": self = .routes
        case "ClusterLoadAssignment": self = .endpoints
        case "TypedExtensionConfig": self = .ecds
        default: return nil
        }
    }
}

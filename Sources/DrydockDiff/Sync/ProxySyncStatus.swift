public import EnvoyConfig
internal import StrictJSON

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
        /// Not known: the sync status of its Istiod was not captured.
        case unknown = "UNKNOWN"
    }

    /// What is known of one type of resource.
    public struct TypeStatus: Sendable, Hashable {
        /// The state.
        public var state: State
        /// When it was sent last, RFC 3339, where the capture says.
        public var sentTime: String?
        /// Why it was refused, without private keys.
        public var lastError: String?
        /// The nonce of what was sent last, and of what was acknowledged last; only their equality
        /// means something.
        public var sent: String?, acked: String?

        /// A time before which nothing of what is out of step was refused, RFC 3339: that of the last push
        /// that was acknowledged, where the capture says (the old form of syncz:
        /// `"route_acked": "2026-11-23T18:14:43Z/…"`), else that of the last push.
        package var lastAcked: String? {
            let parts = acked?.split(separator: "/") ?? []
            return parts.count > 1 ? String(parts[0]) : sentTime
        }

        /// Makes a status.
        public init(
            state: State, sentTime: String? = nil, lastError: String? = nil, sent: String? = nil,
            acked: String? = nil
        ) {
            self.state = state
            self.sentTime = sentTime
            self.lastError = lastError.map(PrivateKey.redacted)
            self.sent = sent
            self.acked = acked
        }
    }

    /// `POD.NAMESPACE`.
    public let proxy: String
    /// The cluster that the proxy runs in, Kubernetes' one, such as `Kubernetes`.
    public let cluster: String?
    /// The proxy's version of Istio.
    public let istioVersion: String?
    /// The pod of the Istiod that it is connected to.
    public private(set) var istiod: String?
    /// The state of each type of resource; one that is not here was never asked for.
    public let types: [ResourceKind: TypeStatus]
    /// The URLs of all other types, sorted: what is known of them is not shown.
    package private(set) var otherTypes: [String] = []

    /// An element of `/debug/syncz`; the old form has no `resources`.
    init?(syncz value: JSONValue, istiod: String?) {
        guard let proxy = value["proxy"]?.string else { return nil }
        self.proxy = proxy
        self.istiod = istiod
        cluster = value["cluster_id", "clusterId"]?.string
        istioVersion = value["istio_version", "istioVersion"]?.string
        var types: [ResourceKind: TypeStatus] = [:]
        if let resources = value["resources"]?.members, !resources.isEmpty {
            for url in resources.keys.sorted() {
                guard let resource = resources[url] else { continue }
                guard let kind = ProxySyncStatus.kind(ofTypeURL: url) else {
                    otherTypes.append(url)
                    continue
                }
                let status = TypeStatus(
                    sent: resource["sent"]?.string ?? "", acked: resource["acked"]?.string ?? "",
                    sentTime: resource["sentTime"]?.string,
                    lastError: resource["lastError"]?.string)
                types[kind] = status.worse(than: types[kind])
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

    /// The types in the order in which istioctl reports what was refused, with its names for them.
    package static let typeNames: [(kind: ResourceKind, name: String)] = [
        ResourceKind.clusters, .endpoints, .listeners, .routes, .ecds,
    ].map { ($0, $0.discoveryService ?? "") }

    /// The kind that a type URL delivers, of those whose status Istiod tells.
    package static func kind(ofTypeURL url: String) -> ResourceKind? {
        ResourceKind(typeURL: url).flatMap { kind in
            typeNames.contains { $0.kind == kind } ? kind : nil
        }
    }

    /// The status of a type; `ignored` where it was never asked for.
    public subscript(kind: ResourceKind) -> TypeStatus {
        types[kind] ?? TypeStatus(state: .ignored)
    }

    /// The same, connected to this Istiod.
    func connected(to istiod: String) -> ProxySyncStatus {
        var status = self
        status.istiod = istiod
        return status
    }

    private static let oldNames: [(ResourceKind, String)] = [
        (.clusters, "cluster"), (.listeners, "listener"), (.routes, "route"),
        (.endpoints, "endpoint"), (.ecds, "extensionconfig"),
    ]

    /// An `envoy.service.status.v3.ClientConfig`.
    init?(clientConfig value: JSONValue, istiod: String?) {
        guard let id = value["node"]?["id"]?.string else { return nil }
        // Either the proxy's name alone or the node's id as Envoy has it.
        proxy = NodeID(id)?.proxy ?? id
        self.istiod = istiod
        let metadata = value["node"]?["metadata"]
        cluster = metadata?["CLUSTER_ID"]?.string
        istioVersion = metadata?["ISTIO_VERSION"]?.string
        var types: [ResourceKind: TypeStatus] = [:]
        for config in value["generic_xds_configs", "genericXdsConfigs"]?.list ?? [] {
            guard let url = config["type_url", "typeUrl"]?.string else { continue }
            guard let kind = ProxySyncStatus.kind(ofTypeURL: url) else {
                otherTypes.append(url)
                continue
            }
            let failure = config["error_state", "errorState"]?["details"]?.string
            let state = config["config_status", "configStatus"]?.string ?? "UNKNOWN"
            let status = TypeStatus(
                state: failure == nil ? ProxySyncStatus.state(state) : .error,
                sentTime: config["last_updated", "lastUpdated"]?.string, lastError: failure)
            types[kind] = status.worse(than: types[kind])
        }
        for config in value["xds_config", "xdsConfig"]?.list ?? [] {
            for (key, kind) in ProxySyncStatus.oldConfigs where config[key] != nil {
                let state = config["status"]?.string ?? "UNKNOWN"
                types[kind] = TypeStatus(state: ProxySyncStatus.state(state))
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
    /// The worse of two statuses of one kind: a type may be listed under the URLs of two versions.
    fileprivate func worse(than other: Self?) -> Self {
        func rank(_ status: Self) -> Int {
            switch status.state {
            case .error: 0
            case .stale: 1
            case .notSent: 2
            case .unknown: 3
            case .synced: 4
            case .ignored: 5
            }
        }
        guard let other, rank(other) <= rank(self) else { return self }
        return other
    }

    fileprivate init(sent: String, acked: String, sentTime: String?, lastError: String?) {
        let isError = lastError.map { !$0.isEmpty } ?? false
        let state: ProxySyncStatus.State =
            isError ? .error : sent.isEmpty ? .notSent : sent == acked ? .synced : .stale
        self.init(
            state: state, sentTime: sentTime, lastError: isError ? lastError : nil, sent: sent,
            acked: acked)
    }
}

public import DrydockDiff
internal import EnvoyConfig
public import SupportBundles

/// Whether each proxy acknowledged what its Istiod sent it: the sync statuses of all captured Istiods
/// together, and the proxies of a bundle that none of them knows.
public struct MeshStatus: Sendable {
    /// One proxy.
    public struct Row: Sendable, Hashable {
        /// `POD.NAMESPACE`.
        public var proxy: String
        /// The cluster that it runs in.
        public var cluster: String?
        /// The pod of its Istiod.
        public var istiod: String?
        /// Its version of Istio.
        public var version: String?
        /// Whether an Istiod knows it; nil if the sync status of its Istiod is not known.
        public var isConnected: Bool?
        /// Its status according to its Istiod; nil if no Istiod knows it.
        public var status: ProxySyncStatus?
        /// For a proxy that is not connected: which Istiod it connects to, and whether it can.
        public var notes: [String] = []

        /// Whether it is connected and acknowledged everything.
        public var isWell: Bool {
            isConnected == true
                && !(status?.types.values.contains { $0.state == .error || $0.state == .stale }
                    ?? false)
        }

        /// The namespace of the proxy.
        public var namespace: String {
            proxy.firstIndex(of: ".").map { String(proxy[proxy.index(after: $0)...]) } ?? ""
        }
    }

    /// The rows, sorted by name.
    public var rows: [Row]
    /// The Istiods of bundles whose sync status is not known.
    public private(set) var silentIstiods: [String] = []
    /// Whether any Istiod answered.
    private let isAnswered: Bool
    /// The newest time in the captures; ages are counted up to it.
    public var newestTime: CaptureTime?

    /// Merges several sync statuses and of bundles.
    public init(_ statuses: [SyncStatus], bundles: [SupportBundle] = []) {
        let all = statuses + bundles.flatMap { $0.istiods.compactMap(\.syncStatus) }
        let merged = MergedSyncStatus(all)
        isAnswered = !all.isEmpty
        rows = merged.proxies.values.map { status in
            Row(
                proxy: status.proxy, cluster: status.cluster, istiod: status.istiod,
                version: status.istioVersion, isConnected: true, status: status)
        }
        for bundle in bundles {
            for evidence in ProxyEvidence.all(in: bundle, grace: 0)
            where merged.proxies[evidence.name] == nil {
                let node = evidence.capture?.node
                guard evidence.capture?.isZtunnel != true else { continue }
                rows.append(
                    Row(
                        proxy: evidence.name, cluster: node?.cluster,
                        istiod: evidence.report().istiod, version: node?.istioVersion,
                        isConnected: evidence.isConnected,
                        notes: evidence.disconnected().map(\.text)))
            }
            silentIstiods += bundle.istiods.filter { $0.syncStatus == nil && !$0.pod.isEmpty }
                .map(\.pod)
        }
        rows.sort { $0.proxy < $1.proxy }
        let sent = all.flatMap(\.proxies).flatMap(\.types.values)
            .compactMap { $0.sentTime.flatMap { CaptureTime($0) } }
        newestTime = (sent + bundles.compactMap(\.newestTime)).max()
    }

    /// Whether of at least one proxy the status is known, or an Istiod without proxies answered.
    public var hasChecked: Bool {
        isAnswered && (rows.isEmpty || rows.contains { $0.isConnected != nil })
    }

    /// Whether the status of every proxy is known and none is a problem.
    public var isWell: Bool { rows.allSatisfy(\.isWell) && silentIstiods.isEmpty }
}

internal import ConfigDumpIndex
internal import StructuralDiff
public import SupportBundles
public import SyncStatus

/// How far each proxy has what its Istiod sent it: what all captured Istiods say together, and the
/// proxies of a bundle that none of them knows.
public struct ProxyStatusTable: Sendable {
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
        /// Whether an Istiod knows it.
        public var isConnected: Bool
        /// What its Istiod says; nil where none knows it.
        public var status: ProxySyncStatus?
        /// Of a proxy that is not connected: where it looks for Istiod, and whether it can.
        public var notes: [String] = []

        /// Whether nothing is out of step.
        public var isWell: Bool {
            isConnected
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
    /// The newest time in the captures, which ages are counted to.
    public var newestTime: CaptureTime?

    /// Makes the table of several sync statuses and of bundles.
    public init(_ statuses: [SyncStatus], bundles: [SupportBundle] = []) {
        let all = statuses + bundles.flatMap { $0.istiods.compactMap(\.syncStatus) }
        let merged = MergedSyncStatus(all)
        rows = merged.proxies.values.map { status in
            Row(
                proxy: status.proxy, cluster: status.cluster, istiod: status.istiod,
                version: status.istioVersion, isConnected: true, status: status)
        }
        for bundle in bundles {
            for evidence in ProxyEvidence.all(in: bundle, grace: 0)
            where merged.proxies[evidence.name] == nil && evidence.isConnected == false {
                let node = evidence.capture?.node
                guard evidence.capture?.isZtunnel != true else { continue }
                rows.append(
                    Row(
                        proxy: evidence.name, cluster: node?.cluster, version: node?.istioVersion,
                        isConnected: false, notes: evidence.disconnected().map(\.text)))
            }
        }
        rows.sort { $0.proxy < $1.proxy }
        let sent = all.flatMap(\.proxies).flatMap(\.types.values)
            .compactMap { $0.sentTime.flatMap { CaptureTime($0) } }
        newestTime = (sent + bundles.compactMap(\.newestTime)).max()
    }

    /// Whether nothing is out of step.
    public var isWell: Bool { rows.allSatisfy(\.isWell) }
}

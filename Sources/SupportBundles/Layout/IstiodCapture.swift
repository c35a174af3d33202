public import DrydockDiff
public import EnvoyConfig

/// What a bundle holds of one Istiod.
public struct IstiodCapture: Sendable {
    /// The pod.
    public let pod: String
    /// Its namespace.
    public let namespace: String
    /// What it says of the proxies that are connected to it; nil if that was not captured or is
    /// not readable.
    public internal(set) var syncStatus: SyncStatus?
    /// Why its sync status is not readable; nil if it is, or if it was not captured.
    public internal(set) var syncStatusError: ConfigDumpError?
    /// The proxies that are connected to it, `POD.NAMESPACE`, by its `/debug/adsz` and by the dumps
    /// of them that it could give.
    package internal(set) var connections: Set<String> = []
    /// The Istio configuration that it holds.
    package internal(set) var configuration: IstiodConfiguration?
    /// The services that it knows.
    package internal(set) var registry = ServiceRegistry()
    /// The clusters without an endpoint that its `/debug/push_status` lists.
    package internal(set) var clustersWithoutEndpoints: [String] = []
    /// When it last pushed, by its log.
    package internal(set) var lastPush: CaptureTime?
    /// When it answered, by its metrics, or the last time in its log.
    package internal(set) var lastTime: CaptureTime?
    /// What its proxies refused last, by its log: by `POD.NAMESPACE` and type.
    package internal(set) var rejections: [String: [ResourceKind: LoggedRejection]] = [:]
    /// What its dumps of the proxies hold, by `POD.NAMESPACE`. `SupportBundle.istiodDump(of:)` reads
    /// one of them.
    public internal(set) var indexes: [String: DumpIndex] = [:]

    init(pod: String, namespace: String) {
        self.pod = pod
        self.namespace = namespace
    }
}

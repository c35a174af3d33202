internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources

/// What one entry of a bundle says, without its bytes.
enum EntryContent: Sendable {
    case dump(IndexedDump)
    case node(ProxyNode)
    case hostHealth(HostHealth)
    case certificate(CertificateValidity?)
    case proxyLog(ProxyLog)
    case syncStatus(SyncStatus)
    case configuration(IstiodConfiguration)
    case services([ServiceRegistry.Key: ServiceRegistry.Service])
    case endpoints([ServiceRegistry.Key: Set<ServiceRegistry.Endpoint>])
    case clustersWithoutEndpoints([String])
    case istiodLog(IstiodLog)
    case time(CaptureTime?)
    case analysis([AnalyzerMessage])
    case unreadable(ConfigDumpError)
    /// The proxies that an Istiod is connected to.
    case connections([String])
    /// Not what is read here: why not.
    case other(String)
}

/// What an Istiod's log says.
struct IstiodLog: Sendable {
    var lastTime: CaptureTime?
    var lastPush: CaptureTime?
    var rejections: [String: [ResourceKind: LoggedRejection]]
}

/// A dump of a bundle.
struct IndexedDump: Sendable {
    /// The index, without the bytes.
    var dump: ConfigDump
    /// The node of its bootstrap; nil for Istiod's.
    var node: ProxyNode?
    /// Which listeners hold one of the node's addresses; nil if that was not looked for.
    var ownListeners: Set<String>?
    /// The references to clusters that the dump lacks.
    var missingClusters: [ClusterReference] = []
}

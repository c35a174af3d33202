internal import DrydockDiff
internal import SupportBundles

/// What all Istiods say: each knows the proxies that are connected to it alone.
struct MergedSyncStatus {
    /// The proxies by name. One that moved from one Istiod to another may be with both: then the one
    /// that sent last counts.
    private(set) var proxies: [String: ProxySyncStatus] = [:]

    init(_ statuses: [SyncStatus]) {
        for proxy in statuses.flatMap(\.proxies) {
            if let known = proxies[proxy.proxy], known.lastSent > proxy.lastSent { continue }
            proxies[proxy.proxy] = proxy
        }
    }
}

extension ProxySyncStatus {
    /// When something was last sent to it.
    fileprivate var lastSent: CaptureTime {
        types.values.compactMap { $0.sentTime.flatMap { CaptureTime($0) } }.max()
            ?? CaptureTime(seconds: 0)
    }
}

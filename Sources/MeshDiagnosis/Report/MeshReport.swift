internal import DrydockDiff
public import EnvoyConfig
public import Reporting
public import SupportBundles

/// What a bundle says about the whole mesh.
public struct MeshReport: Sendable {
    /// An Istiod.
    public struct Istiod: Sendable, Hashable {
        /// Its pod.
        public var pod: String
        /// Its namespace.
        public var namespace: String
        /// How many proxies it knows; nil if its sync status is not known.
        public var proxyCount: Int?
    }

    /// The bundle, as it was named.
    public var source: String
    /// The root causes, those that affect most proxies first.
    public var causes: [Cause]
    /// What else goes wrong for requests, whatever the sync: what most proxies have first.
    public var findings: [Cause]
    /// The Istiods, sorted by pod.
    public var istiods: [Istiod]
    /// The proxies, sorted by name.
    public var proxies: [ProxyReport]
    /// Notes that concern no single proxy.
    public var notes: [Note]
    /// The entries of the bundle that could not be read.
    public var unreadable: [SupportBundle.UnreadableEntry]
    /// Why the bundle was not read to its end.
    public var interruption: ConfigDumpError?

    /// The entries that were not read, the first few hundred.
    public var passedOver: [SupportBundle.PassedOverEntry]
    /// How many entries were not read.
    public var passedOverCount: Int

    /// The proxies that are judged: all but ztunnels, which are listed and not read.
    package var judged: [ProxyReport] { proxies.filter { !$0.isZtunnel } }

    /// Whether of at least one proxy something was checked.
    public var hasChecked: Bool { judged.contains { $0.verdict != .notChecked } }

    /// Whether of each proxy something was checked, no problem was found, and everything could be
    /// read. What is missing for all proxies, as Istiod's dumps are from a bug report, does not count.
    public var isWell: Bool {
        let verdicts = judged.map(\.verdict)
        return unreadable.isEmpty && interruption == nil
            && !verdicts.contains { $0 == .problem || $0 == .notChecked }
            && !judged.contains(where: \.isIncomplete)
            && !istiods.contains { $0.proxyCount == nil }
            && !notes.contains { $0.kind.isTrouble }
    }

    /// A proxy by its name, `POD.NAMESPACE`, or its pod alone where only one has it.
    public subscript(name: String) -> ProxyReport? {
        if let proxy = proxies.first(where: { $0.name == name || $0.displayName == name }) {
            return proxy
        }
        let found = proxies.filter { $0.name.hasPrefix("\(name).") }
        return found.count == 1 ? found.first : nil
    }
}

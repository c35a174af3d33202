public import ConfigDumpIndex
public import StructuralDiff
public import SupportBundles

/// What a bundle tells of the whole mesh.
public struct MeshReport: Sendable {
    /// An Istiod.
    public struct Istiod: Sendable, Hashable {
        /// Its pod.
        public var pod: String
        /// Its namespace.
        public var namespace: String
        /// How many proxies it knows.
        public var proxyCount: Int
    }

    /// The Istiods, sorted by pod.
    public var istiods: [Istiod]
    /// The proxies, sorted by name.
    public var proxies: [ProxyReport]
    /// What concerns no single proxy.
    public var notes: [Note]
    /// What of the bundle could not be read.
    public var unreadable: [SupportBundle.UnreadableEntry]
    /// Why the bundle was not read to its end.
    public var interruption: ConfigDumpError?

    /// Whether nothing is out of step and everything could be read.
    public var isWell: Bool {
        unreadable.isEmpty && interruption == nil && proxies.allSatisfy(\.isWell)
            && !notes.contains { $0.kind.isTrouble }
    }

    /// A proxy by its name, `POD.NAMESPACE`, or its pod alone where only one has it.
    public subscript(name: String) -> ProxyReport? {
        if let proxy = proxies.first(where: { $0.name == name }) { return proxy }
        let found = proxies.filter { $0.name.hasPrefix("\(name).") }
        return found.count == 1 ? found.first : nil
    }
}

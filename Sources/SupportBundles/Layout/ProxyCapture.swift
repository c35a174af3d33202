public import EnvoyConfig
package import EnvoyResources

/// What a bundle holds of one proxy.
public struct ProxyCapture: Sendable {
    /// The pod.
    public let pod: String
    /// Its namespace.
    public let namespace: String
    /// What its dump holds; nil if absent or it is not readable. `SupportBundle.dump(of:)`
    /// reads the dump.
    public internal(set) var index: DumpIndex?
    /// The entry of its dump, readable or not.
    public internal(set) var dumpEntry: String?
    /// The file of its dump, where the bundle has several dumps of this proxy, which are told apart
    /// by it; nil if it has one.
    public internal(set) var file: String?
    /// Why its dump is not readable.
    public internal(set) var dumpError: ConfigDumpError?
    /// Its node, by its dump or its `/server_info`.
    package internal(set) var node: ProxyNode?
    /// What its log says.
    package internal(set) var log = ProxyLog()
    /// The health of its hosts; nil if its `/clusters` is not in the bundle.
    package internal(set) var hostHealth: HostHealth?
    /// The validity of its own certificate that expires first.
    package internal(set) var certificate: CertificateValidity?
    /// The names of the listeners that hold one of its own addresses; nil if that is not known.
    package internal(set) var ownListeners: Set<String>?
    /// Where it sends requests or connections to a cluster that its dump lacks.
    package internal(set) var missingClusters: [ClusterReference] = []
    /// Whether it is a ztunnel, whose dump has another format.
    public internal(set) var isZtunnel = false

    /// Its dump, indexed, whose resources cannot be read.
    package internal(set) var dump: ConfigDump? {
        get { index?.dump }
        set { index = newValue.map(DumpIndex.init) }
    }

    init(pod: String, namespace: String) {
        self.pod = pod
        self.namespace = namespace
    }

    /// `POD.NAMESPACE`, or the node's id where it is not Istio's.
    public var name: String { namespace.isEmpty ? pod : "\(pod).\(namespace)" }

    /// The name, with the file where there are several dumps of this proxy: `shop-1.demo (monday.json)`.
    public var displayName: String { file.map { "\(name) (\($0))" } ?? name }

    /// Whether a user means it: by its name, its pod, or `NAME@FILE`.
    func isNamed(_ text: String) -> Bool {
        if text == name || text == pod || text == displayName { return true }
        guard let file, let mark = text.lastIndex(of: "@") else { return false }
        let wanted = text[text.index(after: mark)...]
        return [name, pod].contains(String(text[..<mark]))
            && (file == wanted || file.hasSuffix("/\(wanted)"))
    }
}

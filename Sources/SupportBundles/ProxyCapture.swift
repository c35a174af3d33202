public import ConfigDumpIndex

/// What a bundle holds of one proxy.
public struct ProxyCapture: Sendable {
    /// The pod.
    public let pod: String
    /// Its namespace.
    public let namespace: String
    /// Its dump, indexed; nil where there is none or it is not readable.
    public internal(set) var dump: ConfigDump?
    /// The entry of its dump, readable or not.
    public internal(set) var dumpEntry: String?
    /// Why its dump is not readable.
    public internal(set) var dumpError: ConfigDumpError?
    /// Who it is, by its dump or its `/server_info`.
    public internal(set) var node: ProxyNode?
    /// What its log says.
    public internal(set) var log = ProxyLog()
    /// The endpoints of its cluster `xds-grpc`, the way to Istiod; nil where its `/clusters` is not
    /// there.
    public internal(set) var discoveryEndpoints: [String]?
    /// The validity of its own certificate that expires first.
    public internal(set) var certificate: CertificateValidity?
    /// The names of the listeners that hold one of its own addresses; nil where that is not known.
    public internal(set) var ownListeners: Set<String>?
    /// Whether it is a ztunnel, whose dump has another format.
    public internal(set) var isZtunnel = false

    init(pod: String, namespace: String) {
        self.pod = pod
        self.namespace = namespace
    }

    /// `POD.NAMESPACE`.
    public var name: String { namespace.isEmpty ? pod : "\(pod).\(namespace)" }
}

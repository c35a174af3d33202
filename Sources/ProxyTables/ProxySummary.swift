public import EnvoyConfig
public import Reporting

/// What the tables show of one proxy, each list in its table's order.
public struct ProxySummary: Sendable {
    /// The kinds that the capture has, empty sections included.
    public internal(set) var kinds: Set<CapturedKind> = []
    /// The kinds of which the capture has something that no row shows: entries that are not in use
    /// (warming, draining or rejected) or have no body, and members of a section that are not known.
    public internal(set) var unshownKinds: Set<CapturedKind> = []
    /// Which versions the proxy runs.
    public internal(set) var versions = ProxyVersions()
    /// The clusters, the bootstrap's own included; those that are warming are not.
    public internal(set) var clusters: [ClusterSummary] = []
    /// The listeners, the bootstrap's own included; those that are not active are not.
    public internal(set) var listeners: [ListenerSummary] = []
    /// The route configurations.
    public internal(set) var routes: [RouteSummary] = []
    /// The endpoints of a config dump that was captured with `include_eds`.
    public internal(set) var endpoints: [EndpointSummary] = []
    /// The hosts of `/clusters`.
    public internal(set) var hosts: [HostSummary] = []
    /// The secrets, or the certificates of `/certs`.
    public internal(set) var secrets: [SecretSummary] = []
    /// The extensions' configurations that ECDS delivered.
    public internal(set) var extensions: [ExtensionSummary] = []
    /// The scopes of routes.
    public internal(set) var scopedRoutes: [ScopedRouteSummary] = []
    /// The newest time that a config dump names, the greatest `last_updated`, in seconds since 1970:
    /// it was captured then or a little later. Nil if it names none. Where no secrets are asked
    /// for, only what was asked for counts.
    public internal(set) var newestTime: Int?
    /// What is odd about the capture: entries that were passed over, types that are not known.
    public internal(set) var notes: [Note] = []

    /// Where the bootstrap and the entries of `/clusters` stand, in the capture's order.
    var bootstrap: CapturedPlace?
    var clusterStatuses: [CapturedPlace] = []
    var secretPlaces: [CapturedPlace] = []
    /// Whose endpoints stand where in `endpoints`.
    var assignments: [Assignment] = []
    /// The certificates of `/certs` that were taken: path and serial number.
    var certificates: Set<String> = []

    /// The endpoints of one load assignment.
    struct Assignment: Sendable {
        var cluster: String
        var isFixed: Bool
        var endpoints: Range<Int>
    }

    /// When the bootstrap was read, RFC 3339.
    var bootstrapUpdated: String?
}

/// A row that one resource of a capture stands behind.
public protocol ResourceRow: Sendable {
    /// Where the resource stands.
    var place: CapturedPlace { get }
}

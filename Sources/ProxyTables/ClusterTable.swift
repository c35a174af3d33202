public import EnvoyConfig
public import EnvoyResources
public import Reporting
internal import StrictJSON

/// A row of the clusters' table: what a cluster's name and metadata say.
public struct ClusterSummary: ResourceRow, Hashable {
    /// The cluster's name, `direction|port|subset|fqdn` where Istio made it.
    public var name: String
    /// The parts of the name; nil for a name that is not made of such.
    public var parts: ClusterNameParts?
    /// How it finds its endpoints, as Envoy spells it: `EDS`, `STRICT_DNS` ….
    public var type: String
    /// The destination rule that shaped it, `NAME.NAMESPACE`; empty if none did, `<unknown>`
    /// where another object did.
    public var destinationRule: String
    /// Where the cluster stands: active or, from the bootstrap, fixed.
    public var place: CapturedPlace

    init(_ cluster: Cluster, _ place: CapturedPlace) {
        name = cluster.name
        parts = ClusterNameParts(cluster.name)
        type = cluster.value["type"]?.stringValue ?? "STATIC"
        destinationRule = ConfigOwner.text(of: cluster)
        self.place = place
    }

    /// The service's name that the table sorts by and shows: the whole name where it has no parts.
    public var serviceName: String { parts?.serviceName ?? name }
}

extension ClusterNameParts {
    /// The sort key of a cluster: service name, subset, port, direction. A name without parts counts
    /// as the service name.
    static func appendKey(_ name: String, _ parts: ClusterNameParts?, to keys: inout SortKeys) {
        keys.append(parts?.serviceName ?? name)
        keys.append(parts?.subset ?? "")
        keys.append(parts?.port ?? 0)
        keys.append(parts?.direction ?? "")
    }
}

/// The Istio object that a message is made from, as the tables name it.
enum ConfigOwner {
    /// `NAME.NAMESPACE` from `metadata.filterMetadata.istio.config`, such as
    /// `/apis/networking.istio.io/v1/namespaces/default/destination-rule/reviews`.
    static func text(of message: some MetadataCarrying) -> String {
        guard let config = message.istioMetadata?.value["config"] else { return "" }
        let path = config.stringValue ?? ""
        if let object = IstioObject(path: path) { return "\(object.name).\(object.namespace)" }
        // As istioctl: a path of another length names nothing, any other text is unknown.
        return IstioObject.isNamespaced(path) ? "" : "<unknown>"
    }
}

/// Which clusters a view shows: those that meet all criteria that are set.
public struct ClusterFilter: Sendable, Hashable {
    /// What the name must contain.
    public var serviceName: String?
    /// The port part of the name.
    public var port: Int?
    /// What the name must contain.
    public var subset: String?
    /// What the name must contain: `inbound`, `outbound`.
    public var direction: String?

    /// Makes a filter that shows everything.
    public init() {}

    /// Whether a cluster is shown. As in istioctl, names are searched as a whole: `inbound` finds
    /// `inbound-vip`, and a subset is found in a service's name too.
    public func matches(_ cluster: ClusterSummary) -> Bool {
        func isInName(_ text: String?) -> Bool { text.map(cluster.name.containsBytes) ?? true }
        return isInName(serviceName) && isInName(direction) && isInName(subset)
            && isInName(port.map { "|\($0)|" })
    }
}

/// Where the rows of the clusters' table come from, and their order.
enum ClusterTable: TableSource {
    static let kind = CapturedKind.clusters
    static let projection = Projection([.whole("name"), .whole("type"), .istioConfig])

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.clusters.append(ClusterSummary(Cluster(body), entry.place))
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.clusters = summary.clusters.sorted(byKeys: {
            ClusterNameParts.appendKey($0.name, $0.parts, to: &$1)
        })
    }
}

extension TextTable {
    /// The clusters' table. `named` puts `cluster/NAME` before the other columns, as `all` has it.
    public static func clusters(_ clusters: [ClusterSummary], named: Bool = false) -> TextTable {
        let header = [
            "SERVICE FQDN", "PORT", "SUBSET", "DIRECTION", "TYPE", "DESTINATION RULE",
        ]
        return TextTable((named ? ["NAME"] : []) + header) { body in
            for cluster in clusters {
                let name = named ? "cluster/\(cluster.name)" : cluster.name
                var cells = named ? [name] : []
                if let parts = cluster.parts {
                    let subset = parts.subset.isEmpty ? "-" : parts.subset
                    cells += [parts.serviceName, String(parts.port), subset, parts.direction]
                } else {
                    cells += [name, "-", "-", "-"]
                }
                body(cells + [cluster.type, cluster.destinationRule])
            }
        }
    }
}

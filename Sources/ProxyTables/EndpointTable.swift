public import EnvoyConfig
internal import EnvoyResources
public import Reporting
internal import StrictJSON

/// An endpoint of a config dump, as its table shows it.
public struct EndpointSummary: Sendable, Hashable {
    /// Where it is: `IP:PORT`, a Unix socket's path, or `envoy://LISTENER/ENDPOINT`.
    public var address: String
    /// The port; nil if the address has none.
    public var port: Int?
    /// Its health: `HEALTHY`, `UNHEALTHY`, `DRAINING`, `TIMEOUT`, `DEGRADED`, or `UNKNOWN` where
    /// nothing else is known.
    public var status: String
    /// Where it is: `REGION/ZONE/SUBZONE`, without unknown parts at the end.
    public var locality: String
    /// The cluster's name.
    public var cluster: String
    /// Where the load assignment stands.
    public var place: CapturedPlace

    static func summaries(_ assignment: LoadAssignment, _ place: CapturedPlace) -> [EndpointSummary]
    {
        assignment.localities.flatMap { locality in
            let text = locality.locality.text
            return locality.endpoints.map { endpoint in
                EndpointSummary(endpoint, cluster: assignment.clusterName, locality: text, place)
            }
        }
    }

    init(_ endpoint: Endpoint, cluster: String, locality: String, _ place: CapturedPlace) {
        address = endpoint.address?.tableText ?? "unknown"
        port = endpoint.address?.port
        status = endpoint.healthStatus
        self.locality = locality
        self.cluster = cluster
        self.place = place
    }
}

/// A host of `/clusters`, as its table shows it.
public struct HostSummary: Sendable, Hashable {
    /// Where it is: an IP address or host name, `unix://PATH`, or `envoy://LISTENER/ENDPOINT`.
    public var address: String
    /// The port, 0 if the address has none.
    public var port: Int
    /// The health according to the control plane: `HEALTHY`, `UNHEALTHY` ….
    public var status: String
    /// Whether outlier detection has ejected it.
    public var isEjected: Bool
    /// Whether Envoy's own health checks, or an answer that said so, keep requests off it.
    public var isFailing: Bool
    /// 0 is the highest; others are used when it fails.
    public var priority: Int
    /// Where it is: `REGION/ZONE/SUBZONE`, without unknown parts at the end.
    public var locality: String
    /// The cluster's name.
    public var cluster: String
    /// Where the cluster's entry stands.
    public var place: CapturedPlace

    init(_ host: HostStatus, cluster: String, _ place: CapturedPlace) {
        port = host.address?.port ?? 0
        address = host.address?.hostText ?? "unknown"
        status = host.controlPlaneHealth
        isEjected = host.isEjected
        isFailing = host.isFailing
        priority = host.priority
        locality = host.locality.text
        self.cluster = cluster
        self.place = place
    }

    /// The sort key of a host: address, port, cluster.
    func appendKey(to keys: inout SortKeys) {
        keys.append(address)
        keys.append(port)
        keys.append(cluster)
    }
}

/// Which endpoints a view shows: those that meet all criteria that are set. Texts are compared
/// without regard to case.
public struct EndpointFilter: Sendable, Hashable {
    /// The address as the table shows it: `IP:PORT` for the endpoints of a config dump, `IP` for the
    /// hosts of `/clusters`.
    public var address: String?
    /// The port.
    public var port: Int?
    /// The cluster's name.
    public var cluster: String?
    /// The health.
    public var status: String?

    /// Makes a filter that shows everything.
    public init() {}

    /// Whether an endpoint of a config dump is shown.
    public func matches(_ endpoint: EndpointSummary) -> Bool {
        matches(
            address: endpoint.address, port: endpoint.port, cluster: endpoint.cluster,
            status: endpoint.status)
    }

    /// Whether a host of `/clusters` is shown.
    public func matches(_ host: HostSummary) -> Bool {
        matches(address: host.address, port: host.port, cluster: host.cluster, status: host.status)
    }

    /// Whether an endpoint of a load assignment is shown.
    func matches(_ endpoint: Endpoint, cluster: String) -> Bool {
        matches(
            address: endpoint.address?.tableText ?? "unknown", port: endpoint.address?.port,
            cluster: cluster, status: endpoint.healthStatus)
    }

    private func matches(address: String, port: Int?, cluster: String, status: String) -> Bool {
        if let expected = self.address, !expected.equalsIgnoringCase(address) { return false }
        if let expected = self.port, expected != port ?? 0 { return false }
        if let expected = self.cluster, !expected.equalsIgnoringCase(cluster) { return false }
        return self.status.map(status.equalsIgnoringCase) ?? true
    }
}

/// Where the rows of the endpoints' table come from, and their order.
enum EndpointTable: TableSource {
    static let kind = CapturedKind.endpoints
    static let projection = Projection([
        .whole("cluster_name"),
        .part(
            "endpoints",
            [
                .whole("locality"),
                .part(
                    "lb_endpoints",
                    [.part("endpoint", [.whole("address")]), .whole("health_status")]),
            ]),
    ])

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        let assignment = LoadAssignment(body)
        let start = summary.endpoints.count
        summary.endpoints += EndpointSummary.summaries(assignment, entry.place)
        summary.assignments.append(
            ProxySummary.Assignment(
                cluster: assignment.clusterName, isFixed: entry.place.state == .fixed,
                endpoints: start..<summary.endpoints.count))
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.endpoints = sorted(summary)
    }

    /// The endpoints in the order of the clusters' table, those of one load assignment as in the
    /// dump. Of two load assignments of one name the active one comes first.
    private static func sorted(_ summary: ProxySummary) -> [EndpointSummary] {
        var keys = SortKeys()
        for assignment in summary.assignments {
            ClusterNameParts.appendKey(
                assignment.cluster, ClusterNameParts(assignment.cluster), to: &keys)
            keys.append(assignment.isFixed ? 1 : 0)
            keys.endRow()
        }
        var sorted: [EndpointSummary] = []
        sorted.reserveCapacity(summary.endpoints.count)
        for place in keys.order() {
            sorted += summary.endpoints[summary.assignments[place].endpoints]
        }
        return sorted
    }
}

/// Where the rows of the table of Envoy's `/clusters` come from, and their order.
enum HostTable: TableSource {
    static let kind = CapturedKind.clusterStatus
    static let projection = Projection.clusterHosts

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.clusterStatuses.append(entry.place)
        let name = body.text("name") ?? ""
        for host in body["hostStatuses"]?.elements ?? [] {
            summary.hosts.append(HostSummary(HostStatus(host), cluster: name, entry.place))
        }
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.hosts = summary.hosts.sorted(byKeys: { $0.appendKey(to: &$1) })
    }
}

extension TextTable {
    /// The table of a config dump's endpoints.
    public static func endpoints(
        _ endpoints: [EndpointSummary], named: Bool = false
    ) -> TextTable {
        TextTable(["NAME", "STATUS", "LOCALITY", "CLUSTER"]) { body in
            for endpoint in endpoints {
                let name = named ? "endpoint/\(endpoint.address)" : endpoint.address
                body([name, endpoint.status, endpoint.locality, endpoint.cluster])
            }
        }
    }

    /// The table of the hosts of `/clusters`.
    public static func hosts(_ hosts: [HostSummary]) -> TextTable {
        TextTable(["ENDPOINT", "STATUS", "OUTLIER CHECK", "CLUSTER"]) { body in
            for host in hosts {
                let address = host.port == 0 ? host.address : "\(host.address):\(host.port)"
                body([address, host.status, host.isEjected ? "FAILED" : "OK", host.cluster])
            }
        }
    }
}

public import EnvoyConfig
public import ProxyTables
internal import EnvoyResources

/// The endpoints that an Envoy has at a moment, with their health: its `/clusters` page, which has
/// what a config dump lacks: outlier detection, health checks, resolved names.
public struct LiveHosts: Sendable {
    private let hosts: [String: [RequestTrace.Endpoint]]

    /// Takes the hosts of a capture's summary.
    public init(_ hosts: [HostSummary]) {
        var found: [String: [RequestTrace.Endpoint]] = [:]
        for host in hosts {
            let isFailing = host.isEjected || host.isFailing
            found[host.cluster, default: []].append(
                RequestTrace.Endpoint(
                    address: LiveHosts.place(of: host),
                    health: isFailing && host.status != "DRAINING" ? "UNHEALTHY" : host.status,
                    priority: host.priority, locality: host.locality))
        }
        self.hosts = found
    }

    /// Reads `/clusters` in either of its forms.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is not a `/clusters` page or cannot be read.
    /// - Complexity: one pass; memory for the hosts alone.
    public init(_ capture: AdminCapture) throws(ConfigDumpError) {
        let summary = try capture.summary(of: [.clusterStatus])
        self.init(summary.hosts)
    }

    /// The endpoints of a cluster; none where it is not known.
    func endpoints(of cluster: String) -> [RequestTrace.Endpoint] { hosts[cluster] ?? [] }

    private static func place(of host: HostSummary) -> String {
        // A dump names a socket by its path alone.
        if host.address.hasPrefix(Address.pipeScheme) {
            return String(host.address.dropFirst(Address.pipeScheme.count))
        }
        if host.address.contains("://") { return host.address }
        return Address.socketText(host: host.address, port: host.port)
    }
}

public import EnvoyConfig
internal import EnvoyResources

/// The endpoints that an Envoy has at a moment, with their health: its `/clusters` page, which has
/// what a config dump lacks: outlier detection, health checks, resolved names.
public struct LiveHosts: Sendable {
    private var hosts: [String: [RequestTrace.Endpoint]] = [:]

    /// Reads `/clusters` in either of its forms.
    ///
    /// - Throws: `ConfigDumpError`, located, if it is not a `/clusters` page or cannot be read.
    /// - Complexity: one pass; memory for the hosts alone.
    public init(_ capture: AdminCapture) throws(ConfigDumpError) {
        var found: [String: [RequestTrace.Endpoint]] = [:]
        let sink = PageSink(.clusterStatus, .clusterHosts) { status in
            let hosts = status["hostStatuses"]?.elements.map(HostStatus.init) ?? []
            found[status.text("name") ?? "", default: []] += hosts.map(LiveHosts.endpoint)
        }
        let outcome = try capture.read(into: sink)
        guard sink.kinds.contains(.clusterStatus) else {
            throw outcome.lacking([.clusterStatus], of: sink.kinds, source: capture.source)
        }
        hosts = found
    }

    /// The endpoints of a cluster; none if it is not known.
    func endpoints(of cluster: String) -> [RequestTrace.Endpoint] { hosts[cluster] ?? [] }

    private static func endpoint(_ host: HostStatus) -> RequestTrace.Endpoint {
        let isFailing = host.isEjected || host.isFailing
        let health = host.controlPlaneHealth
        return RequestTrace.Endpoint(
            address: host.address?.text ?? "unknown",
            health: isFailing && health != "DRAINING" ? "UNHEALTHY" : health,
            priority: host.priority, locality: host.locality.text)
    }
}

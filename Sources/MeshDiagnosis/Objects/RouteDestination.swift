internal import Reporting
internal import EnvoyResources
internal import StrictJSON

/// Where an object that routes sends requests: a destination of a VirtualService, or a backend of a
/// route of the Gateway API.
struct RouteDestination {
    let host: HostName
    /// The subset of a VirtualService's destination.
    let subset: String?
    /// The port; nil where the service has one.
    let port: Int?

    /// Whether Istio makes this cluster for it.
    func isCluster(_ cluster: ClusterNameParts) -> Bool {
        host.covers(cluster.serviceName) && (subset ?? "") == cluster.subset
            && (port.map { $0 == cluster.port } ?? true)
    }
}

extension ConfiguredObject {
    /// Whether it routes.
    var isRoute: Bool {
        ["VirtualService", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute"].contains(
            reference.kind)
    }

    /// Its destinations; none for an object of another kind.
    var destinations: [RouteDestination] {
        guard isRoute else { return [] }
        if reference.kind == "VirtualService" {
            let routes = ["http", "tcp", "tls"].flatMap { spec[$0]?.list ?? [] }
            return routes.flatMap { $0["route"]?.list ?? [] }.compactMap { route in
                let destination = route["destination"]
                return destination?["host"]?.string.map { host in
                    RouteDestination(
                        host: HostName(host, in: reference.namespace),
                        subset: destination?["subset"]?.string,
                        port: destination?["port"]?["number"]?.integer)
                }
            }
        }
        let rules = spec["rules"]?.list ?? []
        return rules.flatMap { $0["backendRefs"]?.list ?? [] }.compactMap { backend in
            backend["name"]?.string.map { name in
                RouteDestination(
                    host: HostName(
                        name, in: backend["namespace"]?.string ?? reference.namespace),
                    subset: nil, port: backend["port"]?.integer)
            }
        }
    }
}

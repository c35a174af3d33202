internal import Reporting
internal import EnvoyResources
internal import StrictJSON

/// What Istio makes a cluster for: a destination of a VirtualService, a backend of a route of the Gateway
/// API, a subset of a DestinationRule.
struct RouteDestination {
    let host: HostName
    /// The subset of a VirtualService's destination.
    let subset: String?
    /// The port; nil if the service has one.
    let port: Int?

    /// Whether Istio makes this cluster for it.
    func isCluster(_ cluster: ClusterNameParts) -> Bool {
        host.covers(cluster.serviceName) && (subset ?? "") == cluster.subset
            && (port.map { $0 == cluster.port } ?? true)
    }
}

extension ConfiguredObject {
    /// Its destinations, and the subsets of a DestinationRule; none for an object of another kind.
    var destinations: [RouteDestination] {
        switch reference.kind {
        case "VirtualService": virtualServiceDestinations
        case "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute": backends
        case "DestinationRule": subsets
        default: []
        }
    }

    private var virtualServiceDestinations: [RouteDestination] {
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

    private var backends: [RouteDestination] {
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

    private var subsets: [RouteDestination] {
        guard let host = spec["host"]?.string else { return [] }
        return (spec["subsets"]?.list ?? []).compactMap { $0["name"]?.string }.map { name in
            RouteDestination(
                host: HostName(host, in: reference.namespace), subset: name, port: nil)
        }
    }
}

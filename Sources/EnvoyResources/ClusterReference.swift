package import EnvoyConfig

/// A place that sends requests or connections to a cluster by its name.
///
/// What a request's header or a plugin names is not known before there is a request, and a share of
/// zero sends nothing: neither is a reference.
package struct ClusterReference: Sendable, Hashable {
    /// The cluster's name.
    package var cluster: String
    /// What holds the reference: a route configuration, or a listener.
    package var kind: ResourceKind
    /// Its name.
    package var holder: String
    /// The virtual host of the route; nil for a TCP proxy.
    package var virtualHost: String?
    /// The route; nil if it has no name.
    package var route: String?
    /// The object that Istio made the route of, by its metadata: a hint, since a patch may have
    /// changed the route.
    package var object: IstioObject?
}

extension ClusterReference {
    /// What is read of a resource to find its references; nil for a kind that has none.
    package static func projection(of kind: ResourceKind) -> Projection? {
        switch kind {
        case .routes: Projection(routeFields)
        case .listeners:
            Projection([
                .part("filter_chains", chainFields), .part("default_filter_chain", chainFields),
            ])
        default: nil
        }
    }

    /// The references of a listener or a route configuration, in its order.
    ///
    /// `isWanted` is asked for each cluster before anything else is read of its route: a dump has a
    /// reference for each of its services, and mostly a few are asked for.
    package static func all(
        in value: CanonicalValue, _ kind: ResourceKind, named name: String,
        where isWanted: (String) -> Bool = { _ in true }
    ) -> [ClusterReference] {
        switch kind {
        case .routes:
            return routes(RouteConfiguration(value), kind, name, isWanted)
        case .listeners:
            return Listener(value).allFilterChains.flatMap { chain in
                let proxied = chain.tcpProxy?.clusters.filter(isWanted) ?? []
                let inline = chain.httpConnectionManager?.routeConfiguration
                return proxied.map { ClusterReference(cluster: $0, kind: kind, holder: name) }
                    + (inline.map { routes($0, kind, name, isWanted) } ?? [])
            }
        default:
            return []
        }
    }

    private static func routes(
        _ configuration: RouteConfiguration, _ kind: ResourceKind, _ name: String,
        _ isWanted: (String) -> Bool
    ) -> [ClusterReference] {
        var references: [ClusterReference] = []
        for host in configuration.virtualHosts {
            for route in host.routes {
                guard case .forward(let action) = route.action else { continue }
                for cluster in action.clusters where isWanted(cluster) {
                    references.append(
                        ClusterReference(
                            cluster: cluster, kind: kind, holder: name, virtualHost: host.name,
                            route: route.name.isEmpty ? nil : route.name,
                            object: route.istioMetadata?.object))
                }
            }
        }
        return references
    }

    private static let sharing: [Projection.Field] = [
        .whole("cluster"),
        .part("weighted_clusters", [.part("clusters", [.whole("name"), .whole("weight")])]),
    ]

    private static let routeFields: [Projection.Field] = [
        .part(
            "virtual_hosts",
            [
                .whole("name"),
                .part(
                    "routes",
                    [
                        .whole("name"), .part("route", sharing),
                        .part(
                            "metadata",
                            [.part("filter_metadata", [.part("istio", [.whole("config")])])]),
                    ]),
            ])
    ]

    private static let chainFields: [Projection.Field] = [
        .part(
            "filters",
            [
                .whole("name"),
                .part("typed_config", sharing + [.part("route_config", routeFields)]),
            ])
    ]
}

extension RouteAction {
    /// The clusters that may get requests: the one, or those with a share.
    var clusters: [String] { ClusterShares.names(cluster, weightedClusters) }
}

extension TCPProxy {
    /// The clusters that may get connections: the one, or those with a share.
    var clusters: [String] { ClusterShares.names(cluster, weightedClusters) }
}

private enum ClusterShares {
    static func names(_ cluster: String?, _ weighted: [WeightedCluster]) -> [String] {
        if weighted.isEmpty { return cluster.map { $0.isEmpty ? [] : [$0] } ?? [] }
        return weighted.filter { $0.weight > 0 && !$0.name.isEmpty }.map(\.name)
    }
}

internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// What the page's browser shows of a resource, and where it leads, beside its text.
enum PageItem {
    static func members(
        of value: CanonicalValue, _ kind: ResourceKind
    ) -> [(String, ReportValue)] {
        switch kind {
        case .clusters: cluster(Cluster(value))
        case .listeners: listener(Listener(value))
        case .routes: [("v", virtualHosts(RouteConfiguration(value)))]
        case .endpoints: [("e", endpoints(LoadAssignment(value)))]
        default: []
        }
    }

    private static func cluster(_ cluster: Cluster) -> [(String, ReportValue)] {
        var members: [(String, ReportValue)] = []
        let type = cluster.discoveryType?.rawValue ?? cluster.customTypeName ?? ""
        members.append(("y", .string(type)))
        if cluster.loadAssignmentName != cluster.name {
            members.append(("a", .string(cluster.loadAssignmentName)))
        }
        if let assignment = cluster.loadAssignment, !assignment.endpoints.isEmpty {
            members.append(("e", endpoints(assignment)))
        }
        if let object = cluster.istioMetadata?.object {
            members.append(("o", .string(object.description)))
        }
        let services = cluster.istioMetadata?.value["services"]?.elements ?? []
        let hosts = services.compactMap { $0.text("host") }
        if !hosts.isEmpty { members.append(("h", .strings(hosts))) }
        return members
    }

    private static func listener(_ listener: Listener) -> [(String, ReportValue)] {
        var members: [(String, ReportValue)] = [("a", ReportValue(listener.address?.text))]
        var routes: [String] = []
        for chain in listener.allFilterChains {
            guard let manager = chain.httpConnectionManager else { continue }
            if let name = manager.routeConfigurationName, !routes.contains(name) {
                routes.append(name)
            }
        }
        if !routes.isEmpty { members.append(("r", .strings(routes))) }
        var seen: Set<String> = []
        let clusters = ClusterReference.all(in: listener.value, .listeners, named: listener.name)
            .map(\.cluster).filter { seen.insert($0).inserted }
        if !clusters.isEmpty { members.append(("c", .strings(clusters))) }
        return members
    }

    /// `[[name, [domain …], [[match, [cluster …], object] …]] …]`
    private static func virtualHosts(_ configuration: RouteConfiguration) -> ReportValue {
        .list(
            configuration.virtualHosts.map { host in
                let routes = host.routes.map { route -> ReportValue in
                    var clusters: [String] = []
                    if case .forward(let action) = route.action {
                        clusters =
                            action.cluster.map { [$0] } ?? action.weightedClusters.map(\.name)
                    }
                    let object = route.istioMetadata?.object?.description ?? ""
                    return .list([
                        .string(text(route)), .strings(clusters), .string(object),
                    ])
                }
                return .list([.string(host.name), .strings(host.domains), .list(routes)])
            })
    }

    private static func text(_ route: Route) -> String {
        let path =
            switch route.match.path {
            case .prefix(let text): "prefix \(text)"
            case .exact(let text): "path \(text)"
            case .regex(let text): "regex \(text)"
            case .pathSeparatedPrefix(let text): "path prefix \(text)"
            case .template(let text): "template \(text)"
            case .connect: "CONNECT"
            case nil: "any path"
            }
        let conditions = route.match.headers.count + route.match.queryParameters.count
        let more =
            conditions > 0
            ? ", \(conditions) more \(conditions == 1 ? "condition" : "conditions")" : ""
        return route.name.isEmpty ? path + more : "\(route.name): \(path)\(more)"
    }

    /// `[[address, health] …]`
    private static func endpoints(_ assignment: LoadAssignment) -> ReportValue {
        .list(
            assignment.endpoints.map { endpoint in
                .list([
                    .string(endpoint.address?.text ?? endpoint.hostname ?? "?"),
                    .string(endpoint.healthStatus),
                ])
            })
    }
}

/// What a section of a config dump holds.
///
/// All that is known of a kind stands in one row, `ResourceKind.Facts`; the lists of its section stand
/// in `CaptureList`.
public enum ResourceKind: String, Sendable, Hashable, CaseIterable {
    /// `envoy.admin.v3.ClustersConfigDump`: `envoy.config.cluster.v3.Cluster`.
    case clusters
    /// `envoy.admin.v3.ListenersConfigDump`: `envoy.config.listener.v3.Listener`.
    case listeners
    /// `envoy.admin.v3.RoutesConfigDump`: `envoy.config.route.v3.RouteConfiguration`.
    case routes
    /// `envoy.admin.v3.EndpointsConfigDump`: `envoy.config.endpoint.v3.ClusterLoadAssignment`.
    case endpoints
    /// `envoy.admin.v3.EcdsConfigDump`: `envoy.config.core.v3.TypedExtensionConfig`.
    case ecds
    /// `envoy.admin.v3.SecretsConfigDump`: `envoy.extensions.transport_sockets.tls.v3.Secret`.
    case secrets
    /// `envoy.admin.v3.ScopedRoutesConfigDump`: scoped route configurations.
    case scopedRoutes
    /// `envoy.admin.v3.BootstrapConfigDump`: `envoy.config.bootstrap.v3.Bootstrap`.
    case bootstrap
}

extension ResourceKind {
    /// What is known of a kind.
    package struct Facts: Sendable {
        /// The message of its section.
        var section: String
        /// The message of a resource, and what Envoy up to 1.20 called it.
        var type: String, oldType: String
        /// The name that Istio and Envoy give its discovery service; empty for what has none.
        var shortName: String
        /// The heading of a comparison, what one resource is called, and the short noun of a count.
        var title: String, singular: String, noun: String
        /// Where a resource stands in its entry of the canonical document.
        package var path: [String]
        /// The list of the canonical document.
        package var list: String
    }

    /// The row of this kind.
    package var facts: Facts {
        switch self {
        case .clusters:
            Facts(
                section: "ClustersConfigDump", type: "envoy.config.cluster.v3.Cluster",
                oldType: "envoy.api.v2.Cluster", shortName: "CDS", title: "Clusters",
                singular: "cluster", noun: "cluster", path: ["cluster"],
                list: "dynamicActiveClusters")
        case .listeners:
            Facts(
                section: "ListenersConfigDump", type: "envoy.config.listener.v3.Listener",
                oldType: "envoy.api.v2.Listener", shortName: "LDS", title: "Listeners",
                singular: "listener", noun: "listener", path: ["activeState", "listener"],
                list: "dynamicListeners")
        case .routes:
            Facts(
                section: "RoutesConfigDump", type: "envoy.config.route.v3.RouteConfiguration",
                oldType: "envoy.api.v2.RouteConfiguration", shortName: "RDS", title: "Routes",
                singular: "route configuration", noun: "route", path: ["routeConfig"],
                list: "dynamicRouteConfigs")
        case .endpoints:
            Facts(
                section: "EndpointsConfigDump",
                type: "envoy.config.endpoint.v3.ClusterLoadAssignment",
                oldType: "envoy.api.v2.ClusterLoadAssignment", shortName: "EDS",
                title: "Endpoints", singular: "load assignment", noun: "endpoint",
                path: ["endpointConfig"],
                list: "dynamicEndpointConfigs")
        case .ecds:
            Facts(
                section: "EcdsConfigDump", type: "envoy.config.core.v3.TypedExtensionConfig",
                oldType: "envoy.config.core.v3.TypedExtensionConfig", shortName: "ECDS",
                title: "ECDS", singular: "extension", noun: "extension", path: ["ecdsFilter"],
                list: "ecdsFilters")
        case .secrets:
            Facts(
                section: "SecretsConfigDump",
                type: "envoy.extensions.transport_sockets.tls.v3.Secret",
                oldType: "envoy.api.v2.auth.Secret", shortName: "SDS", title: "Secrets",
                singular: "secret", noun: "secret", path: ["secret"], list: "dynamicActiveSecrets")
        case .scopedRoutes:
            Facts(
                section: "ScopedRoutesConfigDump",
                type: "envoy.config.route.v3.ScopedRouteConfiguration",
                oldType: "envoy.api.v2.ScopedRouteConfiguration", shortName: "SRDS",
                title: "Scoped Routes", singular: "scoped route", noun: "scoped route",
                path: ["scopedRouteConfigs"], list: "dynamicScopedRouteConfigs")
        case .bootstrap:
            Facts(
                section: "BootstrapConfigDump", type: "envoy.config.bootstrap.v3.Bootstrap",
                oldType: "envoy.config.bootstrap.v2.Bootstrap", shortName: "", title: "Bootstrap",
                singular: "bootstrap", noun: "bootstrap", path: ["bootstrap"], list: "bootstrap")
        }
    }

    /// The name of its section's message, such as `ClustersConfigDump`.
    public var sectionName: String { facts.section }
    /// The heading of its comparison, such as `Clusters`.
    public var title: String { facts.title }
    /// What one of its resources is called, such as `cluster`.
    public var singular: String { facts.singular }
    /// Some of its resources in a text: `1 cluster`, `3 routes`.
    package func count(_ count: Int) -> String {
        "\(count) \(facts.noun)\(count == 1 ? "" : "s")"
    }
    /// The name of its discovery service, such as `CDS`; nil for what is not delivered over xDS.
    public var discoveryService: String? { facts.shortName.isEmpty ? nil : facts.shortName }

    /// The kind whose resources are of a type, such as
    /// `type.googleapis.com/envoy.config.cluster.v3.Cluster`; nil for another type.
    public init?(typeURL: String) {
        let name = typeURL.split(separator: "/").last.map(String.init) ?? typeURL
        guard
            let kind = ResourceKind.allCases.first(where: {
                $0.facts.type == name || $0.facts.oldType == name
            })
        else { return nil }
        self = kind
    }

    init?(sectionName: String) {
        guard let kind = ResourceKind.allCases.first(where: { $0.sectionName == sectionName })
        else { return nil }
        self = kind
    }
}

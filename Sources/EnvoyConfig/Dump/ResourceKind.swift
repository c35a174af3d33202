/// What a section of a config dump holds.
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

    /// The name of its section's message, such as `ClustersConfigDump`.
    public var sectionName: String {
        switch self {
        case .clusters: "ClustersConfigDump"
        case .listeners: "ListenersConfigDump"
        case .routes: "RoutesConfigDump"
        case .endpoints: "EndpointsConfigDump"
        case .ecds: "EcdsConfigDump"
        case .secrets: "SecretsConfigDump"
        case .scopedRoutes: "ScopedRoutesConfigDump"
        case .bootstrap: "BootstrapConfigDump"
        }
    }

    init?(sectionName: String) {
        guard let kind = ResourceKind.allCases.first(where: { $0.sectionName == sectionName })
        else { return nil }
        self = kind
    }
}

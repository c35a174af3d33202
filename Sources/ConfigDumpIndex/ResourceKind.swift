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
    /// `envoy.admin.v3.ScopedRoutesConfigDump`.
    case scopedRoutes
    /// `envoy.admin.v3.BootstrapConfigDump`.
    case bootstrap
}

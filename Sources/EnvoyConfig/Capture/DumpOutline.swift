/// The shape of a dump around its resources: what each key means where it stands.
///
///     {"configs": [                                            root
///       {"@type": "…ClustersConfigDump",                       section
///        "dynamic_active_clusters": [                          list of entries
///          {"version_info": "…", "last_updated": "…",          entry
///           "cluster": {…},                                    body
///           "error_state": {"failed_configuration": {…}}}]},   state, with a body of its own
///       {"@type": "…ListenersConfigDump",
///        "dynamic_listeners": [
///          {"name": "…", "active_state": {"listener": {…}}}]}  entry, state, body
///     ]}
enum DumpOutline {
    /// What stands in a section under a key.
    static func entries(_ key: OutlineKey) -> (kind: ResourceKind, state: ResourceState)? {
        switch key {
        case .staticClusters: (.clusters, .fixed)
        case .dynamicActiveClusters: (.clusters, .active)
        case .dynamicWarmingClusters: (.clusters, .warming)
        case .staticListeners: (.listeners, .fixed)
        case .dynamicListeners: (.listeners, .active)
        case .staticRouteConfigs: (.routes, .fixed)
        case .dynamicRouteConfigs: (.routes, .active)
        case .staticEndpointConfigs: (.endpoints, .fixed)
        case .dynamicEndpointConfigs: (.endpoints, .active)
        case .ecdsFilters: (.ecds, .active)
        case .staticSecrets: (.secrets, .fixed)
        case .dynamicActiveSecrets: (.secrets, .active)
        case .dynamicWarmingSecrets: (.secrets, .warming)
        case .inlineScopedRouteConfigs: (.scopedRoutes, .fixed)
        case .dynamicScopedRouteConfigs: (.scopedRoutes, .active)
        default: nil
        }
    }

    /// What an item of a `?resource=` answer is, by its own type, which stands straight in `configs`.
    static func item(typeName: String) -> (kind: ResourceKind, state: ResourceState)? {
        let parts = typeName.split(separator: ".").suffix(2)
        guard parts.count == 2, let section = parts.first, let item = parts.last,
            let kind = ResourceKind(sectionName: String(section))
        else { return nil }
        return (kind, item.hasPrefix("Static") || item.hasPrefix("Inline") ? .fixed : .active)
    }

    /// Whether a key of an entry or a state holds the resource itself.
    static func isBody(_ key: OutlineKey, of kind: ResourceKind) -> Bool {
        switch kind {
        case .clusters: key == .cluster
        case .listeners: key == .listener
        case .routes: key == .routeConfig
        case .endpoints: key == .endpointConfig
        case .ecds: key == .ecdsFilter
        case .secrets: key == .secret
        case .scopedRoutes, .bootstrap: false
        }
    }

    /// The state that a key of a listener's entry stands for.
    static func state(_ key: OutlineKey) -> ResourceState? {
        switch key {
        case .activeState: .active
        case .warmingState: .warming
        case .drainingState: .draining
        default: nil
        }
    }
}

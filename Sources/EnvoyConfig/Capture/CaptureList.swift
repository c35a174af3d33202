/// The shape of a capture around its resources: every list of entries, and what an entry is. This is
/// the one table of it.
///
///     {"configs": [                                            root
///       {"@type": "…ClustersConfigDump",                       section
///        "dynamic_active_clusters": [                          list of entries
///          {"version_info": "…", "last_updated": "…",          entry
///           "cluster": {…},                                    body
///           "error_state": {"failed_configuration": {…}}}]},   failure, with a body of its own
///       {"@type": "…ListenersConfigDump",
///        "dynamic_listeners": [
///          {"name": "…", "active_state": {"listener": {…}}}]}  entry, state, body
///     ]}
///     {"cluster_statuses": [{…}]}                              root, list of bodies
package struct CaptureList: Sendable {
    /// Where the bodies of an entry stand.
    enum Shape: Sendable {
        /// Under a key of the entry.
        case body(OutlineKey)
        /// Under a key of the entry's states, `active_state` and its like.
        case states(OutlineKey)
        /// Several, in a list under a key of the entry.
        case bodies(OutlineKey)
        /// The entry is the body.
        case itself
    }

    /// The key under which it stands.
    let key: OutlineKey
    /// What it holds.
    package let kind: CapturedKind
    /// The state of its resources; of a listener with states, each of these tells its own.
    package let state: ResourceState
    let shape: Shape
    /// The message that an entry is.
    let typeName: String

    private init(
        _ key: OutlineKey, _ kind: CapturedKind, _ state: ResourceState, _ shape: Shape,
        _ typeName: String
    ) {
        self.key = key
        self.kind = kind
        self.state = state
        self.shape = shape
        self.typeName = typeName
    }

    /// The section that holds it; nil for a page of its own.
    var resourceKind: ResourceKind? { kind.resourceKind }

    /// The key of a resource in an entry or in a state of one; nil if the entry is the resource.
    var bodyKey: OutlineKey? {
        switch shape {
        case .body(let key), .states(let key): key
        case .bodies, .itself: nil
        }
    }

    /// Whether it is one entry under a key, and not a list of them.
    var isSingle: Bool { key == .bootstrap || key == .node }

    // MARK: - The table

    static let all: [CaptureList] = [
        section(.staticClusters, .clusters, .fixed, .body(.cluster), "StaticCluster"),
        section(.dynamicActiveClusters, .clusters, .active, .body(.cluster), "DynamicCluster"),
        section(.dynamicWarmingClusters, .clusters, .warming, .body(.cluster), "DynamicCluster"),
        section(.staticListeners, .listeners, .fixed, .body(.listener), "StaticListener"),
        section(.dynamicListeners, .listeners, .active, .states(.listener), "DynamicListener"),
        // Envoy up to 1.12 lists them by state; an entry is what is a state today.
        section(
            .dynamicActiveListeners, .listeners, .active, .body(.listener),
            "DynamicListenerState"),
        section(
            .dynamicWarmingListeners, .listeners, .warming, .body(.listener),
            "DynamicListenerState"),
        section(
            .dynamicDrainingListeners, .listeners, .draining, .body(.listener),
            "DynamicListenerState"),
        section(.staticRouteConfigs, .routes, .fixed, .body(.routeConfig), "StaticRouteConfig"),
        section(.dynamicRouteConfigs, .routes, .active, .body(.routeConfig), "DynamicRouteConfig"),
        section(
            .staticEndpointConfigs, .endpoints, .fixed, .body(.endpointConfig),
            "StaticEndpointConfig"),
        section(
            .dynamicEndpointConfigs, .endpoints, .active, .body(.endpointConfig),
            "DynamicEndpointConfig"),
        section(.ecdsFilters, .ecds, .active, .body(.ecdsFilter), "EcdsFilterConfig"),
        section(.staticSecrets, .secrets, .fixed, .body(.secret), "StaticSecret"),
        section(.dynamicActiveSecrets, .secrets, .active, .body(.secret), "DynamicSecret"),
        section(.dynamicWarmingSecrets, .secrets, .warming, .body(.secret), "DynamicSecret"),
        section(
            .inlineScopedRouteConfigs, .scopedRoutes, .fixed, .bodies(.scopedRouteConfigs),
            "InlineScopedRouteConfigs"),
        section(
            .dynamicScopedRouteConfigs, .scopedRoutes, .active, .bodies(.scopedRouteConfigs),
            "DynamicScopedRouteConfigs"),
        CaptureList(
            .bootstrap, .bootstrap, .fixed, .itself, ResourceKind.bootstrap.facts.type),
        CaptureList(
            .clusterStatuses, .clusterStatus, .active, .itself, "envoy.admin.v3.ClusterStatus"),
        CaptureList(
            .certificates, .certificates, .active, .itself, "envoy.admin.v3.Certificate"),
        CaptureList(.node, .serverInfo, .fixed, .itself, "envoy.config.core.v3.Node"),
    ]

    private static func section(
        _ key: OutlineKey, _ kind: ResourceKind, _ state: ResourceState, _ shape: Shape,
        _ entry: String
    ) -> CaptureList {
        CaptureList(
            key, CapturedKind.section(kind), state, shape,
            "envoy.admin.v3.\(kind.sectionName).\(entry)")
    }

    private static let byKey: [CaptureList?] = OutlineKey.allCases.map { key in
        all.first { $0.key == key }
    }

    // MARK: - Looking up

    /// The list under a key of a section; nil for another key.
    static func under(_ key: OutlineKey) -> CaptureList? { byKey[key.rawValue] }

    /// What an item of a `?resource=` answer is, by its own type, which stands straight in `configs`.
    static func item(typeURL: String) -> CaptureList? {
        let parts = typeURL.split(separator: ".").suffix(2)
        return all.first {
            $0.resourceKind != nil && !$0.isSingle
                && $0.typeName.split(separator: ".").suffix(2) == parts
        }
    }

    /// What an item without `@type` is, by a key that holds its resource.
    static func item(bodyKey key: OutlineKey) -> CaptureList? {
        if OutlineKey.states.contains(where: { $0.key == key }) { return under(.dynamicListeners) }
        return all.first { list in
            guard case .body(key) = list.shape else { return false }
            return list.state == .active
        }
    }

    /// The list of a kind whose resources stand by themselves, as `-o json` prints them.
    static func bare(_ kind: ResourceKind) -> CaptureList {
        CaptureList(.other, CapturedKind.section(kind), .active, .itself, kind.facts.type)
    }
}

extension OutlineKey {
    /// The states of a listener's entry.
    static let states: [(key: OutlineKey, state: ResourceState)] = [
        (.activeState, .active), (.warmingState, .warming), (.drainingState, .draining),
    ]
}

internal import EnvoyConfig

/// What the tables read of each kind's resources.
extension Projection {
    private static let istioConfig = Field.part(
        "metadata", [.part("filter_metadata", [.part("istio", [.whole("config")])])])

    private static let routeMatch = Field.part(
        "match",
        [.whole("prefix"), .whole("path"), .whole("safe_regex"), .whole("path_separated_prefix")])

    private static let inlineRoutes = Field.part(
        "route_config",
        [
            .part(
                "virtual_hosts",
                [
                    .whole("domains"),
                    .part("routes", [routeMatch, .part("route", [.whole("cluster")])]),
                ])
        ])

    private static let filterChain: [Field] = [
        .whole("name"), .whole("filter_chain_match"),
        .part(
            "filters",
            [
                .whole("name"),
                .part(
                    "typed_config",
                    [
                        .whole("stat_prefix"), .whole("cluster"),
                        .part("weighted_clusters", [.part("clusters", [.whole("name")])]),
                        .part("rds", [.whole("route_config_name")]), inlineRoutes,
                    ]),
            ]),
    ]

    /// Kinds that are not here are read whole.
    static let views: [CapturedKind: Projection] = [
        .clusters: Projection([.whole("name"), .whole("type"), istioConfig]),
        .listeners: Projection([
            .whole("name"), .whole("address"), .whole("additional_addresses"),
            .whole("internal_listener"), .part("filter_chains", filterChain),
            .part("default_filter_chain", filterChain),
        ]),
        .routes: Projection([
            .whole("name"),
            .part(
                "virtual_hosts",
                [
                    .whole("name"), .whole("domains"),
                    .part(
                        "routes", [routeMatch, .part("route", [.whole("cluster")]), istioConfig]),
                ]),
        ]),
        .endpoints: Projection([
            .whole("cluster_name"),
            .part(
                "endpoints",
                [
                    .whole("locality"),
                    .part(
                        "lb_endpoints",
                        [.part("endpoint", [.whole("address")]), .whole("health_status")]),
                ]),
        ]),
        .bootstrap: .bootstrapNode,
        .clusterStatus: Projection([
            .whole("name"),
            .part(
                "host_statuses",
                [
                    .whole("address"), .whole("health_status"), .whole("priority"),
                    .whole("locality"),
                ]),
        ]),
        .serverInfo: Projection([
            .whole("id"), .whole("metadata"), .whole("user_agent_build_version"),
        ]),
    ]
}

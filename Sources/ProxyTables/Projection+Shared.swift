internal import EnvoyConfig

/// Fields that several tables read.
extension Projection.Field {
    static let istioConfig = Projection.Field.part(
        "metadata", [.part("filter_metadata", [.part("istio", [.whole("config")])])])

    static let routeMatch = Projection.Field.part(
        "match",
        [.whole("prefix"), .whole("path"), .whole("safe_regex"), .whole("path_separated_prefix")])

    static let inlineRoutes = Projection.Field.part(
        "route_config",
        [
            .part(
                "virtual_hosts",
                [
                    .whole("domains"),
                    .part("routes", [routeMatch, .part("route", [.whole("cluster")])]),
                ])
        ])
}

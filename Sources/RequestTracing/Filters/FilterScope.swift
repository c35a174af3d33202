internal import EnvoyConfig
internal import EnvoyResources

/// What a route, its virtual host or its configuration say of one HTTP filter.
struct FilterScope {
    /// The most specific configuration; nil where there is none.
    private(set) var config: CanonicalValue?
    /// Whether it depends on which of several weighted clusters is chosen.
    private(set) var dependsOnCluster = false
    /// Whether the most specific of them that says so switches the filter off or on.
    private var isDisabled: Bool?

    init(
        name: String, route: Route?, virtualHost: VirtualHost?, configuration: RouteConfiguration
    ) {
        // A weighted cluster's own configuration counts where no other can be chosen.
        let weighted = (route?.value["route"]?["weightedClusters"]?["clusters"]?.elements ?? [])
            .filter { $0.integer("weight") ?? 0 > 0 }
        let cluster = weighted.count == 1 ? weighted.first : nil
        dependsOnCluster =
            weighted.count > 1 && weighted.contains { $0["typedPerFilterConfig"]?[name] != nil }
        let values = [cluster, route?.value, virtualHost?.value, configuration.value]
        for value in values.compactMap({ $0 }) {
            guard var found = value["typedPerFilterConfig"]?[name] else { continue }
            if found.typeName == "envoy.config.route.v3.FilterConfig" {
                isDisabled = isDisabled ?? found.flag("disabled")
                guard let inner = found["config"], !inner.members.isEmpty else {
                    // An entry alone switches a filter on that is off otherwise.
                    isDisabled = isDisabled ?? false
                    continue
                }
                found = inner
            }
            config = config ?? found
        }
    }

    /// Whether the filter runs.
    func isEnabled(unless isDisabledByDefault: Bool) -> Bool {
        if let isDisabled { return !isDisabled }
        return !isDisabledByDefault || config != nil
    }
}

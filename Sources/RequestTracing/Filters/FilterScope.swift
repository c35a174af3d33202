internal import EnvoyConfig
internal import EnvoyResources

/// What a route, its virtual host or its configuration say of one HTTP filter.
struct FilterScope {
    /// The most specific configuration; nil if absent.
    private(set) var config: CanonicalValue?
    /// Whether it depends on which of several weighted clusters is chosen.
    private(set) var dependsOnCluster = false
    /// Whether the most specific of them that says so switches the filter off or on.
    private var isDisabled: Bool?

    init(
        name: String, route: Route?, virtualHost: VirtualHost?, configuration: RouteConfiguration
    ) {
        // Of several weighted clusters the configuration counts where all have the same.
        let weighted = (route?.value["route"]?["weightedClusters"]?["clusters"]?.elements ?? [])
            .filter { $0.integer("weight") ?? 0 > 0 }
            .map { $0["typedPerFilterConfig"]?[name] }
        let isSame = weighted.allSatisfy { $0 == weighted[0] }
        dependsOnCluster = !isSame
        let levels = [route?.value, virtualHost?.value, configuration.value].map {
            $0?["typedPerFilterConfig"]?[name]
        }
        for level in (isSame ? weighted.prefix(1) + levels : levels[...]) {
            guard let found = level else { continue }
            guard found.typeName == "envoy.config.route.v3.FilterConfig" else {
                // A configuration alone switches a filter on that is off otherwise.
                isDisabled = isDisabled ?? false
                config = config ?? found
                continue
            }
            isDisabled = isDisabled ?? found.flag("disabled") ?? false
            if let inner = found["config"], !inner.members.isEmpty { config = config ?? inner }
        }
    }

    /// Whether the filter runs.
    func isEnabled(unless isDisabledByDefault: Bool) -> Bool {
        !(isDisabled ?? isDisabledByDefault)
    }
}

internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// Chains that end in neither HTTP nor a TCP proxy.
extension RequestWalk {
    /// Filters that answer by themselves, by a part of their type's name.
    private static let answering = [".echo.", ".direct_response."]

    /// Ends the trace at the last filter of a chain: it answers by itself, or it reads a protocol of its
    /// own and chooses one of the clusters that its configuration names.
    mutating func endInOtherProtocol(_ chain: FilterChain) {
        guard let last = chain.filters.last else {
            end(.noFilterChain, "the filter chain has no filter: the connection is closed")
            return
        }
        let typeName = KnownFilters.typeName(of: last)
        if RequestWalk.answering.contains(where: { typeName.containsBytes($0) }) {
            end(.answered, "network filter \(last.name) answers by itself")
            return
        }
        let names = last.typedConfig.map(RequestWalk.clusterNames) ?? []
        trace.clusters = names.map {
            RequestTrace.Destination(name: $0, weight: 100, endpoints: [])
        }
        let missing = names.filter { dump.resource(.clusters, named: $0) == nil }
        for name in missing where dump.hasSection(.clusters) {
            note(.reason, "the dump lacks the cluster \(name)")
        }
        end(
            .notFollowed,
            "network filter \(last.name) (\(typeName)) reads a protocol of its own, and what it reads "
                + "decides"
                + (names.isEmpty ? "" : " which of the clusters it goes to"))
    }

    /// The clusters that a filter's configuration names, wherever they stand in it: each filter has
    /// routes of its own form, and all name clusters in these fields.
    private static func clusterNames(in config: CanonicalValue) -> [String] {
        var found: [String] = []
        func take(_ name: String?) {
            if let name, !name.isEmpty, !found.contains(name) { found.append(name) }
        }
        func visit(_ value: CanonicalValue) {
            for member in value.members {
                switch member.key {
                case "cluster", "clusterName", "cluster_name": take(member.value.stringValue)
                case "weightedClusters", "weighted_clusters":
                    for cluster in member.value["clusters"]?.elements ?? [] {
                        take(cluster.text("name"))
                    }
                default: break
                }
                visit(member.value)
            }
            value.elements.forEach(visit)
        }
        visit(config)
        return found
    }
}

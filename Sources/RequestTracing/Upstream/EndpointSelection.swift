internal import EnvoyConfig
internal import EnvoyResources

/// Which endpoints of a cluster take requests, by health and priority.
struct EndpointSelection {
    /// An endpoint and what the choice depends on.
    private struct Candidate {
        var endpoint: RequestTrace.Endpoint
        /// The endpoint's metadata for subsets.
        var metadata: CanonicalValue?

        var isHealthy: Bool { endpoint.health == "HEALTHY" || endpoint.health == "UNKNOWN" }
        var isDegraded: Bool { endpoint.health == "DEGRADED" }
    }

    /// Those that may be chosen.
    private(set) var chosen: [RequestTrace.Endpoint] = []
    /// The others, with the reason.
    private(set) var passedOver: [(endpoint: RequestTrace.Endpoint, reason: String)] = []
    /// What else the choice depends on.
    private(set) var notes: [String] = []

    private var candidates: [Candidate] = []
    private let overprovisioning: Double
    /// Whether a panic takes no requests at all: `fail_traffic_on_panic`.
    private let failsInPanic: Bool
    /// Whether a hash chooses: rings and tables hold healthy endpoints alone, no degraded ones.
    private let isHashing: Bool

    private let upstream: UpstreamTransport

    /// `authority` is that of the request as it is sent on; nil for a connection.
    init(_ assignment: LoadAssignment, cluster: Cluster, authority: String?) {
        upstream = UpstreamTransport(cluster, authority: authority)
        let factor = assignment.value["policy"]?.integer("overprovisioningFactor") ?? 140
        overprovisioning = Double(factor) / 100
        // Without any weight localities are not chosen by weight.
        let isWeighted =
            cluster.value["commonLbConfig"]?["localityWeightedLbConfig"] != nil
            && assignment.localities.contains { $0.weight ?? 0 > 0 }
        failsInPanic =
            cluster.value["commonLbConfig"]?["zoneAwareLbConfig"]?.flag("failTrafficOnPanic")
            ?? false
        isHashing = ["RING_HASH", "MAGLEV"].contains(cluster.value.text("lbPolicy"))
        for locality in assignment.localities {
            for message in locality.endpoints {
                let endpoint = RequestTrace.Endpoint(
                    address: message.address?.text ?? message.value.text("endpointName") ?? "?",
                    health: message.healthStatus, priority: locality.priority,
                    locality: locality.locality.text,
                    transport: upstream.transport(
                        to: message.filterMetadata("envoy.transport_socket_match")))
                if isWeighted, locality.weight ?? 0 == 0 {
                    passedOver.append((endpoint, "its locality has no weight"))
                } else {
                    candidates.append(
                        Candidate(
                            endpoint: endpoint, metadata: message.filterMetadata("envoy.lb")))
                }
            }
        }
    }

    /// Takes endpoints' presence, health, priority and place from `/clusters`.
    mutating func update(by live: [RequestTrace.Endpoint]) {
        let known = Dictionary(
            candidates.map { ($0.endpoint.address, $0) }, uniquingKeysWith: { first, _ in first })
        candidates = live.map { host in
            var candidate = Candidate(endpoint: host, metadata: known[host.address]?.metadata)
            // What `/clusters` does not tell.
            candidate.endpoint.transport =
                known[host.address]?.endpoint.transport ?? upstream.transport(to: nil)
            return candidate
        }
    }

    /// How many endpoints there are.
    var count: Int { candidates.count + passedOver.count }

    /// Keeps the endpoints of the subset that a request asks for by metadata. Where it asks for none,
    /// or for what the cluster has no subset of, the cluster's fallback policy decides.
    mutating func narrow(to wanted: [CanonicalValue.Member], of cluster: Cluster) {
        guard let config = cluster.value["lbSubsetConfig"],
            let selectors = config["subsetSelectors"]?.elements, !selectors.isEmpty
        else { return }
        narrow(to: wanted, config, selectors)
    }

    private mutating func narrow(
        to wanted: [CanonicalValue.Member], _ config: CanonicalValue, _ selectors: [CanonicalValue]
    ) {
        let keys = Set(wanted.map(\.key))
        let selector = selectors.first { Set($0.texts("keys")) == keys }
        let takesAnyOfList = config.flag("listAsAny") ?? false
        func holds(_ candidate: Candidate, _ wanted: [CanonicalValue.Member]) -> Bool {
            wanted.allSatisfy { label in
                guard let own = candidate.metadata?[label.key] else { return false }
                return own == label.value || takesAnyOfList && own.elements.contains(label.value)
            }
        }
        if selector != nil, candidates.contains(where: { holds($0, wanted) }) {
            drop("it is not of the subset") { holds($0, wanted) }
            return
        }
        let own = selector?.text("fallbackPolicy").flatMap { $0 == "NOT_DEFINED" ? nil : $0 }
        switch own ?? config.text("fallbackPolicy") {
        case "ANY_ENDPOINT": break
        case "DEFAULT_SUBSET":
            let defaults = config["defaultSubset"]?.members ?? []
            drop("it is not of the default subset") { holds($0, defaults) }
        case "KEYS_SUBSET":
            let fewer = Set(selector?.texts("fallbackKeysSubset") ?? [])
            narrow(to: wanted.filter { fewer.contains($0.key) }, config, selectors)
        default:
            drop("no subset is as the request asks, and there is no fallback") { _ in false }
        }
    }

    private mutating func drop(_ reason: String, unless isKept: (Candidate) -> Bool) {
        passedOver += candidates.filter { !isKept($0) }.map { ($0.endpoint, reason) }
        candidates = candidates.filter(isKept)
    }

    /// Chooses: healthy endpoints of priority 0 take everything while enough of them are left (140 %
    /// of the healthy share covers all); what is missing goes to degraded ones and to the next
    /// priority. A priority with too little health passes over it (panic), unless others make up.
    mutating func choose(_ cluster: Cluster) {
        let priorities = Set(candidates.map(\.endpoint.priority)).sorted()
        let groups = priorities.map { priority in
            candidates.filter { $0.endpoint.priority == priority }
        }
        let healthy = groups.map { share(of: $0) { $0.isHealthy } }
        let degraded = groups.map { share(of: $0) { $0.isDegraded } }
        let total = min(100, (healthy + degraded).reduce(0, +))
        let threshold =
            cluster.value["commonLbConfig"]?["healthyPanicThreshold"].map {
                $0.double("value") ?? 0
            } ?? 50
        var missing = 100.0
        func load(_ available: Double) -> Bool {
            guard total > 0 else { return false }
            let taken = min(missing, available * 100 / total)
            missing -= taken
            return taken > 0
        }
        var takesHealthy = healthy.map(load)
        var takesDegraded = degraded.map(load)
        let isInPanic = groups.map { group in
            let well = group.filter { $0.isHealthy || $0.isDegraded }.count
            return total < 100 && Double(well) * 100 < threshold * Double(group.count)
        }
        if isInPanic.allSatisfy({ $0 }) {
            // All take their share by size.
            takesHealthy = groups.map { _ in true }
        } else if total == 0 {
            takesHealthy = groups.indices.map { $0 == 0 }
            takesDegraded = takesHealthy
        }
        for (index, group) in groups.enumerated() {
            take(
                group, healthy: takesHealthy[index], degraded: takesDegraded[index],
                isInPanic: isInPanic[index])
        }
    }

    private mutating func take(
        _ group: [Candidate], healthy: Bool, degraded: Bool, isInPanic: Bool
    ) {
        for candidate in group {
            let endpoint = candidate.endpoint
            let isTaken =
                isInPanic
                ? !failsInPanic && (healthy || degraded)
                : candidate.isHealthy && healthy
                    || candidate.isDegraded && degraded && !isHashing
            if isTaken {
                chosen.append(endpoint)
            } else if candidate.isDegraded, isHashing {
                passedOver.append((endpoint, "it is DEGRADED, and a hash chooses among the others"))
            } else if candidate.isHealthy || candidate.isDegraded {
                passedOver.append(
                    (endpoint, "standby: used when those of a higher priority are unhealthy"))
            } else {
                passedOver.append((endpoint, "it is \(endpoint.health)"))
            }
        }
        if isInPanic, failsInPanic, !group.isEmpty {
            notes.append(
                "too few endpoints are healthy, and the cluster refuses requests then (panic)")
        } else if isInPanic, healthy || degraded, !group.isEmpty {
            notes.append("too few endpoints are healthy: Envoy passes over their health (panic)")
        }
    }

    /// The share of a priority that takes requests, in percent, with overprovisioning.
    private func share(of group: [Candidate], _ isCounted: (Candidate) -> Bool) -> Double {
        if group.isEmpty { return 0 }
        let counted = Double(group.filter(isCounted).count)
        return min(100, (overprovisioning * 100 * counted / Double(group.count)).rounded(.down))
    }
}

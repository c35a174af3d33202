internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// Which clusters take a request, and which of their endpoints.
extension RequestWalk {
    /// Istio's clusters for what nothing else is configured for.
    private static let meanings = [
        "PassthroughCluster":
            "PassthroughCluster: nothing is configured for this destination, it goes there as it is",
        "InboundPassthroughCluster":
            "InboundPassthroughCluster: nothing is configured for this port, it goes to the workload "
            + "as it is",
        "BlackHoleCluster":
            "BlackHoleCluster: the mesh lets nothing out that is not configured (REGISTRY_ONLY)",
    ]

    /// Forwards to clusters with their shares. The worst that a cluster with a share has to offer is
    /// told in notes; the outcome is that of the others while there are some.
    mutating func forward(
        to shares: [ClusterShare], http: HTTPForwarding?
    ) throws(ConfigDumpError) {
        var outcomes: Set<RequestTrace.Outcome> = []
        var missing: Set<String> = []
        for var share in shares {
            if http != nil { share.add(connection.metadata.members(of: "envoy.lb")) }
            var destination = RequestTrace.Destination(
                name: share.name, weight: share.weight, endpoints: [])
            let outcome = try fill(&destination, subset: share.labels, http: http)
            trace.clusters.append(destination)
            if outcome == .noCluster { missing.insert(share.name) }
            if share.weight > 0 || shares.count == 1 { outcomes.insert(outcome) }
        }
        if outcomes.contains(.forwarded) {
            trace.outcome = .forwarded
        } else if outcomes.contains(.notReady) {
            trace.outcome = .notReady
            trace.status = http == nil ? nil : 503
        } else if outcomes.contains(.noEndpoint) {
            trace.outcome = .noEndpoint
            trace.status = http == nil ? nil : 503
        } else {
            trace.outcome = .noCluster
            trace.status = http?.notFoundStatus
            // Nothing is sent to a cluster that is not there; the notes name it.
            trace.clusters.removeAll { missing.contains($0.name) }
        }
    }

    private mutating func fill(
        _ destination: inout RequestTrace.Destination, subset: [CanonicalValue.Member],
        http: HTTPForwarding?
    ) throws(ConfigDumpError) -> RequestTrace.Outcome {
        let name = destination.name
        let subject = Note.Subject(kind: .clusters, name: name)
        guard let resource = dump.resource(.clusters, named: name) else {
            let answer =
                http.map { "Envoy answers \($0.notFoundStatus)" } ?? "the connection is closed"
            let isWarming = dump.isWarming(.clusters, named: name)
            let reason =
                !dump.hasSection(.clusters)
                ? "the dump has no ClustersConfigDump, which holds the cluster \(name)"
                : isWarming
                    ? "cluster \(name) waits in warming and is not in use: \(answer)"
                    : "the dump lacks the cluster \(name): \(answer)"
            step(.cluster, name, taken: false, reason)
            note(isWarming ? .warming : .reason, reason, about: subject)
            return .noCluster
        }
        step(.cluster, name, taken: true, "\(resource.state == .fixed ? "static" : "active")")
        if let meaning = RequestWalk.meanings[name] { note(.reason, meaning, about: subject) }
        if dump.isWarming(.clusters, named: name) {
            note(
                .warming,
                "an update of cluster \(name) waits in warming, the answer holds for the "
                    + "old one", source: .envoy, about: subject)
        }
        let cluster = try dump.message(of: resource, as: Cluster.self)
        destination.object = cluster.istioMetadata?.object?.noteObject
        if let missing = missingSecret(of: cluster.value["transportSocket"]?["typedConfig"]) {
            let reason = "Envoy has no secret \(missing) for cluster \(name): the connection fails"
            step(.cluster, name, taken: false, reason)
            note(.reason, reason, about: subject)
            return .notReady
        }
        return try endpoints(of: cluster, into: &destination, subset: subset, http: http)
    }

    private mutating func endpoints(
        of cluster: Cluster, into destination: inout RequestTrace.Destination,
        subset: [CanonicalValue.Member], http: HTTPForwarding?
    ) throws(ConfigDumpError) -> RequestTrace.Outcome {
        if isClosed(cluster, http) {
            return noEndpoint(of: cluster, http, "its circuit breaker allows nothing")
        }
        if cluster.discoveryType == .originalDestination {
            return originalDestination(of: cluster, into: &destination, http: http)
        }
        if let type = cluster.customTypeName {
            note(
                .undecided,
                "cluster \(cluster.name) finds its endpoints by the extension \(type)")
            return .forwarded
        }
        let assignment = try loadAssignment(of: cluster)
        guard assignment != nil || hosts != nil else {
            note(
                .undecided,
                "the dump has no EndpointsConfigDump: capture it with include_eds to see endpoints")
            return .forwarded
        }
        if let assignment, RequestWalk.dropsAll(assignment) {
            return noEndpoint(of: cluster, http, "its drop_overloads drop every request")
        }
        var selection = EndpointSelection(
            assignment ?? LoadAssignment(.object([])), cluster: cluster,
            authority: authority(http))
        if let hosts { selection.update(by: hosts.endpoints(of: cluster.name)) }
        let count = selection.count
        selection.narrow(to: subset, of: cluster)
        selection.choose(cluster)
        for (endpoint, reason) in selection.passedOver {
            step(.endpoint, endpoint.address, taken: false, reason)
        }
        for endpoint in selection.chosen {
            step(
                .endpoint, endpoint.address, taken: true,
                "\(endpoint.health), priority \(endpoint.priority)")
        }
        for text in selection.notes { note(.undecided, text) }
        destination.endpoints = selection.chosen
        if !selection.chosen.isEmpty { return .forwarded }
        return noEndpoint(
            of: cluster, http,
            "it has no endpoint that takes requests (\(count) in all)")
    }

    /// A cluster of type ORIGINAL_DST connects to where the client did, unless a header says where.
    private mutating func originalDestination(
        of cluster: Cluster, into destination: inout RequestTrace.Destination,
        http: HTTPForwarding?
    ) -> RequestTrace.Outcome {
        let config = cluster.value["originalDstLbConfig"]
        var reason = "the connection's own destination"
        var address = connection.isRedirected ? connection.destination : nil
        if config?.flag("useHttpHeader") == true, let http {
            let name = config?.text("httpHeaderName") ?? ""
            let header = name.isEmpty ? "x-envoy-original-dst-host" : name
            if let given = http.headers.values(header).first.flatMap(AddressAndPort.init) {
                address = given
                reason = "named by header \(header)"
            }
        }
        guard var address else {
            return noEndpoint(
                of: cluster, http,
                "the connection was not redirected, so it has no other destination")
        }
        if let port = config?.integer("upstreamPortOverride") { address.port = port }
        guard address.address != nil else {
            note(
                .assumed,
                "cluster \(cluster.name) connects to the connection's own destination, whose address "
                    + "is not given")
            return .forwarded
        }
        destination.endpoints = [
            RequestTrace.Endpoint(
                address: "\(address)", health: "HEALTHY", priority: 0, locality: "",
                transport: UpstreamTransport(cluster, authority: authority(http))
                    .transport(to: nil))
        ]
        step(.endpoint, "\(address)", taken: true, reason)
        return .forwarded
    }

    /// The authority as it is sent on; nil for a connection.
    private func authority(_ http: HTTPForwarding?) -> String? {
        http.map { trace.forwardedAuthority ?? $0.headers.authority }
    }

    /// A cluster that nothing can be sent to.
    private mutating func noEndpoint(
        of cluster: Cluster, _ http: HTTPForwarding?, _ reason: String
    ) -> RequestTrace.Outcome {
        let answer = http == nil ? "the connection is closed" : "Envoy answers 503"
        note(
            .reason, "cluster \(cluster.name): \(reason): \(answer)",
            about: Note.Subject(kind: .clusters, name: cluster.name))
        return .noEndpoint
    }

    /// Whether the circuit breaker of a cluster lets nothing through at all.
    private func isClosed(_ cluster: Cluster, _ http: HTTPForwarding?) -> Bool {
        let priority = http?.priority ?? "DEFAULT"
        let thresholds = (cluster.value["circuitBreakers"]?["thresholds"]?.elements ?? []).filter {
            ($0.text("priority") ?? "DEFAULT") == priority
        }
        let limits = http == nil ? ["maxConnections"] : ["maxPendingRequests", "maxRequests"]
        return thresholds.contains { threshold in
            limits.contains { threshold.integer($0) == 0 }
        }
    }

    /// Whether the drop categories of a load assignment leave nothing.
    private static func dropsAll(_ assignment: LoadAssignment) -> Bool {
        (assignment.value["policy"]?["dropOverloads"]?.elements ?? []).contains { category in
            let share = category["dropPercentage"]
            let whole =
                switch share?.text("denominator") {
                case "TEN_THOUSAND": 10_000
                case "MILLION": 1_000_000
                default: 100
                }
            return share?.integer("numerator") ?? 0 >= whole
        }
    }

    /// The endpoints as Envoy has them, else those that stand in the cluster; nil if the dump
    /// cannot tell.
    func loadAssignment(of cluster: Cluster) throws(ConfigDumpError) -> LoadAssignment? {
        let names = [cluster.loadAssignmentName, cluster.name]
        for name in names {
            guard let resource = dump.resource(.endpoints, named: name) else { continue }
            return try dump.message(of: resource, as: LoadAssignment.self)
        }
        if let own = cluster.loadAssignment { return own }
        let isKnown = cluster.discoveryType == .fixed || dump.hasSection(.endpoints)
        return isKnown ? LoadAssignment(.object([])) : nil
    }
}

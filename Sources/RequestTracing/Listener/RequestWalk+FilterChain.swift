internal import EnvoyConfig
internal import EnvoyResources

/// Which filter chain a connection takes, and its way through the network filters.
extension RequestWalk {
    private static let downstreamTLS =
        "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext"

    /// Finds the filter chain, or ends the trace.
    mutating func takeFilterChain(
        of listener: Listener, _ direction: TracedRequest.Direction
    ) -> (chain: FilterChain, facts: ConnectionFacts)? {
        let facts = ConnectionFacts(
            request, direction, listener: listener, port: connection.destination.port)
        connection.serverName = facts.serverName
        connection.transportProtocol = facts.transportProtocol
        connection.applicationProtocols = facts.applicationProtocols
        if facts.readsProxyProtocol {
            // Destination and source are then what the header says.
            connection.directSource = nil
            connection.isRedirected = true
        }
        if let matcher = listener.value["filterChainMatcher"] {
            return filterChain(of: listener, by: matcher).map { ($0, facts) }
        }
        let selection = FilterChainSelection(listener, facts, connection)
        for unknown in selection.unknowns { note(.undecided, unknown) }
        for rejected in selection.rejected {
            step(.filterChain, rejected.chain.name, taken: false, rejected.reason)
        }
        if let chain = selection.chain {
            step(.filterChain, chain.name, taken: true, selection.reason)
            trace.filterChain = chain.name
            return (chain, facts)
        }
        return takeDefaultFilterChain(of: listener, facts).map { ($0, facts) }
    }

    /// The chain that a matcher tree names; nil ends the trace.
    private mutating func filterChain(
        of listener: Listener, by matcher: CanonicalValue
    ) -> FilterChain? {
        switch MatcherTree(connection, headers: nil).outcome(of: matcher) {
        case .action(let action):
            let name = action.typedConfig?.text("value") ?? action.name
            for chain in listener.filterChains where chain.name != name {
                step(.filterChain, chain.name, taken: false, "the matcher tree names \(name)")
            }
            guard let chain = listener.filterChains.first(where: { $0.name == name }) else {
                end(
                    .noFilterChain,
                    "the matcher tree names filter chain \(name), which the listener lacks: the "
                        + "connection is closed")
                return nil
            }
            step(.filterChain, name, taken: true, "the matcher tree names it")
            trace.filterChain = name
            return chain
        case .noMatch:
            return takeDefaultFilterChain(of: listener, nil)
        case .undecided(let reason):
            note(.undecided, "listener \(listener.name): \(reason)")
            end(.undecided, "which filter chain is taken cannot be told")
            return nil
        }
    }

    /// The default filter chain; nil ends the trace.
    private mutating func takeDefaultFilterChain(
        of listener: Listener, _ facts: ConnectionFacts?
    ) -> FilterChain? {
        guard let chain = listener.defaultFilterChain else {
            let name = connection.serverName.isEmpty ? "no SNI" : "SNI \(connection.serverName)"
            end(
                .noFilterChain,
                "no filter chain of listener \(listener.name) matches \(connection.destination), "
                    + "\(connection.transportProtocol), \(name): the connection is closed")
            if facts?.layer == .mutualTLS {
                note(.assumed, "it is taken to come over the mesh's mutual TLS")
            }
            return nil
        }
        step(.filterChain, chain.name, taken: true, "the default: no other matches")
        trace.filterChain = chain.name
        return chain
    }

    /// Passes the filters of a chain; the last of them decides.
    mutating func pass(_ chain: FilterChain, _ facts: ConnectionFacts) throws(ConfigDumpError) {
        var layer = facts.layer
        if chain.transportSocket?.configTypeName == RequestWalk.downstreamTLS {
            guard layer == .tls || layer == .mutualTLS else {
                end(
                    .protocolMismatch,
                    "the filter chain expects TLS, the connection is plain text")
                return
            }
            if let missing = missingSecret(of: chain.transportSocket?.typedConfig) {
                end(
                    .notReady,
                    "Envoy has no secret \(missing) for this filter chain: the connection is reset")
                return
            }
            connection.isSecure = true
            connection.showsCertificate = layer == .mutualTLS || request.principal != nil
            connection.principal = request.principal
            layer = innerLayer(of: layer)
        }
        var serverNameCluster: String?
        var refusal: String?
        for filter in chain.filters {
            if let manager = filter.httpConnectionManager {
                if let refusal {
                    end(.denied, "access control closes the connection: \(refusal)")
                    return
                }
                step(.networkFilter, filter.name, taken: true, "speaks HTTP")
                try pass(manager, layer)
                return
            }
            if let proxy = filter.tcpProxy {
                step(.networkFilter, filter.name, taken: true, "passes bytes on")
                try pass(proxy, serverNameCluster)
                // Access control waits for the first bytes, when the proxy has connected already.
                if let refusal {
                    end(.denied, "access control closes the connection: \(refusal)")
                }
                return
            }
            switch filter.configTypeName {
            case "envoy.extensions.filters.network.rbac.v3.RBAC":
                refusal = refusal ?? self.refusal(by: filter)
            case "envoy.extensions.filters.network.sni_cluster.v3.SniCluster":
                // The SNI itself is the name of the cluster.
                serverNameCluster = facts.serverName.isEmpty ? nil : request.serverName
                step(.networkFilter, filter.name, taken: true, "the SNI names the cluster")
            default:
                pass(networkFilter: filter)
            }
        }
        endInOtherProtocol(chain)
    }

    /// What is inside of a layer of TLS.
    private func innerLayer(of layer: ConnectionFacts.Layer) -> ConnectionFacts.Layer {
        switch (layer, request.applicationProtocol) {
        case (.mutualTLS, .https): .tls
        case (.mutualTLS, .tcp): .tcp
        default: .http
        }
    }

    /// Why a network filter of access control refuses the connection; nil if it does not.
    private mutating func refusal(by filter: Extension) -> String? {
        guard let control = filter.typedConfig.flatMap(AccessControl.init) else { return nil }
        switch control.decide(connection, headers: nil) {
        case .allowed(let reason):
            step(.networkFilter, filter.name, taken: true, reason)
            return nil
        case .undecided(let reason):
            step(.networkFilter, filter.name, taken: true, "cannot be told: \(reason)")
            note(.undecided, "access control may refuse the connection: \(reason)")
            return nil
        case .denied(let reason):
            step(.networkFilter, filter.name, taken: false, reason)
            return reason
        }
    }

    /// A filter that is not an end of the chain: it is passed, and named where it may interfere.
    private mutating func pass(networkFilter filter: Extension) {
        guard let effect = KnownFilters.effect(ofNetworkFilter: filter) else { return }
        step(.networkFilter, filter.name, taken: true, "passed: \(effect)")
        note(.undecided, "network filter \(filter.name) \(effect): passed")
    }

    /// Where a TCP proxy sends a connection.
    private mutating func pass(
        _ proxy: TCPProxy, _ serverNameCluster: String?
    ) throws(ConfigDumpError) {
        let criteria = proxy.value["metadataMatch"]
        let shares =
            if let name = serverNameCluster ?? proxy.cluster {
                [ClusterShare(name, criteria: [criteria])]
            } else {
                proxy.weightedClusters.map {
                    ClusterShare(
                        $0.name, weight: $0.weight,
                        criteria: [criteria, $0.value["metadataMatch"]])
                }
            }
        try forward(to: shares, http: nil)
    }
}

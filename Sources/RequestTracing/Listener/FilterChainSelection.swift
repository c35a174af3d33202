internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// Which filter chain of a listener a connection takes.
///
/// Envoy goes through the criteria in a fixed order. At each it keeps the chains with the most
/// specific match, and never goes back to the others, even where nothing is left in the end: a chain
/// that names port 9080 shuts out all chains without a port for connections to 9080.
struct FilterChainSelection {
    /// What becomes of a chain that is not taken.
    struct Rejected {
        var chain: FilterChain
        var reason: String
    }

    /// How well a chain matches by one criterion.
    private enum Fit {
        /// It does not match.
        case no(String)
        /// Whether it matches cannot be told, since something is not known. Taken for no match.
        case unknown(String)
        /// Higher is more specific; 0 asks for nothing.
        case rank(Int)
    }

    /// The chain; nil if none is left.
    private(set) var chain: FilterChain?
    /// Why it is the one.
    private(set) var reason = "no match is asked for"
    /// The others, in the order in which they fell out.
    private(set) var rejected: [Rejected] = []
    /// What would have to be known to be sure.
    private(set) var unknowns: [String] = []

    private var left: [FilterChain]
    private var reasons: [String] = []

    init(_ listener: Listener, _ facts: ConnectionFacts, _ connection: Connection) {
        left = listener.filterChains
        let destination = connection.destination
        narrow("destination port") { match in
            guard let wanted = match.destinationPort else { return .rank(0) }
            return wanted == destination.port
                ? .rank(1) : .no("wants destination port \(wanted)")
        }
        narrow("destination address") {
            FilterChainSelection.fit($0.prefixRanges, destination.address, "destination")
        }
        narrow("server name") { FilterChainSelection.fit($0.serverNames, name: facts.serverName) }
        narrow("transport protocol") { match in
            guard let wanted = match.transportProtocol, !wanted.isEmpty else { return .rank(0) }
            return wanted == facts.transportProtocol
                ? .rank(1) : .no("wants \(wanted), it is \(facts.transportProtocol)")
        }
        narrow("application protocol") { match in
            FilterChainSelection.fit(
                match.applicationProtocols, offered: facts.applicationProtocols)
        }
        narrow("direct source") {
            FilterChainSelection.fit(
                $0.directSourcePrefixRanges, connection.directSource?.address, "direct source")
        }
        narrow("source type") { FilterChainSelection.fit($0.sourceType, connection) }
        narrow("source address") {
            FilterChainSelection.fit($0.sourcePrefixRanges, connection.source?.address, "source")
        }
        narrow("source port") { match in
            if match.sourcePorts.isEmpty { return .rank(0) }
            guard let port = connection.source?.port else {
                return .unknown("wants a source port, which is not given")
            }
            return match.sourcePorts.contains(port)
                ? .rank(1) : .no("wants another source port than \(port)")
        }
        chain = left.first
        if !reasons.isEmpty { reason = "by \(reasons.joined(separator: ", "))" }
    }

    /// Keeps the chains that match best by one criterion.
    private mutating func narrow(_ criterion: String, _ fit: (FilterChainMatch) -> Fit) {
        var best: [FilterChain] = []
        var rank = -1
        var lower: [FilterChain] = []
        for chain in left {
            switch fit(chain.match ?? FilterChainMatch(.object([]))) {
            case .no(let reason):
                rejected.append(Rejected(chain: chain, reason: reason))
            case .unknown(let reason):
                unknowns.append("filter chain \(chain.name): \(reason)")
                rejected.append(Rejected(chain: chain, reason: reason))
            case .rank(let found) where found > rank:
                lower += best
                (best, rank) = ([chain], found)
            case .rank(let found) where found == rank: best.append(chain)
            case .rank: lower.append(chain)
            }
        }
        rejected += lower.map {
            Rejected(chain: $0, reason: "another chain has the more specific \(criterion)")
        }
        if rank > 0 { reasons.append(criterion) }
        left = best
    }

    /// The longest network that an address is in. One of length 0 asks for nothing.
    private static func fit(
        _ networks: [AddressPrefix], _ address: IPAddress?, _ what: String
    ) -> Fit {
        if networks.isEmpty { return .rank(0) }
        let text = networks.map(\.description).joined(separator: ", ")
        guard let address else {
            return networks.contains { $0.length == 0 }
                ? .rank(0) : .unknown("wants \(what) \(text); the \(what)'s address is not given")
        }
        let lengths = networks.filter { network in
            IPAddress(network.address).map { address.isIn($0, bits: network.length) } ?? false
        }.map(\.length)
        return lengths.max().map(Fit.rank) ?? .no("wants \(what) \(text)")
    }

    /// The exact name, else the longest `*.` name, else none asked for.
    private static func fit(_ wanted: [String], name: String) -> Fit {
        if wanted.isEmpty { return .rank(0) }
        let ranks = wanted.map(\.asciiLowercased).compactMap { pattern -> Int? in
            if pattern.isEmpty { return 0 }
            if pattern.isSameText(as: name) { return .max }
            // `*.` stands for one label or more.
            let suffix = String(pattern.dropFirst())
            let isWildcard = pattern.hasPrefix("*.") && name.utf8.count > suffix.utf8.count
            return isWildcard && name.endsWith(suffix) ? suffix.utf8.count : nil
        }
        let text = wanted.joined(separator: ", ")
        return ranks.max().map(Fit.rank)
            ?? .no("wants server name \(text), it is \(name.isEmpty ? "none" : name)")
    }

    /// The first of the connection's own protocols that some chain wants decides.
    private static func fit(_ wanted: [String], offered: [String]) -> Fit {
        if wanted.isEmpty { return .rank(0) }
        let index = offered.firstIndex { wanted.contains($0) }
        let found = offered.isEmpty ? "none" : offered.joined(separator: ", ")
        return index.map { .rank(offered.count - $0) }
            ?? .no("wants \(wanted.joined(separator: ", ")), it is \(found)")
    }

    private static func fit(_ type: FilterChainMatch.SourceType, _ connection: Connection) -> Fit {
        switch type {
        case .any: .rank(0)
        case .sameAddressOrLoopback:
            connection.isLocal ? .rank(1) : .no("wants connections of the same address")
        case .external: connection.isLocal ? .no("wants connections from elsewhere") : .rank(1)
        }
    }
}

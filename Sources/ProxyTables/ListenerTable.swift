public import EnvoyConfig
internal import EnvoyResources
public import Reporting
internal import StrictJSON

/// A listener, as its table shows it.
public struct ListenerSummary: ResourceRow, Hashable {
    /// What a listener's filter chains speak.
    public enum ProtocolType: String, Sendable, Hashable {
        /// HTTP alone.
        case http = "HTTP"
        /// TCP alone.
        case tcp = "TCP"
        /// Chains of both.
        case httpAndTCP = "HTTP+TCP"
        /// Neither.
        case unknown = "UNKNOWN"
    }

    /// The listener's name.
    public var name: String
    /// The addresses or, of a Unix socket, the path; one empty text where it has none.
    public var addresses: [String]
    /// The port, 0 if it has none.
    public var port: Int
    /// What it speaks.
    public var type: ProtocolType
    /// Whether it takes connections from within the same Envoy only.
    public var isInternal: Bool
    /// Its filter chains in the dump's order, the default one last.
    public var chains: [FilterChainSummary]
    /// Where the listener stands: active or, from the bootstrap, fixed.
    public var place: CapturedPlace

    init(_ listener: Listener, _ place: CapturedPlace) {
        name = listener.name
        port = listener.address?.port ?? 0
        isInternal = listener.isInternal
        if let host = listener.address?.host {
            addresses = [host] + listener.additionalAddresses.map { $0.host ?? "" }
        } else {
            addresses = [listener.address?.pipePath ?? ""]
        }
        let filterChains = listener.filterChains + [listener.defaultFilterChain].compactMap { $0 }
        type = ListenerSummary.type(of: filterChains)
        chains = filterChains.map(FilterChainSummary.init)
        self.place = place
    }

    /// The filter chains in the table's order: by destination, descending.
    var chainsByDestination: [FilterChainSummary] {
        // From the last to the first, so that chains of one destination keep their order.
        chains.reversed().sorted(byKeys: { $1.append($0.destination) }).reversed()
    }

    private static func type(of chains: [FilterChain]) -> ProtocolType {
        let filters = chains.flatMap(\.filters)
        let hasHTTP = filters.contains(where: \.isHTTPConnectionManager)
        let hasTCP = filters.contains { $0.isTCPProxy && !$0.leadsNowhere }
        return switch (hasHTTP, hasTCP) {
        case (true, true): .httpAndTCP
        case (true, false): .http
        case (false, true): .tcp
        case (false, false): .unknown
        }
    }

    /// What listeners sort by: port, address, type. Internal ones, which have neither port nor
    /// address, sort by name.
    func appendKey(to keys: inout SortKeys) {
        keys.append(port)
        keys.append(addresses.joined(separator: ","))
        keys.append(isInternal ? name : type.rawValue)
    }
}

/// Which listeners a view shows: all criteria must hold, absent ones always do.
public struct ListenerFilter: Sendable, Hashable {
    /// One of the addresses, without regard to case.
    public var address: String?
    /// The port.
    public var port: Int?
    /// `HTTP`, `TCP`, `HTTP+TCP` or `UNKNOWN`, without regard to case.
    public var type: String?

    /// Makes a filter that lets everything pass.
    public init() {}

    /// Whether a listener is shown.
    public func matches(_ listener: ListenerSummary) -> Bool {
        if let address, !listener.addresses.contains(where: address.equalsIgnoringCase) {
            return false
        }
        if let port, listener.port != port { return false }
        return type.map(listener.type.rawValue.equalsIgnoringCase) ?? true
    }
}

/// Where the rows of the listeners' tables come from, and their order.
enum ListenerTable: TableSource {
    static let kind = CapturedKind.listeners
    static let projection = Projection([
        .whole("name"), .whole("address"), .whole("additional_addresses"),
        .whole("internal_listener"), .part("filter_chains", filterChain),
        .part("default_filter_chain", filterChain),
    ])

    private static let filterChain: [Projection.Field] = [
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
                        .part("rds", [.whole("route_config_name")]), .inlineRoutes,
                    ]),
            ]),
    ]

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.listeners.append(ListenerSummary(Listener(body), entry.place))
    }

    static func sort(_ summary: inout ProxySummary) {
        let isFixed: (ListenerSummary) -> Bool = { $0.place.state == .fixed }
        summary.listeners =
            (summary.listeners.filter { !isFixed($0) } + summary.listeners.filter(isFixed))
            .sorted(byKeys: { $0.appendKey(to: &$1) })
    }
}

extension TextTable {
    /// The listeners' table: a row a filter chain, those of one listener by destination, descending.
    public static func listeners(
        _ listeners: [ListenerSummary], named: Bool = false
    ) -> TextTable {
        let header = ["ADDRESSES", "PORT", "MATCH", "DESTINATION"]
        return TextTable((named ? ["NAME"] : []) + header, gap: 1) { body in
            for listener in listeners {
                let first = named ? ["listener/\(listener.name)"] : []
                let address = [listener.addresses.joined(separator: ","), String(listener.port)]
                for chain in listener.chainsByDestination {
                    body(first + address + [chain.match, chain.destination])
                }
            }
        }
    }

    /// The listeners' table with a row a listener.
    public static func listenerTypes(
        _ listeners: [ListenerSummary], named: Bool = false
    ) -> TextTable {
        let header = ["ADDRESSES", "PORT", "TYPE"]
        return TextTable((named ? ["NAME"] : []) + header, gap: 1) { body in
            for listener in listeners {
                let first = named ? ["listener/\(listener.name)"] : []
                let address = [listener.addresses.joined(separator: ","), String(listener.port)]
                body(first + address + [listener.type.rawValue])
            }
        }
    }

    /// The listeners' table for waypoints, whose listeners differ by name: a row a filter
    /// chain, in the dump's order.
    public static func waypointListeners(_ listeners: [ListenerSummary]) -> TextTable {
        TextTable(["LISTENER", "CHAIN", "MATCH", "DESTINATION"], gap: 1) { body in
            for listener in listeners {
                for chain in listener.chains {
                    body(["envoy://\(listener.name)", chain.name, chain.match, chain.destination])
                }
            }
        }
    }
}

public import EnvoyConfig
internal import EnvoyResources
public import Reporting

/// A route configuration, as its table shows it.
public struct RouteSummary: ResourceRow, Hashable {
    /// The route configuration's name; empty if one that stands in a listener has none.
    public var name: String
    /// Its virtual hosts, in the dump's order.
    public var virtualHosts: [VirtualHostSummary]
    /// Where it stands: active for RDS, fixed for one that stands in a listener.
    public var place: CapturedPlace

    init(_ routes: RouteConfiguration, _ place: CapturedPlace) {
        name = routes.name
        virtualHosts = routes.virtualHosts.map(VirtualHostSummary.init)
        self.place = place
    }

    /// The table's order: those of RDS before those that stand in listeners; among the former names
    /// that are numbers first and by number; the rest as in the dump.
    static func sorted(_ routes: [RouteSummary]) -> [RouteSummary] {
        routes.sorted(byKeys: { route, keys in
            let number = route.place.state == .fixed ? nil : Int(route.name)
            keys.append(route.place.state == .fixed ? 2 : number == nil ? 1 : 0)
            // A name is any number; what is negative or large sorts by its digits alone.
            let digits = number.map { String($0) } ?? ""
            keys.append(digits.utf8.count)
            keys.append(digits)
        })
    }
}

/// A virtual host, as the routes' table shows it.
public struct VirtualHostSummary: Sendable, Hashable {
    /// The virtual host's name.
    public var name: String
    /// Its domains, in the dump's order.
    public var domains: [String]
    /// Its routes, in the order in which they are tried, without those that only pass a request on
    /// out of the mesh.
    public var routes: [RouteRow]
    /// Whether it has no route at all: every request is answered with 404.
    public var isEmpty: Bool

    init(_ host: VirtualHost) {
        name = host.name
        domains = host.domains
        domainsText = DomainsText.text(of: domains)
        let all = host.routes
        isEmpty = all.isEmpty
        let isCatchAll = host.name == "block_all" || host.name == "allow_any"
        routes =
            isCatchAll
            ? []
            : all.compactMap { route in
                if case .forward(let action) = route.action, action.cluster == "PassthroughCluster"
                {
                    return nil
                }
                return RouteRow(
                    match: route.match.tableText, virtualService: ConfigOwner.text(of: route))
            }
    }

    /// The first two domains that differ by more than a port or the cluster's own suffix, and how
    /// many more there are: `a.b, c + 2 more...`.
    public var domainsText: String
}

/// A route, as its table shows it.
public struct RouteRow: Sendable, Hashable {
    /// The path: `/*`, `/exact`, `PathPrefix:/a`, `regex …`.
    public var match: String
    /// The virtual service that made it, `NAME.NAMESPACE`; empty if none did.
    public var virtualService: String
}

/// Which route configurations a view shows.
public struct RouteFilter: Sendable, Hashable {
    /// The name; nil for all.
    public var name: String?

    /// Makes a filter that lets everything pass.
    public init() {}

    /// Whether a route configuration is shown.
    public func matches(_ route: RouteSummary) -> Bool {
        name.map { ExactText($0) == ExactText(route.name) } ?? true
    }
}

/// Where the rows of the routes' tables come from, and their order.
enum RouteTable: TableSource {
    static let kind = CapturedKind.routes
    static let projection = Projection([
        .whole("name"),
        .part(
            "virtual_hosts",
            [
                .whole("name"), .whole("domains"),
                .part(
                    "routes", [.routeMatch, .part("route", [.whole("cluster")]), .istioConfig]),
            ]),
    ])

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.routes.append(RouteSummary(RouteConfiguration(body), entry.place))
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.routes = RouteSummary.sorted(summary.routes)
    }
}

extension TextTable {
    /// The routes' table: a row a route.
    public static func routes(_ routes: [RouteSummary], named: Bool = false) -> TextTable {
        let header = ["NAME", "VHOST NAME", "DOMAINS", "MATCH", "VIRTUAL SERVICE"]
        return TextTable(header) { body in
            for route in routes {
                let name = named ? "route/\(route.name)" : route.name
                for host in route.virtualHosts {
                    let first = [name, host.name, host.domainsText]
                    for row in host.routes { body(first + [row.match, row.virtualService]) }
                    if host.isEmpty { body(first + ["/*", "404"]) }
                }
            }
        }
    }

    /// The routes' table with a row a route configuration.
    public static func virtualHostCounts(
        _ routes: [RouteSummary], named: Bool = false
    ) -> TextTable {
        TextTable(["NAME", "VIRTUAL HOSTS"]) { body in
            for route in routes {
                let name = named ? "route/\(route.name)" : route.name
                body([name, String(route.virtualHosts.count)])
            }
        }
    }
}

public import EnvoyConfig
internal import EnvoyResources
public import Reporting

/// A scope of routes: which route configuration serves the requests of one key.
public struct ScopedRouteSummary: ResourceRow, Hashable {
    /// Its name.
    public var name: String
    /// The parts of its key, in order: `ScopedRouteConfiguration.Key.fragments`.
    public var key: [String]
    /// The route configuration that RDS delivers under this name, or that stands in it.
    public var routeConfiguration: String
    /// Whether it is fetched only when a request of its key comes.
    public var isOnDemand: Bool
    /// Where it stands.
    public var place: CapturedPlace

    init(_ body: CanonicalValue, _ entry: EntryPlace) {
        name = body["name"]?.stringValue ?? entry.name ?? ""
        key = (body["key"]?["fragments"]?.elements ?? []).map {
            $0["stringKey"]?.stringValue ?? ""
        }
        routeConfiguration =
            body["routeConfigurationName"]?.stringValue
            ?? body["routeConfiguration"]?["name"]?.stringValue ?? ""
        isOnDemand = body["onDemand"] == .literal("true")
        place = entry.place
    }
}

/// Where the rows of the scoped routes' table come from, and their order.
enum ScopedRouteTable: TableSource {
    static let kind = CapturedKind.section(.scopedRoutes)
    static let projection = Projection([
        .whole("name"), .whole("key"), .whole("route_configuration_name"), .whole("on_demand"),
        .part("route_configuration", [.whole("name")]),
    ])

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.scopedRoutes.append(ScopedRouteSummary(body, entry))
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.scopedRoutes = summary.scopedRoutes.sorted(byKeys: { $1.append($0.name) })
    }
}

extension TextTable {
    /// The scoped routes' table. istioctl has none.
    public static func scopedRoutes(_ scopes: [ScopedRouteSummary]) -> TextTable {
        TextTable(["SCOPE", "KEY", "ROUTE CONFIGURATION", "ON DEMAND"]) { body in
            for scope in scopes {
                body([
                    scope.name, scope.key.joined(separator: ","), scope.routeConfiguration,
                    scope.isOnDemand ? "true" : "false",
                ])
            }
        }
    }
}

internal import EnvoyConfig

/// Where the rows of a table come from: one file a table has its row, its columns, its filter and this.
protocol TableSource: Sendable {
    /// The lists whose resources become rows.
    static var kind: CapturedKind { get }
    /// What is read of a resource.
    static var projection: Projection { get }
    /// Makes the rows of a resource.
    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    /// Brings all rows into the table's order.
    static func sort(_ summary: inout ProxySummary)
}

extension TableSource {
    /// Rows of one entry, or that another table of the same rows brings into order.
    static func sort(_ summary: inout ProxySummary) {}
}

/// Where a resource stands, and the name of its entry.
struct EntryPlace {
    var place: CapturedPlace
    var name: String?
}

/// The tables: the list of them all.
enum TableSources {
    static let all: [any TableSource.Type] = [
        ClusterTable.self, ListenerTable.self, RouteTable.self, EndpointTable.self, HostTable.self,
        SecretTable.self, CertificateTable.self, ExtensionTable.self, BootstrapTable.self,
        ServerInfoTable.self, ScopedRouteTable.self,
    ]

    static func source(of kind: CapturedKind) -> (any TableSource.Type)? {
        all.first { $0.kind == kind }
    }
}

public import EnvoyConfig
internal import EnvoyResources
public import Reporting

/// An extension's configuration that ECDS delivered, as its table shows it.
public struct ExtensionSummary: Sendable, Hashable {
    /// The name under which a filter asks for it.
    public var name: String
    /// The type of its configuration, without the URL's prefix.
    public var type: String
    /// Where it stands.
    public var place: CapturedPlace

    init(_ configuration: Extension, _ place: CapturedPlace) {
        name = configuration.name
        type = configuration.configTypeName ?? ""
        self.place = place
    }
}

/// Where the rows of the ECDS table come from, and their order.
enum ExtensionTable: TableSource {
    static let kind = CapturedKind.ecds
    static let projection = Projection.whole

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.extensions.append(ExtensionSummary(Extension(body), entry.place))
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.extensions = summary.extensions.sorted(byKeys: {
            $1.append($0.type)
            $1.append($0.name)
        })
    }
}

extension TextTable {
    /// The table of what ECDS delivered.
    public static func extensions(_ extensions: [ExtensionSummary]) -> TextTable {
        TextTable(["ECDS NAME", "TYPE"]) { body in
            for configuration in extensions { body([configuration.name, configuration.type]) }
        }
    }
}

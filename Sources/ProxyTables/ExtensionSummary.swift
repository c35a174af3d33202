public import EnvoyConfig
internal import EnvoyResources

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

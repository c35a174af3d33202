public import EnvoyConfig

/// A name with a configuration of a type of its own: a filter, a transport socket, a
/// `TypedExtensionConfig`.
public struct Extension: EnvoyMessage {
    /// The canonical form.
    public let value: CanonicalValue

    /// Takes the canonical form.
    public init(_ value: CanonicalValue) {
        self.value = value
    }

    /// The name. Envoy goes by the type of the configuration and takes the name as a label.
    public var name: String { value.text("name") ?? "" }

    /// The configuration with its `@type`; nil where there is none, as in a filter that ECDS
    /// delivers.
    public var typedConfig: CanonicalValue? { value["typedConfig"] }

    /// The type of the configuration without the URL's prefix; nil where there is none.
    public var configTypeName: String? { typedConfig?.typeName }

    /// Where the configuration comes from when it is delivered apart (ECDS); nil where it stands
    /// here.
    public var configDiscovery: CanonicalValue? { value["configDiscovery"] }

    /// Whether the filter is off unless a route turns it on. Absent means no.
    public var isDisabled: Bool { value.flag("disabled") ?? false }

    /// The configuration as a message, where it is of a type.
    func config<Message: EnvoyMessage>(
        _ typeName: String, as type: Message.Type
    ) -> Message? {
        guard let config = typedConfig, config.typeName == typeName else { return nil }
        return Message(config)
    }
}

public import EnvoyConfig

extension Envoy {
    /// A name with a configuration of a type of its own: a filter, a transport socket, a
    /// `TypedExtensionConfig`.
    public struct Extension: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// What it is for, where that is known: one name can mean several.
        private let role: ExtensionNames.Role?

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.init(value, role: nil)
        }

        init(_ value: CanonicalValue, role: ExtensionNames.Role?) {
            self.value = value
            self.role = role
        }

        /// The name. Envoy goes by the type of the configuration and takes the name as a label.
        public var name: String { value.text("name") ?? "" }

        /// The configuration with its `@type`; nil if absent, as in a filter that ECDS
        /// delivers.
        public var typedConfig: CanonicalValue? { value["typedConfig"] }

        /// The type of the configuration without the URL's prefix; where there is no configuration, the
        /// type that the name tells Envoy up to 1.21 (`envoy.router` as well as
        /// `envoy.filters.http.router`). Nil if neither is known, or ECDS delivers it.
        public var configTypeName: String? {
            if let typedConfig { return typedConfig.typeName }
            return configDiscovery == nil ? ExtensionNames.typeName(ofExtension: name, role) : nil
        }

        /// Where the configuration comes from when it is delivered apart (ECDS); nil if it stands
        /// here.
        public var configDiscovery: CanonicalValue? { value["configDiscovery"] }

        /// Whether the filter is off unless a route turns it on. Absent means no.
        public var isDisabled: Bool { value.flag("disabled") ?? false }

        /// The configuration as a message, where it is of a type.
        func config<Message: EnvoyMessage>(
            _ typeName: String, as type: Message.Type
        ) -> Message? {
            guard configTypeName == typeName else { return nil }
            return Message(typedConfig ?? .object([]))
        }
    }
}

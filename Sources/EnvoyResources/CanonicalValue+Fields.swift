package import EnvoyConfig

/// Fields of a message, as their types are. A value that does not fit its field is absent.
extension CanonicalValue {
    /// What follows the last `/` of an Any's `@type`.
    package var typeName: String? {
        self["@type"]?.stringValue.map { url in
            url.lastIndex(of: "/").map { String(url[url.index(after: $0)...]) } ?? url
        }
    }

    /// The members of an object; none for anything else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    package func text(_ key: String) -> String? { self[key]?.stringValue }

    package func texts(_ key: String) -> [String] {
        self[key]?.elements.compactMap(\.stringValue) ?? []
    }

    /// A number that is computed with: a weight, a port, a count. Fields of these have 32 bits; what
    /// does not fit its field is kept by the canonical form and clamped here, so that no sum of a
    /// dump's numbers overflows.
    package func integer(_ key: String) -> Int? {
        wideInteger(key).map { min(max($0, -CanonicalValue.largest), CanonicalValue.largest) }
    }

    /// Beyond what 32 bits hold, and a million of them still fit into 64.
    private static let largest = 1 << 40

    /// A number of 64 bits that is only compared.
    package func wideInteger(_ key: String) -> Int? { self[key]?.intValue }

    /// A floating-point number; the strings `NaN` and `Infinity` are some too.
    package func double(_ key: String) -> Double? { self[key]?.doubleValue }

    package func flag(_ key: String) -> Bool? { self[key]?.boolValue }

    package func duration(_ key: String) -> Duration? { self[key]?.durationValue }

    package func message<Message: EnvoyMessage>(_ key: String, as type: Message.Type) -> Message? {
        guard case .object(let members) = self[key] else { return nil }
        return Message(.object(members))
    }

    package func messages<Message: EnvoyMessage>(
        _ key: String, as type: Message.Type
    ) -> [Message] {
        self[key]?.elements.map(Message.init) ?? []
    }
}

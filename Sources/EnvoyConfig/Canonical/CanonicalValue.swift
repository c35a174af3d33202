/// A value in canonical form: what is compared, and what is printed.
///
/// Two values that mean the same to Envoy are equal here, whichever way they were spelled: fields
/// stand in declaration order under their lowerCamelCase names, keys of maps are sorted, defaults
/// are gone, and each scalar has one spelling.
public enum CanonicalValue: Sendable, Hashable {
    /// A number, `true`, `false` or `null`, as it is printed.
    case literal(String)
    /// A string, unescaped.
    case string(String)
    /// A list, in its order.
    case list([CanonicalValue])
    /// A message, a map or a Struct, in the order in which it is printed.
    case object([Member])

    /// One field of a message, or one entry of a map.
    public struct Member: Sendable, Hashable {
        /// The name as it is printed, unescaped.
        public var key: String
        /// The value.
        public var value: CanonicalValue

        /// Makes a member.
        public init(key: String, value: CanonicalValue) {
            self.key = key
            self.value = value
        }

        /// Whether two members have the same key, byte for byte, and the same value.
        public static func == (first: Member, second: Member) -> Bool {
            ExactText(first.key) == ExactText(second.key) && first.value == second.value
        }
    }

    /// Whether two values are the same: byte for byte, unlike Swift's own strings.
    public static func == (first: CanonicalValue, second: CanonicalValue) -> Bool {
        switch (first, second) {
        case (.literal(let one), .literal(let other)), (.string(let one), .string(let other)):
            ExactText(one) == ExactText(other)
        case (.list(let one), .list(let other)):
            one == other
        case (.object(let one), .object(let other)):
            one == other
        default:
            false
        }
    }
}

extension CanonicalValue {
    /// An object of members in the order in which they are given.
    public static func members(_ members: [(String, CanonicalValue)]) -> CanonicalValue {
        .object(members.map { Member(key: $0.0, value: $0.1) })
    }
}

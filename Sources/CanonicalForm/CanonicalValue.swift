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
    }
}

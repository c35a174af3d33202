/// Values as they are written in a program, such as a test:
///
///     #expect(change.to == "10s")
///     let expected: CanonicalValue = ["maxConnections": 1024, "trackRemaining": true]
extension CanonicalValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral text: String) {
        self = .string(text)
    }

    /// A number.
    public init(integerLiteral number: Int) {
        self = .literal(String(number))
    }

    /// `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .literal(value ? "true" : "false")
    }

    /// `null`.
    public init(nilLiteral: ()) {
        self = .literal("null")
    }

    /// A list.
    public init(arrayLiteral elements: CanonicalValue...) {
        self = .list(elements)
    }

    /// An object, its members in the order in which they are written.
    public init(dictionaryLiteral members: (String, CanonicalValue)...) {
        self = .members(members)
    }
}

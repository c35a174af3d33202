/// Takes the tokens of a JSON document, one after the other.
///
///     struct KeyCounter: JSONVisitor {
///         var count = 0
///
///         mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) {
///             if token == .key { count += 1 }
///         }
///     }
///
///     let counter = try JSONParser.read(InputFile(path: "large.json"), KeyCounter())
public protocol JSONVisitor {
    /// Takes a token.
    ///
    /// - Parameters:
    ///   - token: What it is.
    ///   - text: The text of a key, a string or a number, unescaped, in UTF-8, lent for the call:
    ///     `String(utf8: text)` keeps it. Empty for everything else.
    /// - Throws: `JSONRefusal` to end the parse, which then throws a `JSONError` located here.
    mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) throws(JSONRefusal)
}

extension String {
    /// Copies a text that a parser lends.
    @inlinable
    public init(utf8 text: Span<UInt8>) {
        self = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

extension Span<UInt8> {
    /// Whether a text that a parser lends has the bytes of another one, without a copy.
    @inlinable
    public func isText(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return withUnsafeBufferPointer { bytes in
            text.withUTF8Buffer { bytes.elementsEqual($0) }
        }
    }
}

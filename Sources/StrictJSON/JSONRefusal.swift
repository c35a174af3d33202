/// Why a visitor does not go on: the parser makes a located `JSONError` of it, with the code `refused`.
public struct JSONRefusal: Error, Sendable, Hashable {
    /// What is wrong, for the error.
    public var message: String
    /// Where, in bytes from the beginning of the input; nil for the current event.
    public var offset: Int?

    /// Makes a refusal.
    public init(_ message: String, offset: Int? = nil) {
        self.message = message
        self.offset = offset
    }
}

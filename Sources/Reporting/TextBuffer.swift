/// Gathers what is written, in memory.
public struct TextBuffer: ByteOutput, Sendable {
    /// What was written.
    public private(set) var bytes: [UInt8] = []

    /// Makes an empty buffer.
    public init() {}

    /// Writes bytes.
    public mutating func write(_ bytes: ArraySlice<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }

    /// What was written, as a string.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

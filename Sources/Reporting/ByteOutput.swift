/// Where text goes: a string, a file. What is written is UTF-8.
public protocol ByteOutput {
    /// Writes bytes.
    mutating func write(_ bytes: ArraySlice<UInt8>)
}

extension ByteOutput {
    /// Writes a text.
    public mutating func write(_ text: String) {
        write(Array(text.utf8)[...])
    }
}

/// Gathers what is written.
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

/// Gathers what is written, in memory.
package struct TextBuffer: ByteOutput, Sendable {
    /// What was written.
    package private(set) var bytes: [UInt8] = []

    /// Makes an empty buffer.
    package init() {}

    /// Writes bytes.
    package mutating func write(_ bytes: ArraySlice<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }

    /// What was written, as a string.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

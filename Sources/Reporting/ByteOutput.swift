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

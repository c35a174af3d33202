extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are those of a text: mostly the lengths differ.
    @inlinable
    @inline(__always)
    package func matches(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] != text.utf8Start[index] { return false }
        return true
    }
}

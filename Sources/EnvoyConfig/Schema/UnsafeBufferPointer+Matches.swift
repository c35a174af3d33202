extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are those of a text: mostly the lengths differ.
    @inline(__always)
    package func matches(_ text: StaticString) -> Bool {
        matches(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Whether the bytes are the same, eight at a time, where `elementsEqual` goes one by one.
    @inline(__always)
    package func matches(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard let first = baseAddress, let second = other.baseAddress else { return true }
        return keysAreEqual(first, second, count)
    }
}

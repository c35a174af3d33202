#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension UnsafeRawBufferPointer {
    /// Whether these bytes begin with a text.
    package func starts(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && holds(text.bytes, at: 0)
    }

    /// Where a text first stands in these bytes, from a place on.
    package func firstPlace(of text: StaticString, from start: Int = 0) -> Int? {
        firstPlace(of: text.bytes, from: start)
    }

    /// The same for other bytes.
    package func firstPlace(of part: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
        guard let first = part.first else { return start }
        guard let base = baseAddress else { return nil }
        var place = start
        // memchr is the fastest way to the next candidate.
        while place + part.count <= count,
            let found = memchr(base + place, Int32(first), count - place - part.count + 1)
        {
            place = UnsafeRawPointer(found) - base
            if holds(part, at: place) { return place }
            place += 1
        }
        return nil
    }

    /// Where a text last stands in these bytes.
    package func lastPlace(of text: StaticString) -> Int? {
        stride(from: count - text.utf8CodeUnitCount, through: 0, by: -1)
            .first { holds(text.bytes, at: $0) }
    }

    private func holds(_ part: UnsafeRawBufferPointer, at place: Int) -> Bool {
        guard let base = baseAddress, let start = part.baseAddress else { return part.isEmpty }
        return memcmp(base + place, start, part.count) == 0
    }
}

extension StaticString {
    fileprivate var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}

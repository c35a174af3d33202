/// Parts of a dump's bytes: what is kept of a dump that can be read only as a stream.
package struct DumpParts: Sendable {
    /// The parts, by their place, without overlap.
    private var ranges: [Range<Int>] = []
    private var parts: [[UInt8]] = []
    /// Where the next bytes of the stream stand, and the first part that is not complete yet.
    private var offset = 0
    private var next = 0
    private var decoder = UTF16Decoder()

    /// Makes room for the parts that these ranges cover.
    package init(covering wanted: some Sequence<Range<Int>>) {
        for range in wanted.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        parts = ranges.map { _ in [] }
    }

    /// How many bytes the parts have.
    package var length: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Takes the next bytes of the stream, and keeps what belongs to a part. Places in UTF-16 are of
    /// what is made of it, as in the index.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if let decoded = decoder.decode(bytes) {
            decoded.withUnsafeBytes { keep($0) }
        } else {
            keep(bytes)
        }
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        let end = offset + bytes.count
        while next < ranges.count, ranges[next].lowerBound < end {
            let range = ranges[next].clamped(to: offset..<end)
            if !range.isEmpty {
                let place = range.lowerBound - offset..<range.upperBound - offset
                parts[next].append(contentsOf: bytes[place])
            }
            guard ranges[next].upperBound <= end else { break }
            next += 1
        }
        offset = end
    }

    /// The bytes of a range that lies in a part; nil if it was not kept or has not arrived.
    func bytes(in range: Range<Int>) -> [UInt8]? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = low + (high - low) / 2
            if ranges[middle].upperBound < range.upperBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < ranges.count, ranges[low].lowerBound <= range.lowerBound,
            parts[low].count == ranges[low].count
        else { return nil }
        let start = range.lowerBound - ranges[low].lowerBound
        return Array(parts[low][start..<start + range.count])
    }
}

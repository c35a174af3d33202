/// What rows sort by: for each row a key of bytes, all of them in one buffer, so that comparing two
/// touches nothing but bytes.
///
///     "reviews.default" 0 "v2" 0 0x23 0x78 "outbound"     service name, subset, port, direction
struct SortKeys {
    private var bytes: [UInt8] = []
    /// Where each key ends.
    private var ends: [Int] = []

    /// Adds a text to the key that is being made. What follows in the key counts only among equal
    /// texts.
    mutating func append(_ text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
    }

    /// Adds a number from 0 to 65535.
    mutating func append(_ number: Int) {
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number))
    }

    /// Ends the key of a row.
    mutating func endRow() { ends.append(bytes.count) }

    /// The places of the rows in their order; rows of one key keep theirs.
    ///
    /// - Complexity: O(*n* log *n*) comparisons.
    func order() -> [Int] {
        bytes.withUnsafeBufferPointer { bytes in
            ends.withUnsafeBufferPointer { ends in
                func key(_ row: Int) -> UnsafeBufferPointer<UInt8> {
                    let start = row == 0 ? 0 : ends[row - 1]
                    return UnsafeBufferPointer(rebasing: bytes[start..<ends[row]])
                }
                return ends.indices.sorted { first, second in
                    let (one, other) = (key(first), key(second))
                    for place in 0..<min(one.count, other.count) where one[place] != other[place] {
                        return one[place] < other[place]
                    }
                    return one.count == other.count ? first < second : one.count < other.count
                }
            }
        }
    }
}

extension Array {
    /// Sorted by keys that `append` adds for each element; elements of one key keep their order.
    func sorted(byKeys append: (Element, inout SortKeys) -> Void) -> [Element] {
        var keys = SortKeys()
        for element in self {
            append(element, &keys)
            keys.endRow()
        }
        return keys.order().map { self[$0] }
    }
}

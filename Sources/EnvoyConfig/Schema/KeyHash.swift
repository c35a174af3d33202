/// A 64-bit hash of a key's bytes. It reads nothing outside the key.
///
/// - Complexity: a few instructions for keys of up to 16 bytes, which most field names have.
package func keyHash(_ key: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(key)
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    if count >= 8 {
        var offset = 0
        while offset &+ 8 < count {
            hash =
                (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            offset &+= 8
        }
        // The last eight overlap those before: the count in the hash tells them apart.
        hash ^= raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    } else if count >= 4 {
        let first = UInt64(raw.loadUnaligned(as: UInt32.self))
        let last = UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
        hash ^= first | last << 32
    } else if count > 0 {
        hash ^= UInt64(key[0]) | UInt64(key[count >> 1]) << 8 | UInt64(key[count &- 1]) << 16
    }
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 29
}

/// Whether two keys of the same length have the same bytes.
@inline(__always)
func keysAreEqual(
    _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ count: Int
) -> Bool {
    let a = UnsafeRawPointer(first)
    let b = UnsafeRawPointer(second)
    if count >= 8 {
        let last = count &- 8
        if count <= 32 {
            // Four words that overlap where there are fewer: lengths vary so much that the processor
            // would guess a loop's end wrong every other time.
            let (two, three) = (min(8, last), min(16, last))
            return wordsDiffer(a, b, 0) | wordsDiffer(a, b, two) | wordsDiffer(a, b, three)
                | wordsDiffer(a, b, last) == 0
        }
        var offset = 0
        while offset &+ 8 < count {
            if wordsDiffer(a, b, offset) != 0 { return false }
            offset &+= 8
        }
        return wordsDiffer(a, b, last) == 0
    }
    if count >= 4 {
        return a.loadUnaligned(as: UInt32.self) == b.loadUnaligned(as: UInt32.self)
            && a.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
                == b.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
    }
    for index in 0..<count where first[index] != second[index] { return false }
    return true
}

/// The bits in which eight bytes differ.
@inline(__always)
func wordsDiffer(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
}

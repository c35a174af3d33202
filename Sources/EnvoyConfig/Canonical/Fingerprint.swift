/// 128 bits that stand for a value's canonical form: equal values have equal fingerprints, whichever
/// way they were spelled and in whichever order their fields came.
///
/// It is a hash against chance, not against an adversary: two different values share one with a
/// probability near 2⁻¹²⁸, but nobody keeps somebody from constructing two that do.
///
///     string   ─▶ mix(its bytes, 16 at a time)
///     field    ─▶ mix(number of the field, value)          ┐ added up: their order
///     map entry─▶ mix(key, value)                          ┘ has no meaning
///     element  ─▶ state = mix(state, value)                  chained: it has
package struct Fingerprint: Sendable, Hashable {
    /// The lower half.
    package var low: UInt64
    /// The upper half.
    package var high: UInt64

    /// Makes a fingerprint of its halves.
    @inlinable
    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// A fingerprint of a text that has a canonical form of its own.
    package init(of text: [UInt8]) {
        self = text.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { Fingerprint($0, bytes.count, tag: 0) } ?? .zero
        }
    }

    /// The sum of nothing.
    static let zero = Fingerprint(low: 0, high: 0)

    /// A fingerprint of bytes. `tag` keeps values of different types with the same bytes apart.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ count: Int, tag: UInt64) {
        var state = Fingerprint(
            low: 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count),
            high: 0xC2B2_AE3D_27D4_EB4F &+ tag)
        if count >= 16 {
            let raw = UnsafeRawPointer(bytes)
            var offset = 0
            while offset &+ 16 < count {
                state.absorb(Fingerprint.load8(raw + offset), Fingerprint.load8(raw + offset + 8))
                offset &+= 16
            }
            // The last sixteen overlap those before: the count in the state tells them apart.
            state.absorb(
                Fingerprint.load8(raw + count - 16), Fingerprint.load8(raw + count - 8))
        } else {
            state.absorbShort(bytes, count)
        }
        self = state
    }

    /// Takes in two words; each result depends on both and on all before them.
    @inline(__always)
    mutating func absorb(_ first: UInt64, _ second: UInt64) {
        let a = first ^ low ^ 0xA076_1D64_78BD_642F
        let b = second ^ high ^ 0xE703_7ED1_A0B4_28DB
        let product = a.multipliedFullWidth(by: b)
        // The factors are added again, so that a factor of zero does not wipe out the other.
        low = product.low &+ (b << 32 | b >> 32)
        high = product.high ^ a
    }

    /// Takes in another fingerprint, in order.
    @inline(__always)
    mutating func absorb(_ other: Fingerprint) {
        absorb(other.low, other.high)
    }

    /// Adds another fingerprint: the sum does not depend on the order.
    @inline(__always)
    mutating func add(_ other: Fingerprint) {
        low = low &+ other.low
        high = high &+ other.high
    }

    @inline(__always)
    private mutating func absorbShort(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        let raw = UnsafeRawPointer(bytes)
        if count >= 8 {
            absorb(Fingerprint.load8(raw), Fingerprint.load8(raw + count - 8))
        } else if count >= 4 {
            absorb(
                UInt64(raw.loadUnaligned(as: UInt32.self)),
                UInt64((raw + count - 4).loadUnaligned(as: UInt32.self)))
        } else if count > 0 {
            absorb(
                UInt64(bytes[0]) | UInt64(bytes[count >> 1]) << 8, UInt64(bytes[count &- 1]))
        } else {
            absorb(0, 0)
        }
    }

    @inline(__always)
    private static func load8(_ raw: UnsafeRawPointer) -> UInt64 {
        raw.loadUnaligned(as: UInt64.self)
    }
}

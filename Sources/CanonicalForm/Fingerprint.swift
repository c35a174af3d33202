/// 128 bits that stand for a value's canonical form: equal values have equal fingerprints, whichever
/// way they were spelled and in whichever order their fields came.
///
/// It is a hash against chance, not against an adversary: two different values of a dump share one
/// with a probability of 2⁻¹²⁸, but nobody kept somebody from constructing two that do.
public struct Fingerprint: Sendable, Hashable {
    /// The lower half.
    public var low: UInt64
    /// The upper half.
    public var high: UInt64

    /// Makes a fingerprint of its halves.
    @inlinable
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

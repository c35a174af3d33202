/// What a parser accepts at most. Real dumps stay far below both.
public struct JSONLimits: Sendable, Hashable {
    /// How deeply objects and lists may nest. Dumps reach 49.
    public var depth: Int
    /// How long a string, key or number may be, in bytes as it is written. The longest string seen
    /// in a dump has 2,800; an embedded Wasm module may have megabytes.
    public var tokenLength: Int

    /// Makes limits.
    public init(depth: Int = 512, tokenLength: Int = 16 << 20) {
        self.depth = depth
        self.tokenLength = tokenLength
    }
}

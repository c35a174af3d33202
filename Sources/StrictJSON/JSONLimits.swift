/// What a parser accepts at most. Real dumps stay far below both.
public struct JSONLimits: Sendable, Hashable {
    /// How deeply objects and lists may nest, at most `maximumDepth`. Dumps reach 49.
    public var depth: Int {
        didSet { depth = min(depth, JSONLimits.maximumDepth) }
    }
    /// How long a string, key or number may be, in bytes as it is written. The longest string seen
    /// in a dump has 2,800; an embedded Wasm module may have megabytes.
    public var tokenLength: Int

    /// The deepest nesting that can be allowed: trees are walked by recursion, whose stack is the
    /// thread's.
    public static let maximumDepth = 2048

    /// Makes limits.
    public init(depth: Int = 512, tokenLength: Int = 16 << 20) {
        self.depth = min(depth, JSONLimits.maximumDepth)
        self.tokenLength = tokenLength
    }
}

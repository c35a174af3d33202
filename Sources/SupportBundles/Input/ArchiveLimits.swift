/// How much may come out of an archive, and out of how little.
public struct ArchiveLimits: Sendable {
    /// Up to this many bytes nothing is refused.
    public var freeLength: Int
    /// Beyond it, how many bytes may come out of one. Dumps reach 60.
    public var ratio: Int
    /// How many bytes may come out at all. A bundle of a thousand proxies has some 20 GB.
    public var totalLength: Int
    /// How many entries there may be. A bundle of a thousand proxies has some 12,000.
    public var entries: Int

    /// Makes limits.
    public init(
        freeLength: Int = 64 << 20, ratio: Int = 250, totalLength: Int = 64 << 30,
        entries: Int = 100_000
    ) {
        self.freeLength = freeLength
        self.ratio = ratio
        self.totalLength = totalLength
        self.entries = entries
    }
}

/// How far something is read.
///
///     let dump = try ConfigDump(contentsOfFile: path) { progress in
///         print(progress.fractionCompleted ?? 0)
///     }
public struct ReadingProgress: Sendable, Hashable {
    /// How many bytes of the input were read, packed as they are.
    public var bytesRead: Int
    /// How many bytes the input has; nil if that is not known, as of a pipe.
    public var totalBytes: Int?
    /// How many entries of an archive or a folder were read; 0 of a single file.
    public var entries: Int

    /// Makes a progress.
    public init(bytesRead: Int = 0, totalBytes: Int? = nil, entries: Int = 0) {
        self.bytesRead = bytesRead
        self.totalBytes = totalBytes
        self.entries = entries
    }

    /// The part of the input that was read, from 0 to 1; nil if its length is not known.
    public var fractionCompleted: Double? {
        totalBytes.map { $0 > 0 ? min(1, Double(bytesRead) / Double($0)) : 1 }
    }
}

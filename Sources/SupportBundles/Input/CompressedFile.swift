#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Tells compressed files by their first bytes, and opens them.
public enum CompressedFile {
    private static let magics: [[UInt8]] = [
        [0x1F, 0x8B],  // gzip
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
        [0x28, 0xB5, 0x2F, 0xFD],  // zstd
        [0x42, 0x5A, 0x68],  // bzip2
    ]

    /// Whether a file is compressed. False where it cannot be opened: who reads it will say why.
    public static func isCompressed(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // A pipe would lose what is read here.
        guard lseek(descriptor, 0, SEEK_CUR) >= 0 else { return false }
        var first = [UInt8](repeating: 0, count: 8)
        let count = max(0, read(descriptor, &first, first.count))
        return magics.contains { first.prefix(count).starts(with: $0) }
    }

    /// Opens a file for as long as `body` runs.
    ///
    /// - Throws: What `body` throws; nothing of its own where the file cannot be opened: then the
    ///   descriptor is negative.
    public static func withDescriptor<Result, Failure: Error>(
        _ path: String, _ body: (CInt) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        return try body(descriptor)
    }
}

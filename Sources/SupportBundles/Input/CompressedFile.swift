#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Tells compressed files and archives by their first bytes, and opens them.
package enum CompressedFile {
    private static let magics: [[UInt8]] = [
        [0x1F, 0x8B],  // gzip
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
        [0x28, 0xB5, 0x2F, 0xFD],  // zstd
        [0x42, 0x5A, 0x68],  // bzip2
    ]
    private static let archiveMagics: [(place: Int, bytes: [UInt8])] = [
        (0, [0x50, 0x4B, 0x03, 0x04]),  // zip
        (257, Array("ustar".utf8)),  // tar
    ]

    /// Whether a capture has to be read as a stream that unpacks it: a file that is compressed or an
    /// archive, or a pipe, of which that cannot be told without taking its first bytes. False where it
    /// cannot be opened: what reads it will say why.
    static func isStream(path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        if status.st_mode & S_IFMT == S_IFIFO { return true }
        guard status.st_mode & S_IFMT == S_IFREG else { return false }
        let first = firstBytes(of: path, count: 512)
        return magics.contains { first.starts(with: $0) }
            || archiveMagics.contains { first.dropFirst($0.place).starts(with: $0.bytes) }
    }

    private static func firstBytes(of path: String, count: Int) -> [UInt8] {
        withDescriptor(path) { descriptor in
            guard descriptor >= 0 else { return [] }
            var bytes = [UInt8](repeating: 0, count: count)
            let got = max(0, read(descriptor, &bytes, bytes.count))
            return Array(bytes.prefix(got))
        }
    }

    /// Whether a file is compressed. False where it cannot be opened: who reads it will say why.
    package static func isCompressed(path: String) -> Bool {
        // A pipe would lose what is read here.
        guard FolderListing.isRegularFile(path) else { return false }
        let first = firstBytes(of: path, count: 8)
        return magics.contains { first.starts(with: $0) }
    }

    /// Opens a file for as long as `body` runs.
    ///
    /// - Throws: What `body` throws; nothing of its own where the file cannot be opened: then the
    ///   descriptor is negative.
    package static func withDescriptor<Result, Failure: Error>(
        _ path: String, _ body: (CInt) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        return try body(descriptor)
    }
}

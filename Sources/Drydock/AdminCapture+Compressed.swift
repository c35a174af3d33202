internal import CompressedInput
public import ConfigDumpIndex
public import JSONEvents
public import ProxyViews

extension AdminCapture {
    /// Opens a file that may be compressed (gzip, xz, zstd, bzip2). What is unpacked is kept in
    /// memory.
    ///
    /// - Throws: `ConfigDumpError` where it cannot be read.
    public static func reading(
        file path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) -> AdminCapture {
        guard CompressedFile.isCompressed(path: path) else {
            return try AdminCapture(contentsOfFile: path, limits: limits)
        }
        return try CompressedFile.withDescriptor(path) {
            (descriptor: CInt) throws(ConfigDumpError) in
            try reading(descriptor: descriptor, source: path, limits: limits)
        }
    }

    /// Reads a capture from a descriptor such as standard input, compressed or not, and keeps it in
    /// memory.
    ///
    /// - Throws: `ConfigDumpError` where it cannot be read.
    public static func reading(
        descriptor: CInt, source: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) -> AdminCapture {
        var bytes: [UInt8] = []
        do throws(ArchiveError) {
            let archive = try ArchiveReader(
                descriptor: descriptor, source: source, format: .single)
            if try archive.next() != nil {
                try archive.forEachChunk(failure: { $0 }) {
                    (chunk: UnsafeRawBufferPointer) throws(ArchiveError) in
                    bytes.append(contentsOf: chunk)
                }
            }
        } catch {
            throw ConfigDumpError(.archive, error.message, source: source)
        }
        return AdminCapture(bytes: bytes, source: source, limits: limits)
    }
}

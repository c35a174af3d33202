internal import EnvoyConfig

/// The bytes of one capture, unpacked where they are packed (gzip, xz, zstd, bzip2).
enum UnpackedBytes {
    /// Hands over what comes out of a descriptor, a chunk at a time.
    ///
    /// - Throws: What `body` throws, or a `ConfigDumpError` where what is packed is damaged, cut off
    ///   or a bomb.
    static func forEachChunk(
        of descriptor: CInt, source: String,
        _ body: (UnsafeRawBufferPointer) throws(ConfigDumpError) -> Void
    ) throws(ConfigDumpError) {
        func failure(_ error: ArchiveError) -> ConfigDumpError {
            ConfigDumpError(.archive, error.message, source: source)
        }
        let archive: ArchiveReader
        do throws(ArchiveError) {
            archive = try ArchiveReader(descriptor: descriptor, source: source, format: .single)
            guard try archive.next() != nil else { return }
        } catch {
            throw failure(error)
        }
        try archive.forEachChunk(failure: failure, body)
    }
}

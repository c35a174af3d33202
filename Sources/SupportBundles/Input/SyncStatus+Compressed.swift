public import DrydockDiff
public import EnvoyConfig

extension SyncStatus {
    /// Reads a sync status from a file that may be compressed (gzip, xz, zstd, bzip2), or an archive (tar, zip) of one capture.
    ///
    /// - Throws: `ConfigDumpError`, located, where it cannot be read or is no sync status.
    public static func reading(file path: String) throws(ConfigDumpError) -> SyncStatus {
        guard CompressedFile.isStream(path: path) else {
            return try SyncStatus(contentsOfFile: path)
        }
        return try CompressedFile.withDescriptor(path) {
            (descriptor: CInt) throws(ConfigDumpError) in
            try reading(descriptor: descriptor, source: path)
        }
    }

    /// Reads a sync status from a descriptor such as standard input, compressed or not.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is no sync status.
    public static func reading(
        descriptor: CInt, source: String
    ) throws(ConfigDumpError) -> SyncStatus {
        var bytes: [UInt8] = []
        try UnpackedBytes.forEachChunk(of: descriptor, source: source) {
            (chunk: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            bytes.append(contentsOf: chunk)
        }
        return try SyncStatus(bytes: bytes, source: source)
    }
}

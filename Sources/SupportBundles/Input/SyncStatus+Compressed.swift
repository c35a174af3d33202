public import DrydockDiff
public import EnvoyConfig
public import StrictJSON

extension SyncStatus {
    /// Reads a sync status from a file, which may be compressed (gzip, xz, zstd, bzip2), or an archive
    /// (tar, zip) of one capture.
    ///
    /// - Throws: `ConfigDumpError`, located, if it cannot be read or is not a sync status.
    public init(contentsOfFile path: String) throws(ConfigDumpError) {
        try self.init(InputFile.opened(path))
    }

    /// Reads a sync status from an open file such as standard input, compressed or not.
    ///
    /// - Throws: `ConfigDumpError`, located, if it is not a sync status.
    public init(_ file: InputFile) throws(ConfigDumpError) {
        guard file.isStream else {
            try self.init(unpacked: file)
            return
        }
        var bytes: [UInt8] = []
        try UnpackedBytes.forEachChunk(of: file) {
            (chunk: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            bytes.append(contentsOf: chunk)
        }
        try self.init(bytes: bytes, source: file.path)
    }
}

public import EnvoyConfig
public import EnvoyConfig
public import StrictJSON

extension AdminCapture {
    /// Opens a file that may be compressed (gzip, xz, zstd, bzip2), or an archive (tar, zip) of one capture, which is then unpacked for each
    /// question.
    ///
    /// - Throws: `ConfigDumpError` where it cannot be read.
    public static func reading(
        file path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) -> AdminCapture {
        guard CompressedFile.isStream(path: path) else {
            return try AdminCapture(contentsOfFile: path, limits: limits)
        }
        return AdminCapture(source: path, limits: limits) { (body) throws(ConfigDumpError) in
            try CompressedFile.withDescriptor(path) {
                (descriptor: CInt) throws(ConfigDumpError) in
                try UnpackedBytes.forEachChunk(of: descriptor, source: path, body)
            }
        }
    }

    /// Reads a capture from a descriptor such as standard input, compressed or not. It answers one
    /// question, unless it is kept in memory: see `kept()`.
    public static func reading(
        descriptor: CInt, source: String, limits: JSONLimits = JSONLimits()
    ) -> AdminCapture {
        AdminCapture(source: source, limits: limits) { (body) throws(ConfigDumpError) in
            try UnpackedBytes.forEachChunk(of: descriptor, source: source, body)
        }
    }
}

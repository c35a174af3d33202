public import EnvoyConfig
public import StrictJSON

extension AdminCapture {
    /// Opens a file, which may be compressed (gzip, xz, zstd, bzip2), or an archive (tar, zip) of one
    /// capture; it is then unpacked for each question.
    ///
    /// - Throws: `ConfigDumpError` if it cannot be read.
    public init(
        contentsOfFile path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) {
        self.init(try InputFile.opened(path), limits: limits)
    }

    /// Takes an open file such as standard input, compressed or not. A pipe answers one question,
    /// unless it is kept in memory: see `kept()`.
    public init(_ file: InputFile, limits: JSONLimits = JSONLimits()) {
        guard file.isStream else {
            self.init(unpacked: file, limits: limits)
            return
        }
        self.init(source: file.path, limits: limits) { (body) throws(ConfigDumpError) in
            try UnpackedBytes.forEachChunk(of: file, body)
        }
    }
}

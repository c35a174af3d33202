public import EnvoyConfig
public import StrictJSON

extension ConfigDump {
    /// Reads a dump from a file, which may be compressed (gzip, xz, zstd, bzip2), or an archive (tar,
    /// zip) of one capture. Of such a file what is unpacked is kept in memory, whatever `retention`
    /// says but `nothing`, since its resources are read again.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - retention: What is kept for its resources to be read again.
    ///   - limits: How deep and how long its JSON may be.
    ///   - progress: Told after each chunk how much was read.
    /// - Throws: `ConfigDumpError`, located, if it is not a dump or cannot be read; with the code
    ///   `cancelled` where the task was cancelled meanwhile.
    /// - Complexity: one pass over the file; memory for the index alone, and for what is kept.
    public init(
        contentsOfFile path: String, retaining retention: Retention = .path,
        limits: JSONLimits = JSONLimits(), progress: (ReadingProgress) -> Void = { _ in }
    ) throws(ConfigDumpError) {
        try self.init(
            InputFile.opened(path), retaining: retention, limits: limits, progress: progress)
    }

    /// Reads a dump from an open file such as standard input, compressed or not.
    ///
    ///     let dump = try ConfigDump(InputFile(descriptor: 0, name: "standard input"))
    ///
    /// - Parameters:
    ///   - file: The file. One that can be read twice can be so by several tasks at once.
    ///   - retention: What is kept for its resources to be read again.
    ///   - limits: How deep and how long its JSON may be.
    ///   - progress: Told after each chunk how much was read.
    /// - Throws: `ConfigDumpError`, located, if it is not a dump or cannot be read; with the code
    ///   `cancelled` where the task was cancelled meanwhile.
    public init(
        _ file: InputFile, retaining retention: Retention = .descriptor,
        limits: JSONLimits = JSONLimits(), progress: (ReadingProgress) -> Void = { _ in }
    ) throws(ConfigDumpError) {
        guard file.isStream else {
            try self.init(
                unpacked: file, retaining: retention, limits: limits, progress: progress)
            return
        }
        var builder = try ConfigDumpBuilder(
            source: file.path, limits: limits, keepsBytes: retention != .nothing)
        try UnpackedBytes.forEachChunk(of: file, progress: progress) {
            (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try builder.append(bytes)
        }
        let dump = try builder.finish()
        self = retention == .nothing ? dump.compacted() : dump
    }
}

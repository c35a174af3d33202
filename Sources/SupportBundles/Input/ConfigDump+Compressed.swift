public import EnvoyConfig
public import StrictJSON

extension ConfigDump {
    /// Reads a dump from a file that may be compressed (gzip, xz, zstd, bzip2), or an archive (tar, zip) of one capture. What is unpacked is
    /// kept in memory, since resources are read again.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is no dump or cannot be read.
    public static func reading(
        file path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) -> ConfigDump {
        guard CompressedFile.isStream(path: path) else {
            return try ConfigDump(contentsOfFile: path, limits: limits)
        }
        return try CompressedFile.withDescriptor(path) {
            (descriptor: CInt) throws(ConfigDumpError) in
            try reading(descriptor: descriptor, source: path, limits: limits)
        }
    }

    /// Reads a dump from a descriptor such as standard input, compressed or not, and keeps it in
    /// memory.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is no dump or cannot be read.
    public static func reading(
        descriptor: CInt, source: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) -> ConfigDump {
        var builder = try ConfigDumpBuilder(source: source, limits: limits)
        try UnpackedBytes.forEachChunk(of: descriptor, source: source) {
            (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try builder.append(bytes)
        }
        return try builder.finish()
    }
}

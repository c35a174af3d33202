public import StrictJSON

extension ConfigDump {
    /// What a dump keeps of its bytes, so that its resources can be read again. A resource that is
    /// read again is compared with its fingerprint: one that changed meanwhile is an error
    /// (`ConfigDumpError.Code.changed`), never another value.
    public enum Retention: Sendable, Hashable {
        /// The path of its file, which is opened again: ten thousand dumps need no descriptor. What
        /// cannot be opened again, such as a pipe, is kept in memory.
        case path
        /// Its open file, which may then be renamed or removed. What cannot be read twice, such as a
        /// pipe, is kept in memory.
        case descriptor
        /// The bytes, in memory.
        case bytes
        /// Nothing: the index alone. Reading a resource throws `ConfigDumpError.Code.notKept`.
        case nothing
    }

    /// Reads a dump from a file. With `import Drydock` the file may be compressed as well.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - retention: What is kept for its resources to be read again.
    ///   - limits: How deep and how long its JSON may be.
    ///   - progress: Told after each chunk of 256 kB how much was read.
    /// - Throws: `ConfigDumpError`, located, if it is not a dump or cannot be read; with the code
    ///   `cancelled` where the task was cancelled meanwhile, `packed` where it is compressed.
    /// - Complexity: one pass over the file; memory for the index alone.
    @_disfavoredOverload
    public init(
        contentsOfFile path: String, retaining retention: Retention = .path,
        limits: JSONLimits = JSONLimits(), progress: (ReadingProgress) -> Void = { _ in }
    ) throws(ConfigDumpError) {
        let file = try InputFile.opened(path)
        try file.requireUnpacked()
        try self.init(unpacked: file, retaining: retention, limits: limits, progress: progress)
    }

    /// Reads a dump from an open file.
    ///
    /// - Parameters:
    ///   - file: The file. It can be read several times, and by several tasks at once.
    ///   - retention: What is kept for its resources to be read again.
    ///   - limits: How deep and how long its JSON may be.
    ///   - progress: Told after each chunk of 256 kB how much was read.
    /// - Throws: `ConfigDumpError`, located, if it is not a dump or cannot be read; with the code
    ///   `cancelled` where the task was cancelled meanwhile.
    /// - Complexity: one pass over the file; memory for the index alone.
    @_disfavoredOverload
    public init(
        _ file: InputFile, retaining retention: Retention = .descriptor,
        limits: JSONLimits = JSONLimits(), progress: (ReadingProgress) -> Void = { _ in }
    ) throws(ConfigDumpError) {
        try file.requireUnpacked()
        try self.init(unpacked: file, retaining: retention, limits: limits, progress: progress)
    }

    /// Reads a dump from an open file that is not packed.
    package init(
        unpacked file: InputFile, retaining retention: Retention, limits: JSONLimits,
        progress: (ReadingProgress) -> Void
    ) throws(ConfigDumpError) {
        let keepsBytes = retention == .bytes || retention != .nothing && !file.isSeekable
        var builder = try ConfigDumpBuilder(
            source: file.path, limits: limits, keepsBytes: keepsBytes)
        try file.forEachChunk(progress: progress, failure: ConfigDumpError.init) {
            (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try builder.append(bytes)
        }
        let dump = try builder.finish()
        switch retention {
        case .nothing: self = dump.stored(in: nil)
        // What was decoded is in memory already.
        case _ where dump.storage != nil: self = dump
        case .path: self = dump.stored(in: .path(file.path))
        case .descriptor, .bytes: self = dump.stored(in: .file(file))
        }
    }

    /// Reads a dump from memory.
    ///
    /// - Throws: `ConfigDumpError`, located, if it is not a dump.
    public init(
        bytes: some Sequence<UInt8>, source: String = "dump", limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) {
        let bytes = Array(bytes)
        var builder = try ConfigDumpBuilder(source: source, limits: limits, keepsBytes: false)
        try bytes.withBytes { (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try builder.append(bytes)
        }
        let dump = try builder.finish()
        self = dump.storage == nil ? dump.stored(in: .bytes(bytes)) : dump
    }

    /// Reads a dump as its chunks arrive, such as those of a request's body. Between two chunks no
    /// thread waits.
    ///
    ///     let dump = try await ConfigDump.reading(response.body, source: "pod-1")
    ///
    /// - Parameters:
    ///   - chunks: The bytes: `[UInt8]`, `Data`, a slice, a view of a buffer.
    ///   - source: The name of the dump in errors.
    ///   - keepsBytes: Whether its bytes are kept in memory, for its resources to be read again.
    ///   - limits: How deep and how long its JSON may be.
    ///   - progress: Told after each chunk how much was read.
    /// - Returns: The dump.
    /// - Throws: `ConfigDumpError`, located, if it is not a dump; `CancellationError` where the task
    ///   was cancelled; what `chunks` throws.
    public static func reading<Chunks: AsyncSequence>(
        _ chunks: Chunks, source: String = "dump", keepsBytes: Bool = true,
        limits: JSONLimits = JSONLimits(), progress: (ReadingProgress) -> Void = { _ in }
    ) async throws -> ConfigDump where Chunks.Element: Sequence<UInt8> {
        var builder = try ConfigDumpBuilder(source: source, limits: limits, keepsBytes: keepsBytes)
        var done = ReadingProgress()
        for try await chunk in chunks {
            try Task.checkCancellation()
            done.bytesRead += try builder.append(contentsOf: chunk)
            progress(done)
        }
        // A sequence that ends early because of a cancellation is not a truncated dump.
        try Task.checkCancellation()
        let dump = try builder.finish()
        return keepsBytes ? dump : dump.stored(in: nil)
    }
}

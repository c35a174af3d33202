public import StrictJSON

/// A captured answer of Envoy's admin port: a config dump, whole or of one `?resource=`, `/clusters`
/// in both of its forms, `/certs`, `/server_info`, or a bare bootstrap. Istiod's config dump is one
/// too.
///
/// Nothing is read before it is asked for; each question is one pass over the capture.
///
///     let capture = try AdminCapture(contentsOfFile: "config_dump.json")
///     let summary = try capture.summary(of: [.clusters])
///     for cluster in summary.clusters { print(cluster.serviceName, cluster.type) }
public struct AdminCapture: Sendable {
    /// Hands out a capture from its beginning, a chunk at a time.
    public typealias Chunks =
        @Sendable (_ body: (UnsafeRawBufferPointer) throws(ConfigDumpError) -> Void)
        throws(ConfigDumpError) -> Void

    private enum Storage {
        case file(InputFile)
        case bytes([UInt8])
        case stream(Chunks)
    }

    /// The name of the capture in errors: a file's path, or what the caller chose.
    public let source: String
    let limits: JSONLimits
    private let storage: Storage
    /// What is to be said of a capture that was decoded when it was kept.
    private var keptWarnings: [String] = []

    /// Opens a file. What cannot be read twice, such as a pipe, is a stream.
    ///
    /// - Throws: `ConfigDumpError` if it cannot be read; with the code `packed` where it is
    ///   compressed, which `import Drydock` reads.
    @_disfavoredOverload
    public init(
        contentsOfFile path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) {
        let file = try InputFile.opened(path)
        try file.requireUnpacked()
        self.init(unpacked: file, limits: limits)
    }

    /// Takes an open file that is not packed.
    package init(unpacked file: InputFile, limits: JSONLimits) {
        source = file.path
        self.limits = limits
        storage =
            file.isSeekable
            ? .file(file)
            : .stream { (body) throws(ConfigDumpError) in
                try file.forEachChunk(failure: ConfigDumpError.init, body)
            }
    }

    /// Takes a capture that comes as a stream, such as a packed file. Each question reads it from its
    /// beginning; one that can be read only once, such as standard input, answers one question, or
    /// any number once it is `kept()`.
    public init(
        source: String, limits: JSONLimits = JSONLimits(), chunks: @escaping Chunks
    ) {
        self.source = source
        self.limits = limits
        storage = .stream(chunks)
    }

    /// Takes a capture from memory.
    public init(bytes: [UInt8], source: String = "capture", limits: JSONLimits = JSONLimits()) {
        self.source = source
        self.limits = limits
        storage = .bytes(bytes)
    }

    /// Hands the entries of the capture to a sink.
    ///
    /// - Throws: `ConfigDumpError`, located, if it cannot be read.
    /// - Complexity: one pass.
    package func read(into sink: any CaptureSink) throws(ConfigDumpError) -> CaptureOutcome {
        var stream = try CaptureStream(
            sink, expected: .adminCapture, source: source, limits: limits)
        try forEachChunk { (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try stream.append(bytes)
        }
        var outcome = try stream.finish()
        outcome.warnings.insert(contentsOf: keptWarnings, at: 0)
        return outcome
    }

    /// The same capture, a stream kept in memory: resources can then be read again from it.
    ///
    /// - Throws: `ConfigDumpError` if it cannot be read, or is text and not `/clusters`.
    /// - Complexity: a stream's length in time and memory, of a text that is not `/clusters` the first
    ///   64 kB; nothing for the others, but for one in UTF-16.
    public func kept() throws(ConfigDumpError) -> AdminCapture {
        switch storage {
        case .bytes: return self
        // Places in UTF-16 are not those of what is read.
        case .file(let file): if !file.isUTF16 { return self }
        case .stream: break
        }
        var bytes: [UInt8] = []
        var beginning = CaptureBeginning()
        var decoder = UTF16Decoder()
        try forEachChunk { (chunk: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            let decoded = decoder.decode(chunk) ?? Array(chunk)
            bytes += decoded
            if beginning.isFull { return }
            decoded.withUnsafeBytes { beginning.append($0) { _, _ in } }
            if beginning.isFull, beginning.kind == .text,
                !ClusterText.isClusterText(beginning.bytes)
            {
                throw NotADump.error(beginning.bytes, expected: .adminCapture, source: source)
            }
        }
        bytes += decoder.finish()
        var kept = AdminCapture(bytes: bytes, source: source, limits: limits)
        if decoder.isDecoding { kept.keptWarnings = [UTF16Decoder.warning] }
        return kept
    }

    private func forEachChunk(
        _ body: (UnsafeRawBufferPointer) throws(ConfigDumpError) -> Void
    ) throws(ConfigDumpError) {
        switch storage {
        case .file(let file):
            try file.forEachChunk(failure: ConfigDumpError.init, body)
        case .bytes(let bytes):
            try bytes.withBytes(body)
        case .stream(let chunks):
            try chunks(body)
        }
    }

    /// An entry is not what it was when the capture was read.
    var changed: ConfigDumpError {
        ConfigDumpError(
            .changed, "the file changed since it was indexed: it was written meanwhile",
            source: source)
    }

    /// The bytes of a range; none of a stream that is not kept.
    func bytes(in range: Range<Int>) throws(ConfigDumpError) -> [UInt8] {
        switch storage {
        case .file(let file):
            do throws(FileError) {
                return try file.bytes(in: range)
            } catch {
                if let length = file.length, length < range.upperBound { throw changed }
                throw ConfigDumpError(error)
            }
        case .bytes(let bytes):
            guard range.upperBound <= bytes.count else {
                throw ConfigDumpError(
                    .io, "the capture ends before byte \(range.upperBound)", source: source)
            }
            return Array(bytes[range])
        case .stream:
            return []
        }
    }
}

extension InputFile {
    /// Whether the file is a capture in UTF-16.
    fileprivate var isUTF16: Bool {
        guard let length, length >= 2, let first = try? bytes(in: 0..<2) else { return false }
        var decoder = UTF16Decoder()
        _ = first.withUnsafeBytes { decoder.decode($0) }
        return decoder.isDecoding
    }
}

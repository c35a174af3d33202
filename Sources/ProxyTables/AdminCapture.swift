public import EnvoyConfig
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

    /// Opens a file. What cannot be read twice, such as a pipe, is a stream.
    ///
    /// - Throws: `ConfigDumpError` where it cannot be read.
    public init(
        contentsOfFile path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) {
        source = path
        self.limits = limits
        let file = try AdminCapture.open(path)
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

    /// What the tables of some kinds show. With `readsWhole` every field of an entry is looked at, not
    /// only those that a table shows, so that whatever is wrong or unknown in an entry is found now
    /// and not when it is printed.
    ///
    /// A section that is there and empty gives no rows, and so do ECDS and endpoints that a dump with
    /// other sections lacks: Envoy leaves these out.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is not a capture, has nothing of any of these
    ///   kinds, or cannot be read.
    /// - Complexity: one pass; memory for the rows alone.
    public func summary(
        of kinds: Set<CapturedKind>, readsWhole: Bool = false
    ) throws(ConfigDumpError) -> ProxySummary {
        var pass = try CapturePass(
            SummaryCollector(kinds, readsWhole: readsWhole), source: source, limits: limits)
        try forEachChunk { (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try pass.append(bytes)
        }
        return try pass.finish()
    }

    /// The same capture, a stream kept in memory: resources can then be read again from it.
    ///
    /// - Throws: `ConfigDumpError` where it cannot be read, or is text and not `/clusters`.
    /// - Complexity: a stream's length in time and memory, of a text that is not `/clusters` the first
    ///   64 kB; nothing for the others.
    public func kept() throws(ConfigDumpError) -> AdminCapture {
        guard case .stream = storage else { return self }
        var bytes: [UInt8] = []
        var beginning = CaptureBeginning()
        try forEachChunk { (chunk: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            if !beginning.isFull {
                beginning.append(chunk)
                if beginning.isFull, beginning.kind == .text,
                    !ClusterText.isClusterText(beginning.bytes)
                {
                    throw NotADump.error(
                        beginning.bytes, expected: .adminCapture, source: source)
                }
            }
            bytes.append(contentsOf: chunk)
        }
        return AdminCapture(bytes: bytes, source: source, limits: limits)
    }

    private func forEachChunk(
        _ body: (UnsafeRawBufferPointer) throws(ConfigDumpError) -> Void
    ) throws(ConfigDumpError) {
        switch storage {
        case .file(let file):
            // A pass of its own, from the beginning.
            try AdminCapture.open(file.path).forEachChunk(failure: ConfigDumpError.init, body)
        case .bytes(let bytes):
            var failure: ConfigDumpError?
            bytes.withUnsafeBytes { bytes in
                do throws(ConfigDumpError) { try body(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
        case .stream(let chunks):
            try chunks(body)
        }
    }

    private static func open(_ path: String) throws(ConfigDumpError) -> InputFile {
        do throws(FileError) {
            return try InputFile(path: path)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// An entry is not what it was when the capture was read.
    var changed: ConfigDumpError {
        ConfigDumpError(
            .io, "the file changed while it was read: it is being written", source: source)
    }

    /// The bytes of an entry; none of a stream that is not kept.
    func bytes(at place: CapturedPlace) throws(ConfigDumpError) -> [UInt8] {
        switch storage {
        case .file(let file):
            do throws(FileError) {
                return try file.bytes(in: place.range)
            } catch {
                if let length = file.length, length < place.range.upperBound { throw changed }
                throw ConfigDumpError(error)
            }
        case .bytes(let bytes):
            guard place.range.upperBound <= bytes.count else {
                throw ConfigDumpError(
                    .io, "the capture ends before byte \(place.range.upperBound)", source: source)
            }
            return Array(bytes[place.range])
        case .stream:
            return []
        }
    }
}

/// Reads entries of a capture again, whole.
struct EntryReader {
    private let capture: AdminCapture
    private let schema = EnvoySchema()

    init(_ capture: AdminCapture) {
        self.capture = capture
    }

    /// The message of an entry, in canonical form, lists in the dump's order.
    func entry(at place: CapturedPlace) throws(ConfigDumpError) -> CanonicalValue {
        let bytes = try capture.bytes(at: place)
        if place.kind == .clusterStatus, bytes.first != UInt8(ascii: "{") {
            return ClusterText.statuses(bytes).first?.value ?? .object([])
        }
        guard let list = CapturedList.of(place),
            let layout = schema.message(named: list.typeName)
        else { return .object([]) }
        do throws(JSONError) {
            return try TreeReader.value(
                of: bytes, purpose: .message(layout), schema: schema, limits: capture.limits,
                source: capture.source
            ).withoutType
        } catch  where error.code != .refused {
            // It was read once, and is another text by now.
            throw capture.changed
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// The resource of an entry without its own `@type`.
    func resource(at place: CapturedPlace) throws(ConfigDumpError) -> CanonicalValue {
        let entry = try entry(at: place)
        return (CapturedEntry.body(of: entry, place.kind) ?? .object([])).withoutType
    }
}

extension CanonicalValue {
    /// An object without its `@type`.
    var withoutType: CanonicalValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.key != "@type" })
    }
}

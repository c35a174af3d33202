internal import CanonicalForm
public import ConfigDumpIndex
internal import EnvoySchema
public import JSONEvents

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
    private enum Storage {
        case file(InputFile)
        case bytes([UInt8])
    }

    /// The name of the capture in errors: a file's path, or what the caller chose.
    public let source: String
    let limits: JSONLimits
    private let storage: Storage

    /// Opens a file. What cannot be read twice, such as a pipe, is kept in memory.
    ///
    /// - Throws: `ConfigDumpError` where it cannot be read.
    public init(
        contentsOfFile path: String, limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) {
        source = path
        self.limits = limits
        do throws(FileError) {
            let file = try InputFile(path: path)
            if file.isSeekable {
                storage = .file(file)
            } else {
                var bytes: [UInt8] = []
                try file.forEachChunk(failure: { $0 }) {
                    (chunk: UnsafeRawBufferPointer) throws(FileError) in
                    bytes.append(contentsOf: chunk)
                }
                storage = .bytes(bytes)
            }
        } catch {
            throw ConfigDumpError(error)
        }
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
    /// - Throws: `ConfigDumpError`, located, where it is no capture or cannot be read.
    /// - Complexity: one pass; memory for the rows alone.
    public func summary(
        of kinds: Set<CapturedKind>, readsWhole: Bool = false
    ) throws(ConfigDumpError) -> ProxySummary {
        var pass = try CapturePass(
            SummaryCollector(kinds, readsWhole: readsWhole), source: source, limits: limits)
        switch storage {
        case .file(let file):
            // A pass of its own, from the beginning.
            let again: InputFile
            do throws(FileError) {
                again = try InputFile(path: file.path)
            } catch {
                throw ConfigDumpError(error)
            }
            try again.forEachChunk(failure: ConfigDumpError.init) {
                (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in try pass.append(bytes)
            }
        case .bytes(let bytes):
            var failure: ConfigDumpError?
            bytes.withUnsafeBytes { bytes in
                do throws(ConfigDumpError) { try pass.append(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        return try pass.finish()
    }

    /// The bytes of an entry.
    func bytes(at place: CapturedPlace) throws(ConfigDumpError) -> [UInt8] {
        switch storage {
        case .file(let file):
            do throws(FileError) {
                return try file.bytes(in: place.range)
            } catch {
                throw ConfigDumpError(error)
            }
        case .bytes(let bytes):
            return Array(bytes[place.range])
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

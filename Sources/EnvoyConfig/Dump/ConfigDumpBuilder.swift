public import StrictJSON

/// Reads a config dump as its bytes arrive.
///
///     var builder = try ConfigDumpBuilder(source: "stdin")
///     while let chunk = next() { try builder.append(contentsOf: chunk) }
///     let dump = try builder.finish()
///
/// For chunks that arrive asynchronously `ConfigDump.reading(_:source:)` does all of it.
public struct ConfigDumpBuilder: ~Copyable {
    private var stream: CaptureStream
    private let index: IndexBuilder
    private let source: String
    private let limits: JSONLimits
    private var kept: [UInt8]?

    /// Makes a builder. `source` names the dump in errors; `keepsBytes` says whether the bytes are
    /// kept, which a dump needs whose resources are read again and which is in no file.
    public init(
        source: String, limits: JSONLimits = JSONLimits(), keepsBytes: Bool = true
    ) throws(ConfigDumpError) {
        try self.init(
            source: source, limits: limits, keepsBytes: keepsBytes, indexing: IndexOptions())
    }

    /// Makes a builder that indexes a part of a dump. `observer` is handed each resource as soon as it is
    /// indexed, with the fields of it that the options ask for.
    package init(
        source: String, limits: JSONLimits = JSONLimits(), keepsBytes: Bool = true,
        indexing options: IndexOptions,
        observer: ((Resource, CanonicalValue?) -> Void)? = nil
    ) throws(ConfigDumpError) {
        self.source = source
        self.limits = limits
        kept = keepsBytes ? [] : nil
        index = IndexBuilder(options, observer)
        stream = try CaptureStream(index, expected: .configDump, source: source, limits: limits)
    }

    /// Takes the next bytes.
    ///
    /// - Throws: `ConfigDumpError` at the first byte that is wrong.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        kept?.append(contentsOf: bytes)
        try stream.append(bytes)
    }

    /// Takes the next bytes, such as `[UInt8]`, `Data` or a slice of these.
    ///
    /// - Returns: How many bytes these were.
    /// - Throws: `ConfigDumpError` at the first byte that is wrong.
    @discardableResult
    public mutating func append(
        contentsOf bytes: some Sequence<UInt8>
    ) throws(ConfigDumpError) -> Int {
        try bytes.withRawBytes { (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try append(bytes)
            return bytes.count
        }
    }

    /// The node of the bootstrap as soon as it has passed, where it is asked for.
    package var node: CanonicalValue? { index.node }

    /// Ends the dump.
    ///
    /// - Throws: `ConfigDumpError` if it is not complete, or no dump.
    public consuming func finish() throws(ConfigDumpError) -> ConfigDump {
        let (source, limits, index, kept) = (source, limits, index, kept)
        let outcome = try stream.finish()
        // A `?resource=` that found nothing is `{}`.
        if outcome.shape.hasOtherKeys, !outcome.isConfigDump {
            throw outcome.error(expected: .configDump, source: source)
        }
        // Places in UTF-16 are not those of what was read.
        let bytes = outcome.decoded ?? kept
        return ConfigDump(
            source: source, index: index, outcome: outcome, storage: bytes.map { .bytes($0) },
            limits: limits)
    }
}

/// What of a dump is indexed.
package struct IndexOptions: Sendable {
    /// The kinds that the index leaves out: their resources are passed over.
    package var leftOut: Set<ResourceKind>
    /// The fields that are read of the resources of a kind, in addition to their fingerprints.
    package var fields: [ResourceKind: Projection]

    package init(
        leavingOut kinds: Set<ResourceKind> = [], fields: [ResourceKind: Projection] = [:]
    ) {
        leftOut = kinds
        self.fields = fields
    }
}

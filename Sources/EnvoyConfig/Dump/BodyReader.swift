internal import StrictJSON

/// Reads single resources from their bytes, one after the other; what it learns of the schema, and its
/// memory, it keeps.
struct BodyReader {
    /// How a resource is read.
    struct Request {
        var purpose: CanonicalPurpose
        /// What it is read as where it has no `@type`.
        var untyped: UnsafePointer<MessageLayout>?
        var projection = Projection.whole
        /// For what purpose it is fingerprinted too; nil if it is not.
        var fingerprint: CanonicalPurpose?
    }

    let schema = EnvoySchema()
    private var handler: BodyEvents

    init() {
        handler = BodyEvents(schema: schema)
    }

    /// Reads a resource: its tree, and its fingerprint if that is asked for. One parse makes both.
    ///
    /// - Throws: `JSONError`, located in these bytes.
    mutating func read(
        _ bytes: [UInt8], _ request: Request, limits: JSONLimits, source: String
    ) throws(JSONError) -> (value: CanonicalValue, fingerprint: Fingerprint?) {
        handler.start(request)
        var parser = try _EventParser(
            handler: handler, limits: limits, source: source, expectedLength: bytes.count)
        try bytes.withBytes { (bytes: UnsafeRawBufferPointer) throws(JSONError) in
            try parser.parse(bytes)
        }
        try parser.finish()
        return (parser.handler.tree.result ?? .object([]), parser.handler.fingerprint)
    }
}

/// The events of one resource.
private struct BodyEvents: _EventHandler {
    var tree: ProjectedTree
    private var fingerprinter: Canonicalizer<FingerprintOutput>
    private var isFingerprinted = false

    init(schema: EnvoySchema) {
        tree = ProjectedTree(schema: schema)
        fingerprinter = Canonicalizer(schema: schema, output: FingerprintOutput())
    }

    mutating func start(_ request: BodyReader.Request) {
        tree.start(request.purpose, untyped: request.untyped, request.projection)
        isFingerprinted = request.fingerprint != nil
        if let purpose = request.fingerprint {
            fingerprinter.start(purpose, untyped: request.untyped)
        }
    }

    var fingerprint: Fingerprint? {
        isFingerprinted ? fingerprinter.result?.fingerprint : nil
    }

    var refusal: JSONRefusal? {
        (tree.refusal ?? fingerprinter.refusal).map { JSONRefusal($0.description) }
    }

    mutating func begin(_ cursor: _EventCursor) {}

    mutating func null() -> Bool {
        tree.null() && (!isFingerprinted || fingerprinter.null())
    }

    mutating func boolean(_ value: Bool) -> Bool {
        tree.boolean(value) && (!isFingerprinted || fingerprinter.boolean(value))
    }

    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        tree.number(text, count) && (!isFingerprinted || fingerprinter.number(text, count))
    }

    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        tree.string(text, count) && (!isFingerprinted || fingerprinter.string(text, count))
    }

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        tree.key(text, count) && (!isFingerprinted || fingerprinter.key(text, count))
    }

    mutating func beginObject() -> Bool {
        tree.beginObject() && (!isFingerprinted || fingerprinter.beginObject())
    }

    mutating func endObject() -> Bool {
        tree.endObject() && (!isFingerprinted || fingerprinter.endObject())
    }

    mutating func beginArray() -> Bool {
        tree.beginArray() && (!isFingerprinted || fingerprinter.beginArray())
    }

    mutating func endArray() -> Bool {
        tree.endArray() && (!isFingerprinted || fingerprinter.endArray())
    }

    static let callbacks = _EventCallbacks(
        null: { _EventSession<BodyEvents>.at($0).pointee.null() },
        boolean: { _EventSession<BodyEvents>.at($0).pointee.boolean($1) },
        number: { _EventSession<BodyEvents>.at($0).pointee.number($1, $2) },
        string: { _EventSession<BodyEvents>.at($0).pointee.string($1, $2) },
        beginObject: { _EventSession<BodyEvents>.at($0).pointee.beginObject() },
        key: { _EventSession<BodyEvents>.at($0).pointee.key($1, $2) },
        endObject: { _EventSession<BodyEvents>.at($0).pointee.endObject() },
        beginArray: { _EventSession<BodyEvents>.at($0).pointee.beginArray() },
        endArray: { _EventSession<BodyEvents>.at($0).pointee.endArray() })
}

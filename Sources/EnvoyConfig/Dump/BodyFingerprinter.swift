internal import StrictJSON

/// Fingerprints one resource from its bytes.
struct BodyFingerprinter: JSONEventHandler {
    private var fingerprinter: ResourceFingerprinter

    var refusal: JSONRefusal? { fingerprinter.refusal.map { JSONRefusal($0.description) } }

    /// The fingerprint of a body; nil where nothing of it is kept.
    ///
    /// - Throws: `JSONError` where the bytes are not one JSON value, or cannot be read.
    static func fingerprint(
        of bytes: [UInt8], purpose: CanonicalPurpose, schema: EnvoySchema, limits: JSONLimits
    ) throws(JSONError) -> Fingerprint? {
        var fingerprinter = ResourceFingerprinter(schema: schema)
        fingerprinter.start(purpose)
        var parser = try JSONParser(
            handler: BodyFingerprinter(fingerprinter: fingerprinter), limits: limits,
            expectedLength: bytes.count)
        var failure: JSONError?
        bytes.withUnsafeBytes { bytes in
            do throws(JSONError) { try parser.parse(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        try parser.finish()
        return parser.handler.fingerprinter.result?.fingerprint
    }

    mutating func begin(_ cursor: JSONCursor) {}
    mutating func null() -> Bool { fingerprinter.null() }
    mutating func boolean(_ value: Bool) -> Bool { fingerprinter.boolean(value) }
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        fingerprinter.number(text, count)
    }
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        fingerprinter.string(text, count)
    }
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        fingerprinter.key(text, count)
    }
    mutating func beginObject() -> Bool { fingerprinter.beginObject() }
    mutating func endObject() -> Bool { fingerprinter.endObject() }
    mutating func beginArray() -> Bool { fingerprinter.beginArray() }
    mutating func endArray() -> Bool { fingerprinter.endArray() }

    static let callbacks = JSONEventCallbacks(
        null: { JSONSession<BodyFingerprinter>.at($0).pointee.null() },
        boolean: { JSONSession<BodyFingerprinter>.at($0).pointee.boolean($1) },
        number: { JSONSession<BodyFingerprinter>.at($0).pointee.number($1, $2) },
        string: { JSONSession<BodyFingerprinter>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<BodyFingerprinter>.at($0).pointee.beginObject() },
        key: { JSONSession<BodyFingerprinter>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<BodyFingerprinter>.at($0).pointee.endObject() },
        beginArray: { JSONSession<BodyFingerprinter>.at($0).pointee.beginArray() },
        endArray: { JSONSession<BodyFingerprinter>.at($0).pointee.endArray() })
}

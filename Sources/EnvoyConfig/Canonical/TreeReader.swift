package import StrictJSON

/// Reads the canonical tree of one resource.
package struct TreeReader: JSONEventHandler {
    private var canonicalizer: Canonicalizer<TreeOutput>

    package init(schema: EnvoySchema, purpose: CanonicalPurpose) {
        canonicalizer = Canonicalizer(schema: schema, output: TreeOutput(schema: schema))
        canonicalizer.start(purpose)
    }

    /// The canonical form of a resource's bytes.
    ///
    /// - Throws: `JSONError`, located in these bytes.
    package static func value(
        of bytes: [UInt8], purpose: CanonicalPurpose, schema: EnvoySchema, limits: JSONLimits,
        source: String
    ) throws(JSONError) -> CanonicalValue {
        var parser = try JSONParser(
            handler: TreeReader(schema: schema, purpose: purpose), limits: limits, source: source,
            expectedLength: bytes.count)
        try bytes.withBytes { (bytes) throws(JSONError) in try parser.parse(bytes) }
        try parser.finish()
        return parser.handler.canonicalizer.result ?? .object([])
    }

    /// Makes ready for the next value; what was learnt of the schema stays.
    package mutating func start(_ purpose: CanonicalPurpose) {
        canonicalizer.start(purpose)
    }

    /// The value, once it is complete.
    package var result: CanonicalValue? { canonicalizer.result }
    /// What was odd about it.
    package var remarks: [CanonicalRemark] { canonicalizer.remarks }

    package var refusal: JSONRefusal? { canonicalizer.refusal.map { JSONRefusal($0.description) } }

    package mutating func begin(_ cursor: JSONCursor) {}
    package mutating func null() -> Bool { canonicalizer.null() }
    package mutating func boolean(_ value: Bool) -> Bool { canonicalizer.boolean(value) }
    package mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        canonicalizer.number(text, count)
    }
    package mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        canonicalizer.string(text, count)
    }
    package mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        canonicalizer.key(text, count)
    }
    package mutating func beginObject() -> Bool { canonicalizer.beginObject() }
    package mutating func endObject() -> Bool { canonicalizer.endObject() }
    package mutating func beginArray() -> Bool { canonicalizer.beginArray() }
    package mutating func endArray() -> Bool { canonicalizer.endArray() }

    package static let callbacks = JSONEventCallbacks(
        null: { JSONSession<TreeReader>.at($0).pointee.null() },
        boolean: { JSONSession<TreeReader>.at($0).pointee.boolean($1) },
        number: { JSONSession<TreeReader>.at($0).pointee.number($1, $2) },
        string: { JSONSession<TreeReader>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<TreeReader>.at($0).pointee.beginObject() },
        key: { JSONSession<TreeReader>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<TreeReader>.at($0).pointee.endObject() },
        beginArray: { JSONSession<TreeReader>.at($0).pointee.beginArray() },
        endArray: { JSONSession<TreeReader>.at($0).pointee.endArray() })
}

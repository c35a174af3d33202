/// Fingerprints one resource after the other while their events pass.
package struct ResourceFingerprinter {
    private var canonicalizer: Canonicalizer<FingerprintOutput>

    package init(schema: EnvoySchema) {
        canonicalizer = Canonicalizer(schema: schema, output: FingerprintOutput())
    }

    /// Makes ready for the next resource.
    package mutating func start(_ purpose: CanonicalPurpose) {
        canonicalizer.start(purpose)
    }

    /// The fingerprint and the number of lines, once the resource is complete.
    package var result: (fingerprint: Fingerprint, lines: Int)? {
        canonicalizer.result.map { ($0.fingerprint, $0.lines) }
    }

    /// What was odd about the resource.
    package var remarks: [CanonicalRemark] { canonicalizer.remarks }
    /// Why it cannot be read on.
    package var refusal: CanonicalRefusal? { canonicalizer.refusal }

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
}

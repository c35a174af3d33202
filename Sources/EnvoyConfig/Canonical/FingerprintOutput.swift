/// Makes fingerprints and counts lines, in memory that does not grow with the value.
struct FingerprintOutput: CanonicalOutput {
    /// A value's fingerprint, and how many lines its canonical text has.
    struct Value {
        var fingerprint: Fingerprint
        var lines: Int
    }

    struct Parts {
        var fingerprint: Fingerprint
        var lines: Int
        var isEmpty: Bool
    }

    /// How often each name was met in the unordered list that is open: elements of one name keep
    /// their order among themselves.
    private var occurrences: [Fingerprint: UInt64] = [:]

    /// Keep apart what has the same bytes.
    private enum Tag {
        static let string: UInt64 = 1
        static let literal: UInt64 = 2
        static let key: UInt64 = 3
        static let type: UInt64 = 4
        static let object: UInt64 = 5
        static let list: UInt64 = 6
        static let field: UInt64 = 7
    }

    @inline(__always)
    var noParts: Parts { Parts(fingerprint: .zero, lines: 0, isEmpty: true) }

    @inline(__always)
    func string(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Value {
        Value(fingerprint: Fingerprint(bytes, count, tag: Tag.string), lines: 1)
    }

    @inline(__always)
    func literal(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Value {
        Value(fingerprint: Fingerprint(bytes, count, tag: Tag.literal), lines: 1)
    }

    @inline(__always)
    func add(
        _ value: Value, field: UnsafePointer<FieldLayout>, inStruct: Bool, to parts: inout Parts
    ) {
        var member = value.fingerprint
        member.absorb(UInt64(field.pointee.ordinal), Tag.field)
        FingerprintOutput.add(member, lines: value.lines, to: &parts)
    }

    @inline(__always)
    func addType(_ url: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts) {
        FingerprintOutput.add(Fingerprint(url, count, tag: Tag.type), lines: 1, to: &parts)
    }

    func add(_ value: Value, key: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts) {
        var member = Fingerprint(key, count, tag: Tag.key)
        member.absorb(value.fingerprint)
        FingerprintOutput.add(member, lines: value.lines, to: &parts)
    }

    @inline(__always)
    private static func add(_ member: Fingerprint, lines: Int, to parts: inout Parts) {
        parts.fingerprint.add(member)
        parts.lines &+= lines
        parts.isEmpty = false
    }

    @inline(__always)
    func append(_ value: Value, to parts: inout Parts) {
        parts.fingerprint.absorb(value.fingerprint)
        parts.lines &+= value.lines
        parts.isEmpty = false
    }

    mutating func append(_ value: Value, named name: [UInt8], to parts: inout Parts) {
        if parts.isEmpty { occurrences.removeAll(keepingCapacity: true) }
        let key = name.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { Fingerprint($0, bytes.count, tag: Tag.key) } ?? .zero
        }
        let occurrence = occurrences[key, default: 0]
        occurrences[key] = occurrence + 1
        var member = value.fingerprint
        member.absorb(occurrence, Tag.list)
        FingerprintOutput.add(member, lines: value.lines, to: &parts)
    }

    func appendUnordered(_ value: Value, to parts: inout Parts) {
        var member = value.fingerprint
        member.absorb(0, Tag.list)
        FingerprintOutput.add(member, lines: value.lines, to: &parts)
    }

    @inline(__always)
    func object(_ parts: consuming Parts, order: MemberOrder) -> Value {
        FingerprintOutput.close(parts, tag: Tag.object)
    }

    @inline(__always)
    func list(_ parts: consuming Parts) -> Value {
        FingerprintOutput.close(parts, tag: Tag.list)
    }

    /// `{}` and `[]` take one line, anything else its brackets' two and what is between them.
    @inline(__always)
    private static func close(_ parts: consuming Parts, tag: UInt64) -> Value {
        var fingerprint = parts.fingerprint
        fingerprint.absorb(tag, 0)
        return Value(fingerprint: fingerprint, lines: parts.isEmpty ? 1 : parts.lines &+ 2)
    }
}

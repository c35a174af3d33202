/// A value that was recorded because its type follows it: an Any whose `@type` is not its
/// first member, a TypedStruct whose `value` comes before its `type_url`.
///
/// One record an event, without alignment:
///
///     kind (1 byte) │ number (4 bytes) │ text
///
/// The number is the text's length; of a `{` it is the place of the record of its `@type`'s value,
/// 0 without one, so that the replay can hand the type out first at every depth.
struct EventTape {
    enum Kind: UInt8 {
        case null, no, yes, number, string, key, beginObject, endObject, beginArray, endArray
    }

    private var bytes: [UInt8] = []
    /// The places of the `{` and `[` that are open.
    private var open: [Int] = []
    private var expectsType = false

    var depth: Int { open.count }

    mutating func record(_ kind: Kind) {
        switch kind {
        case .beginObject, .beginArray:
            open.append(bytes.count)
        case .endObject, .endArray:
            if !open.isEmpty { open.removeLast() }
        default:
            break
        }
        expectsType = false
        append(kind, number: 0)
    }

    mutating func record(_ kind: Kind, _ text: UnsafePointer<UInt8>, _ count: Int) {
        if kind == .string, expectsType, let object = open.last {
            setNumber(bytes.count, at: object)
        }
        let bytesOfText = UnsafeBufferPointer(start: text, count: count)
        expectsType = kind == .key && bytesOfText.elementsEqual(EventTape.typeKey)
        append(kind, number: count)
        bytes.append(contentsOf: bytesOfText)
    }

    private static let typeKey = Array("@type".utf8)

    private mutating func append(_ kind: Kind, number: Int) {
        bytes.append(kind.rawValue)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: number)) { bytes.append(contentsOf: $0) }
    }

    private mutating func setNumber(_ number: Int, at place: Int) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: number)) { source in
            for (index, byte) in source.enumerated() { bytes[place + 1 + index] = byte }
        }
    }

    /// One record of a tape.
    struct Event {
        var kind: Kind
        /// For `{`, the place of its type's record, 0 without one.
        var typePlace: Int
        var text: Range<Int>
        /// Where the next record begins.
        var next: Int
    }

    func event(at place: Int) -> Event? {
        guard place + 5 <= bytes.count, let kind = Kind(rawValue: bytes[place]) else { return nil }
        var number = 0
        for index in (1...4).reversed() { number = number << 8 | Int(bytes[place + index]) }
        let start = place + 5
        switch kind {
        case .number, .string, .key:
            return Event(
                kind: kind, typePlace: 0, text: start..<start + number, next: start + number)
        default:
            return Event(kind: kind, typePlace: number, text: start..<start, next: start)
        }
    }

    func withText<Result>(
        _ range: Range<Int>, _ body: (UnsafePointer<UInt8>, Int) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { all in
            body((all.baseAddress ?? StaticString("").utf8Start) + range.lowerBound, range.count)
        }
    }
}

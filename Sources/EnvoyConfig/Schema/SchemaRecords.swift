/// A message's line of the table.
struct MessageRecord {
    let name: UnsafeBufferPointer<UInt8>
    private let rest: UnsafeBufferPointer<UInt8>.SubSequence

    init(_ record: UnsafeBufferPointer<UInt8>) {
        let end = record.firstIndex(of: UInt8(ascii: " ")) ?? record.endIndex
        name = UnsafeBufferPointer(rebasing: record[..<end])
        rest = record[end...].dropFirst()
    }

    /// The v3 message that it reads as.
    var canonicalIndex: Int? { canonicalNumber(rest) }

    var fields: [UnsafeBufferPointer<UInt8>] {
        rest.split(separator: UInt8(ascii: " ")).dropFirst().map {
            UnsafeBufferPointer(rebasing: $0)
        }
    }
}

/// The number that stands first in the rest of a record, nil for `-`.
private func canonicalNumber(_ rest: UnsafeBufferPointer<UInt8>.SubSequence) -> Int? {
    Int(String(decoding: rest.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
}

/// An enum's line of the table.
struct EnumRecord {
    let canonicalIndex: Int?
    let values: [(name: UnsafeBufferPointer<UInt8>, number: Int32)]

    init(_ record: UnsafeBufferPointer<UInt8>) {
        let end = record.firstIndex(of: UInt8(ascii: " ")) ?? record.endIndex
        let rest = record[end...].dropFirst()
        canonicalIndex = canonicalNumber(rest)
        var values: [(name: UnsafeBufferPointer<UInt8>, number: Int32)] = []
        var following: Int32 = 0
        for word in rest.split(separator: UInt8(ascii: " ")).dropFirst() {
            let name = word.prefix { $0 != UInt8(ascii: ",") }
            let number = String(decoding: word.dropFirst(name.count + 1), as: UTF8.self)
            following = Int32(number) ?? following
            values.append((UnsafeBufferPointer(rebasing: name), following))
            following &+= 1
        }
        self.values = values
    }
}

/// A field's word in a message's line.
struct FieldWord {
    let name: UnsafeBufferPointer<UInt8>
    private(set) var kind = FieldKind.message
    private(set) var cardinality = FieldCardinality.singular
    private(set) var mapKeyKind = FieldKind.string
    private(set) var hasPresence = false
    private(set) var isSensitive = false
    private(set) var oneof: Int?
    private(set) var typeIndex: Int?
    private(set) var ordinal: Int?
    private(set) var jsonName: UnsafeBufferPointer<UInt8>?
    private(set) var canonicalName: UnsafeBufferPointer<UInt8>?

    init(_ word: UnsafeBufferPointer<UInt8>) {
        let end = word.firstIndex(of: UInt8(ascii: ",")) ?? word.endIndex
        name = UnsafeBufferPointer(rebasing: word[..<end])
        var rest = word[end...].dropFirst()
        if let letter = rest.popFirst() { kind = FieldKind(letter: letter) }
        while let letter = rest.popFirst() {
            switch letter {
            case UInt8(ascii: "r"): cardinality = .repeated
            case UInt8(ascii: "m"):
                cardinality = .map
                if let letter = rest.popFirst() { mapKeyKind = FieldKind(letter: letter) }
            case UInt8(ascii: "p"): hasPresence = true
            case UInt8(ascii: "x"): isSensitive = true
            case UInt8(ascii: "o"): oneof = FieldWord.takeNumber(&rest)
            case UInt8(ascii: "t"): typeIndex = FieldWord.takeNumber(&rest)
            case UInt8(ascii: "n"): ordinal = FieldWord.takeNumber(&rest)
            case UInt8(ascii: "="): jsonName = FieldWord.takeName(&rest)
            case UInt8(ascii: "~"): canonicalName = FieldWord.takeName(&rest)
            default: break
            }
        }
    }

    private static func takeNumber(_ rest: inout UnsafeBufferPointer<UInt8>.SubSequence) -> Int {
        var number = 0
        while let digit = rest.first, digit >= 48, digit <= 57 {
            number = number * 10 + Int(digit - 48)
            rest.removeFirst()
        }
        return number
    }

    private static func takeName(
        _ rest: inout UnsafeBufferPointer<UInt8>.SubSequence
    ) -> UnsafeBufferPointer<UInt8> {
        let name = rest.prefix { $0 != UInt8(ascii: "~") }
        rest = rest[name.endIndex...]
        return UnsafeBufferPointer(rebasing: name)
    }
}

extension FieldKind {
    /// By the letter that the generator writes.
    fileprivate init(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "b"): self = .bool
        case UInt8(ascii: "i"): self = .int32
        case UInt8(ascii: "j"): self = .sint32
        case UInt8(ascii: "k"): self = .sfixed32
        case UInt8(ascii: "u"): self = .uint32
        case UInt8(ascii: "v"): self = .fixed32
        case UInt8(ascii: "I"): self = .int64
        case UInt8(ascii: "J"): self = .sint64
        case UInt8(ascii: "K"): self = .sfixed64
        case UInt8(ascii: "U"): self = .uint64
        case UInt8(ascii: "V"): self = .fixed64
        case UInt8(ascii: "f"): self = .float
        case UInt8(ascii: "d"): self = .double
        case UInt8(ascii: "s"): self = .string
        case UInt8(ascii: "y"): self = .bytes
        case UInt8(ascii: "E"): self = .enumeration
        default: self = .message
        }
    }
}

extension MessageForm {
    /// The form of a message by its full name.
    init(named name: UnsafeBufferPointer<UInt8>) {
        switch String(decoding: name, as: UTF8.self) {
        case "google.protobuf.Any": self = .any
        case "google.protobuf.Duration": self = .duration
        case "google.protobuf.Timestamp": self = .timestamp
        case "google.protobuf.FieldMask": self = .fieldMask
        case "google.protobuf.Struct": self = .structure
        case "google.protobuf.Value": self = .value
        case "google.protobuf.ListValue": self = .listValue
        case "google.protobuf.Empty": self = .empty
        case "google.protobuf.BoolValue": self = .boolWrapper
        case "google.protobuf.Int32Value": self = .int32Wrapper
        case "google.protobuf.UInt32Value": self = .uint32Wrapper
        case "google.protobuf.Int64Value": self = .int64Wrapper
        case "google.protobuf.UInt64Value": self = .uint64Wrapper
        case "google.protobuf.FloatValue": self = .floatWrapper
        case "google.protobuf.DoubleValue": self = .doubleWrapper
        case "google.protobuf.StringValue": self = .stringWrapper
        case "google.protobuf.BytesValue": self = .bytesWrapper
        case "xds.type.v3.TypedStruct", "udpa.type.v1.TypedStruct": self = .typedStruct
        default: self = .plain
        }
    }
}

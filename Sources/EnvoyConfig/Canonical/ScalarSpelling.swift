/// What a scalar of protobuf JSON is, wrappers and well-known types included.
enum ScalarType {
    case bool, int32, uint32, int64, uint64, float, double, string, bytes, enumeration
    case duration, timestamp, fieldMask
    /// A `google.protobuf.Value`: any scalar, its numbers doubles.
    case value

    /// Nil if the field's JSON is an object or a list.
    init?(_ field: FieldLayout) {
        switch field.kind {
        case .bool: self = .bool
        case .int32, .sint32, .sfixed32: self = .int32
        case .uint32, .fixed32: self = .uint32
        case .int64, .sint64, .sfixed64: self = .int64
        case .uint64, .fixed64: self = .uint64
        case .float: self = .float
        case .double: self = .double
        case .string: self = .string
        case .bytes: self = .bytes
        case .enumeration: self = .enumeration
        case .message: self.init(form: field.form)
        }
    }

    /// Nil if the message's JSON is an object or a list.
    init?(form: MessageForm) {
        switch form {
        case .boolWrapper: self = .bool
        case .int32Wrapper: self = .int32
        case .uint32Wrapper: self = .uint32
        case .int64Wrapper: self = .int64
        case .uint64Wrapper: self = .uint64
        case .floatWrapper: self = .float
        case .doubleWrapper: self = .double
        case .stringWrapper: self = .string
        case .bytesWrapper: self = .bytes
        case .duration: self = .duration
        case .timestamp: self = .timestamp
        case .fieldMask: self = .fieldMask
        case .value: self = .value
        default: return nil
        }
    }
}

/// The one spelling that a scalar has in canonical text (`RULES` of protobuf JSON: what it accepts
/// is wider than what it prints).
enum ScalarSpelling: Equatable {
    /// A string; whether it is the type's default.
    case string(isDefault: Bool)
    /// A number, `true` or `false`; whether it is the type's default.
    case literal(isDefault: Bool)
    /// Not a value of this type.
    case misfit

    /// Spells a scalar, appending to `scratch`. An enum is left to the caller, which knows its names: its number
    /// is spelled, its name passed through.
    init(
        _ type: ScalarType, _ token: ScalarToken, _ text: UnsafeBufferPointer<UInt8>,
        into scratch: inout [UInt8]
    ) {
        self = .misfit
        switch (type, token) {
        case (.bool, .boolean), (.value, .boolean):
            scratch.append(contentsOf: text)
            self = .literal(isDefault: text.first == UInt8(ascii: "f"))
        case (.string, .string), (.value, .string), (.enumeration, .string):
            scratch.append(contentsOf: text)
            self = .string(isDefault: text.isEmpty)
        case (.int32, .number), (.int32, .string), (.enumeration, .number):
            integer(text, within: Int64(Int32.min)...Int64(Int32.max), &scratch)
        case (.uint32, .number), (.uint32, .string):
            integer(text, within: 0...Int64(UInt32.max), &scratch)
        case (.int64, .number), (.int64, .string):
            guard let value = IntegerText(text), let exact = value.int64 else { return }
            scratch.append(contentsOf: String(exact).utf8)
            self = .string(isDefault: exact == 0)
        case (.uint64, .number), (.uint64, .string):
            guard let value = IntegerText(text), let exact = value.uint64 else { return }
            scratch.append(contentsOf: String(exact).utf8)
            self = .string(isDefault: exact == 0)
        case (.float, .number), (.float, .string):
            floatingPoint(FloatingPointText.float(text), &scratch)
        case (.value, .number)
        where text.baseAddress.map { ScalarSpelling.isPlainInteger($0, text.count) } ?? false:
            scratch.append(contentsOf: text)
            self = .literal(isDefault: false)
        case (.double, .number), (.double, .string), (.value, .number):
            floatingPoint(FloatingPointText.double(text), &scratch)
        case (.bytes, .string):
            guard Base64Text.respell(text, into: &scratch) else { return }
            self = .string(isDefault: text.isEmpty)
        case (.duration, .string):
            guard TimeText.respellDuration(text, into: &scratch) else { return }
            self = .string(isDefault: false)
        case (.timestamp, .string):
            guard TimeText.respellTimestamp(text, into: &scratch) else { return }
            self = .string(isDefault: false)
        case (.fieldMask, .string):
            scratch.append(contentsOf: text)
            self = .string(isDefault: false)
        default:
            break
        }
    }

    private mutating func integer(
        _ text: UnsafeBufferPointer<UInt8>, within range: ClosedRange<Int64>,
        _ scratch: inout [UInt8]
    ) {
        guard let value = IntegerText(text)?.int64, range.contains(value) else { return }
        scratch.append(contentsOf: String(value).utf8)
        self = .literal(isDefault: value == 0)
    }

    private mutating func floatingPoint(_ text: FloatingPointText?, _ scratch: inout [UInt8]) {
        guard let text else { return }
        scratch.append(contentsOf: text.spelling.utf8)
        self = text.isFinite ? .literal(isDefault: text.isPositiveZero) : .string(isDefault: false)
    }

    /// Whether digits alone are already the canonical spelling of any integer type of 32 bits.
    @inline(__always)
    static func isPlainInteger(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count <= 9 else { return false }
        for index in 0..<count where text[index] &- UInt8(ascii: "0") > 9 { return false }
        return true
    }

    /// As above, or ten digits of at most as many as `largest` has.
    @inline(__always)
    static func isPlainInteger(
        _ text: UnsafePointer<UInt8>, _ count: Int, upTo largest: StaticString
    ) -> Bool {
        guard count == 10 else { return isPlainInteger(text, count) }
        var isBelow = false
        for index in 0..<10 {
            let digit = text[index]
            if digit &- UInt8(ascii: "0") > 9 { return false }
            if !isBelow, digit > largest.utf8Start[index] { return false }
            isBelow = isBelow || digit < largest.utf8Start[index]
        }
        return true
    }

    /// Whether a text is a duration of whole seconds, which most are: digits and an `s`, canonical
    /// without leading zeros.
    @inline(__always)
    static func isPlainDuration(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 2, count <= 10, text[count - 1] == UInt8(ascii: "s"),
            text[0] != UInt8(ascii: "0") || count == 2
        else { return false }
        return isPlainInteger(text, count - 1)
    }
}

/// Finds what yajl lets pass against RFC 8259: bytes that are no UTF-8, surrogate escapes that stand
/// for no character, control characters as white space.
///
/// It sees only pieces in which the sweep found something suspicious; the state of a character or
/// an escape that a piece cuts is kept.
struct StrictText {
    struct Violation {
        /// In bytes from the beginning of the input.
        var offset: Int
        var message: String
    }

    private enum State {
        case text
        /// In a character of several bytes: how many are missing, and what the next may be.
        case continuation(missing: Int, next: ClosedRange<UInt8>)
        case backslash
        /// In `\uXXXX`: digits so far, and their value.
        case escape(digits: Int, value: UInt32)
    }

    private var state = State.text
    /// Where the character or escape that is being read began.
    private var start = 0
    /// Where a high surrogate's escape began that waits for its other half.
    private var highSurrogate: Int?

    /// Whether the next piece must be looked at whatever it holds.
    var isPending: Bool {
        if case .text = state { return highSurrogate != nil }
        return true
    }

    /// Where the character, escape or half of a surrogate pair begins that is not complete yet.
    var pendingStart: Int? {
        if case .text = state { return highSurrogate }
        return highSurrogate ?? start
    }

    /// What RFC 8259 calls white space.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// The first violation in a piece that begins at `base`.
    mutating func violation(in piece: UnsafeBufferPointer<UInt8>, base: Int) -> Violation? {
        var index = 0
        while index < piece.count {
            if case .text = state, highSurrogate == nil {
                index = StrictText.skipPlain(piece, from: index)
                if index == piece.count { break }
            }
            if let message = step(piece[index], at: base + index) {
                return Violation(offset: start, message: message)
            }
            index += 1
        }
        return nil
    }

    /// Passes over printable ASCII without backslashes, eight bytes at a time.
    private static func skipPlain(_ piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(piece)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let slashed = word ^ ones &* UInt64(UInt8(ascii: "\\"))
            let isSlash = (slashed &- ones) & ~slashed
            let isControl = (word &- ones &* 0x20) & ~word
            if (word | isSlash | isControl) & highs != 0 { break }
            index += 8
        }
        while index < raw.count, raw[index] >= 0x20, raw[index] < 0x80,
            raw[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
        return index
    }

    /// What is wrong where the input ends.
    func violationAtEnd() -> Violation? {
        if case .continuation = state {
            return Violation(offset: start, message: "the input ends inside a UTF-8 character")
        }
        return highSurrogate.map { Violation(offset: $0, message: StrictText.loneSurrogate) }
    }

    private static let loneSurrogate = "half of a surrogate pair stands alone"

    private mutating func step(_ byte: UInt8, at offset: Int) -> String? {
        switch state {
        case .text:
            return begin(byte, at: offset)
        case .continuation(let missing, let next):
            guard next.contains(byte) else { return "not UTF-8" }
            state = missing == 1 ? .text : .continuation(missing: missing - 1, next: 0x80...0xBF)
        case .backslash:
            state = byte == UInt8(ascii: "u") ? .escape(digits: 0, value: 0) : .text
            if byte != UInt8(ascii: "u"), let high = highSurrogate { return lone(high) }
        case .escape(let digits, let value):
            guard let digit = StrictText.hexadecimal(byte) else {
                // Not an escape: yajl says so.
                state = .text
                return nil
            }
            let value = value << 4 | digit
            if digits < 3 {
                state = .escape(digits: digits + 1, value: value)
            } else {
                state = .text
                return endEscape(value)
            }
        }
        return nil
    }

    private mutating func begin(_ byte: UInt8, at offset: Int) -> String? {
        if let high = highSurrogate, byte != UInt8(ascii: "\\") { return lone(high) }
        start = offset
        switch byte {
        case UInt8(ascii: "\\"): state = .backslash
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
        case ..<0x20: return "a control character that JSON does not allow"
        case 0x20..<0x80: break
        case 0xC2...0xDF: state = .continuation(missing: 1, next: 0x80...0xBF)
        case 0xE0: state = .continuation(missing: 2, next: 0xA0...0xBF)
        case 0xED: state = .continuation(missing: 2, next: 0x80...0x9F)
        case 0xE1...0xEF: state = .continuation(missing: 2, next: 0x80...0xBF)
        case 0xF0: state = .continuation(missing: 3, next: 0x90...0xBF)
        case 0xF4: state = .continuation(missing: 3, next: 0x80...0x8F)
        case 0xF1...0xF3: state = .continuation(missing: 3, next: 0x80...0xBF)
        default: return "not UTF-8"
        }
        return nil
    }

    private mutating func endEscape(_ value: UInt32) -> String? {
        switch value {
        case 0xD800...0xDBFF:
            if let high = highSurrogate { return lone(high) }
            highSurrogate = start
        case 0xDC00...0xDFFF:
            guard highSurrogate != nil else { return StrictText.loneSurrogate }
            highSurrogate = nil
        default:
            if let high = highSurrogate { return lone(high) }
        }
        return nil
    }

    private mutating func lone(_ offset: Int) -> String {
        start = offset
        return StrictText.loneSurrogate
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

/// Bytes of protobuf JSON: read in the standard or the URL-safe alphabet, padded or not; printed in
/// the standard one, padded.
package enum Base64Text {
    /// The bytes of a text in either alphabet; nil if it is not base64.
    package static func bytes(of text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { decode($0) }
    }

    /// Appends the canonical spelling; false if the text is not base64.
    static func respell(_ text: UnsafeBufferPointer<UInt8>, into scratch: inout [UInt8]) -> Bool {
        if isCanonical(text) {
            scratch.append(contentsOf: text)
            return true
        }
        guard let bytes = decode(text) else { return false }
        encode(bytes, into: &scratch)
        return true
    }

    /// Whether a text is already spelled as it is printed: nearly always.
    private static func isCanonical(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count % 4 == 0 else { return false }
        guard let last = text.lastIndex(where: { $0 != UInt8(ascii: "=") }) else {
            return text.isEmpty
        }
        for character in text[...last] {
            let isLetter = (character | 0x20) &- UInt8(ascii: "a") < 26
            let isDigitOrSlash = character &- UInt8(ascii: "/") < 11
            guard isLetter || isDigitOrSlash || character == UInt8(ascii: "+") else { return false }
        }
        // The bits that no byte needs are zero.
        let unused: UInt8 = [0, 3, 15, 63][min(3, text.count - 1 - last)]
        return value(of: text[last]).map { $0 & unused == 0 } ?? false && text.count - last <= 3
    }

    /// The bytes that a text stands for, nil if it is not base64.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for character in text {
            if character == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 == 0 {
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
            }
        }
        guard padding == 0 || (count + padding) % 4 == 0, padding <= 2 else { return nil }
        switch count % 4 {
        case 1:
            return nil
        case 2:
            bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3:
            bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        default:
            break
        }
        return bytes
    }

    private static func encode(_ bytes: [UInt8], into scratch: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(3 - group.count) * 8
            for place in 0..<4 {
                let value = UInt8(truncatingIfNeeded: bits >> UInt32(18 - 6 * place)) & 63
                scratch.append(place <= group.count ? character(of: value) : UInt8(ascii: "="))
            }
            index += 3
        }
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    private static func character(of value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}

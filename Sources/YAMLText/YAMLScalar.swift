/// Which plain scalars read back as strings: not so what YAML 1.1 takes for a bool, null, number,
/// time, sexagesimal number or merge key.
enum YAMLScalar {
    private static let words: Set<String> = [
        "", "~", "null", "Null", "NULL", "<<",
        "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
        "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF",
        ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf",
        "-.INF",
    ]

    static func readsAsString(_ text: String) -> Bool {
        if words.contains(text) { return false }
        guard let first = text.utf8.first else { return false }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return !isNumber(text) && !isTime(text) && !isSexagesimal(text)
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            return !isNumber(text) && !isSexagesimal(text)
        case UInt8(ascii: "."):
            return !isNumber(text)
        default:
            return true
        }
    }

    /// Integers of any base and floating-point numbers; underscores between digits count for
    /// nothing.
    private static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8.filter { $0 != UInt8(ascii: "_") }[...]
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
        if rest.count > 2, rest.first == UInt8(ascii: "0") {
            let digits = rest.dropFirst(2)
            switch rest[rest.startIndex + 1] | 0x20 {
            case UInt8(ascii: "x"): return digits.allSatisfy(isHexDigit)
            case UInt8(ascii: "o"): return digits.allSatisfy { $0 >= 0x30 && $0 < 0x38 }
            case UInt8(ascii: "b"): return digits.allSatisfy { $0 == 0x30 || $0 == 0x31 }
            default: break
            }
        }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var hasDigits = !whole.isEmpty
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            if fraction.isEmpty { return false }
            hasDigits = true
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard hasDigits else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    /// `2026-11-23`, with or without a time.
    private static func isTime(_ text: String) -> Bool {
        let text = Array(text.utf8)
        guard text.prefix(while: isDigit).count == 4 else { return false }
        var place = 4
        for _ in 0..<2 {
            guard place < text.count, text[place] == UInt8(ascii: "-") else { return false }
            let digits = text[(place + 1)...].prefix(while: isDigit)
            guard digits.count == 1 || digits.count == 2 else { return false }
            place += 1 + digits.count
        }
        guard place < text.count else { return true }
        let separator = text[place] | 0x20
        return separator == UInt8(ascii: "t") || text[place] == UInt8(ascii: " ")
            ? text[(place + 1)...].allSatisfy { isDigit($0) || ":.+-zZ ".utf8.contains($0) } : false
    }

    /// `10:30`: a number of base 60 in YAML 1.1.
    private static func isSexagesimal(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
        guard rest.first.map(isDigit) ?? false else { return false }
        var parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count > 1 else { return false }
        let whole = parts.removeFirst()
        // Only the last part may have a fraction.
        if let last = parts.popLast() {
            let digits = last.prefix { $0 != UInt8(ascii: ".") }
            let fraction = last.dropFirst(digits.count + 1)
            guard fraction.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) else {
                return false
            }
            parts.append(digits)
        }
        return whole.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
            && parts.allSatisfy { part in
                guard let first = part.first, part.count <= 2, part.allSatisfy(isDigit) else {
                    return false
                }
                return part.count == 1 || first < UInt8(ascii: "6")
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }
}

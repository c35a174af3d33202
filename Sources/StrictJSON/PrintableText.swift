/// Makes texts that come from a capture safe to print: the one policy for every text output and
/// error. Canonical text and the lines of a unified diff are exact instead.
package enum PrintableText {
    /// A text on one line: what would move the cursor, change colours or reorder the line is escaped
    /// as JSON escapes it, `\n`, `\u001b`, `\u009b`, `\u202e`. Other characters stay, backslashes too.
    ///
    /// - Complexity: linear; a text of printable ASCII is returned as it is.
    package static func line(_ text: String) -> String {
        guard text.utf8.contains(where: isSuspicious) else { return text }
        var line = ""
        line.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            if isPrintable(scalar) {
                line.unicodeScalars.append(scalar)
            } else {
                line += escape(scalar)
            }
        }
        return line
    }

    /// Whether a byte needs a closer look: it begins or continues a character beyond ASCII, or is a
    /// control character.
    package static func isSuspicious(_ byte: UInt8) -> Bool { byte < 0x20 || byte >= 0x7F }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": #"\n"#
        case "\r": #"\r"#
        case "\t": #"\t"#
        case "\u{08}": #"\b"#
        case "\u{0C}": #"\f"#
        default: String(scalar).utf16.map(escape).joined()
        }
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return #"\u"# + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}

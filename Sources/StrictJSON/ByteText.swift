/// Texts compared and searched byte by byte, as Envoy does: names are not natural language, and
/// Swift's own `==` also takes texts for equal that Unicode calls equivalent.
extension String {
    /// Whether two texts have the same bytes.
    package func isSameText(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// Whether the first bytes are those of a prefix.
    package func beginsWith(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    /// Whether the last bytes are those of a suffix.
    package func endsWith(_ suffix: String) -> Bool {
        utf8.reversed().starts(with: suffix.utf8.reversed())
    }

    /// Whether the bytes of a text occur in this one.
    package func containsBytes(_ text: String) -> Bool {
        var (copy, sought) = (self, text)
        return copy.withUTF8 { bytes in
            sought.withUTF8 { sought in
                guard let first = sought.first else { return true }
                guard sought.count <= bytes.count else { return false }
                for start in 0...(bytes.count - sought.count) where bytes[start] == first {
                    if bytes[start..<(start + sought.count)].elementsEqual(sought) { return true }
                }
                return false
            }
        }
    }

    /// The parts between the places of an ASCII character, empty ones too. By bytes: `split` of a
    /// string looks for the borders of its characters, which costs ten times as much.
    package func parts(separatedBy separator: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
            .map(Substring.init)
    }

    // MARK: - ASCII letters

    /// Capitals of ASCII made small; other letters stay.
    package var asciiLowercased: String {
        String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self)
    }

    /// Whether two texts are the same but for the case of their ASCII letters.
    package func equalsIgnoringCase(_ text: String) -> Bool {
        utf8.count == text.utf8.count
            && utf8.lazy.map(\.asciiLowercased).elementsEqual(text.utf8.lazy.map(\.asciiLowercased))
    }
}

extension UInt8 {
    /// A capital of ASCII made small; any other byte as it is.
    fileprivate var asciiLowercased: UInt8 { self &- 65 < 26 ? self | 0x20 : self }
}

extension StringProtocol {
    /// The places of a text, none of which overlap.
    package func ranges(ofBytes text: String) -> [Range<Index>] {
        var ranges: [Range<Index>] = []
        var start = startIndex
        while let found = self[start...].firstRange(ofBytes: text) {
            ranges.append(found)
            start = found.upperBound
        }
        return ranges
    }

    /// The first place of a text.
    package func firstRange(ofBytes text: String) -> Range<Index>? {
        let sought = Array(text.utf8)
        guard let first = sought.first else { return startIndex..<startIndex }
        let bytes = utf8
        var place = bytes.startIndex
        while let found = bytes[place...].firstIndex(of: first) {
            let rest = bytes[found...]
            if rest.starts(with: sought) {
                return found..<bytes.index(found, offsetBy: sought.count)
            }
            place = bytes.index(after: found)
        }
        return nil
    }
}

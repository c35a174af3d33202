/// Texts taken as bytes: names are no natural language.
extension String {
    /// Whether the bytes of a text occur in this one.
    func containsBytes(_ text: String) -> Bool {
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
    func parts(separatedBy separator: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
            .map(Substring.init)
    }

    /// Whether two texts are the same but for the case of their ASCII letters.
    func equalsIgnoringCase(_ text: String) -> Bool {
        func lowered(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
        return utf8.count == text.utf8.count
            && utf8.lazy.map(lowered).elementsEqual(text.utf8.lazy.map(lowered))
    }
}

extension StringProtocol {
    /// The places of a text, none of which overlap.
    func ranges(ofBytes text: String) -> [Range<Index>] {
        var ranges: [Range<Index>] = []
        var start = startIndex
        while let found = self[start...].firstRange(ofBytes: text) {
            ranges.append(found)
            start = found.upperBound
        }
        return ranges
    }

    /// The first place of a text.
    func firstRange(ofBytes text: String) -> Range<Index>? {
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

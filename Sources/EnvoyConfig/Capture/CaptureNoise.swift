/// Lines of text around a captured document: what `kubectl` says first, the head of an HTTP answer,
/// what a shell prints after it.
///
///     Defaulted container "istio-proxy" out of: istio-proxy, istio-init (init)
///     {"configs": […]}
///
/// Noise is whole lines of two words or more that begin with a letter. A single word, a number or a
/// piece of JSON is not noise: it may be a part of the document.
package enum CaptureNoise {
    /// Where a document begins in the first line of a text: after white space and color codes alone.
    package static func documentStart(in text: ArraySlice<UInt8>) -> Int? {
        let start = contentStart(text)
        guard start < text.endIndex,
            text[start] == UInt8(ascii: "{") || text[start] == UInt8(ascii: "[")
        else { return nil }
        return start
    }

    /// Whether a line before the document may be passed over.
    package static func isBlankOrNoise(_ line: ArraySlice<UInt8>) -> Bool {
        contentStart(line) == line.endIndex || isNoise(line)
    }

    /// Whether what follows a document may follow it: lines of noise, after a newline.
    package static func admits(tail: [UInt8]) -> Bool {
        let lines = tail.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let first = lines.first, contentStart(first) == first.endIndex else { return false }
        return lines.dropFirst().allSatisfy(isBlankOrNoise)
    }

    /// The lines of noise in a text, shortened, without what a terminal would obey.
    package static func lines(in text: ArraySlice<UInt8>) -> [String] {
        text.split(separator: 0x0A).filter(isNoise).map {
            NotADump.excerpt(String(decoding: withoutColor($0), as: UTF8.self))
        }
    }

    /// Whether a line is one of words: it begins with a letter and has a second word.
    private static func isNoise(_ line: ArraySlice<UInt8>) -> Bool {
        let text = withoutColor(line).drop(while: NotADump.isSpace)
        guard let first = text.first, isLetter(first), !text.contains(0) else { return false }
        guard let space = text.firstIndex(where: NotADump.isSpace) else { return false }
        return text[space...].contains { !NotADump.isSpace($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// Where a line begins after white space and color codes.
    private static func contentStart(_ line: ArraySlice<UInt8>) -> Int {
        var place = line.startIndex
        while place < line.endIndex, line[place] != 0x0A {
            if NotADump.isSpace(line[place]) {
                place += 1
            } else if let end = colorEnd(line, at: place) {
                place = end
            } else {
                break
            }
        }
        return place
    }

    /// The end of a color code, `ESC [ 31 m`, that begins at a place.
    private static func colorEnd(_ line: ArraySlice<UInt8>, at start: Int) -> Int? {
        guard start + 1 < line.endIndex, line[start] == 0x1B, line[start + 1] == UInt8(ascii: "[")
        else { return nil }
        let rest = line[(start + 2)...]
        guard
            let end = rest.firstIndex(where: {
                !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ";")
            }), line[end] == UInt8(ascii: "m")
        else { return nil }
        return end + 1
    }

    private static func withoutColor(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard line.contains(0x1B) else { return line }
        var kept: ArraySlice<UInt8> = []
        var place = line.startIndex
        while place < line.endIndex {
            if let end = colorEnd(line, at: place) {
                place = end
            } else {
                kept.append(line[place])
                place += 1
            }
        }
        return kept
    }
}

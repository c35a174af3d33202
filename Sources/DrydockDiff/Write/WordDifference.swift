internal import StrictJSON

/// Two lines as one, as `git diff --word-diff` prints them: what both begin and end with once, and
/// between it `[-the old words-]` and `{+the new ones+}`.
struct WordDifference {
    private let style: DiffStyle

    init(_ style: DiffStyle) {
        self.style = style
    }

    func line(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) -> [UInt8] {
        var prefix = zip(old, new).prefix { $0 == $1 }.count
        while prefix > 0,
            WordDifference.isInWord(old, prefix) || WordDifference.isInWord(new, prefix)
        {
            prefix -= 1
        }
        let (oldRest, newRest) = (old.dropFirst(prefix), new.dropFirst(prefix))
        var suffix = zip(oldRest.reversed(), newRest.reversed()).prefix { $0 == $1 }.count
        while suffix > 0,
            WordDifference.isInWord(old, old.count - suffix)
                || WordDifference.isInWord(new, new.count - suffix)
        {
            suffix -= 1
        }
        var line = Array(old.prefix(prefix))
        append("[-", oldRest.dropLast(suffix), "-]", .removed, to: &line)
        append("{+", newRest.dropLast(suffix), "+}", .added, to: &line)
        return line + old.suffix(suffix)
    }

    /// A line that only one side has.
    func line(removed line: ArraySlice<UInt8>) -> [UInt8] { marked(line, "[-", "-]", .removed) }

    /// A line that only the other side has.
    func line(added line: ArraySlice<UInt8>) -> [UInt8] { marked(line, "{+", "+}", .added) }

    private func marked(
        _ line: ArraySlice<UInt8>, _ open: String, _ close: String, _ part: DiffStyle.Part
    ) -> [UInt8] {
        let indent = line.prefix { $0 == UInt8(ascii: " ") }
        var marked = Array(indent)
        append(open, line.dropFirst(indent.count), close, part, to: &marked)
        return marked
    }

    private func append(
        _ open: String, _ words: ArraySlice<UInt8>, _ close: String, _ part: DiffStyle.Part,
        to line: inout [UInt8]
    ) {
        guard !words.isEmpty else { return }
        line +=
            Array("\(style.start(part))\(open)".utf8) + words + Array("\(close)\(style.end)".utf8)
    }

    /// Whether a place is inside a word: a letter, digit or part of a character on both sides.
    private static func isInWord(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
        guard place > 0, place < line.count else { return false }
        let index = line.startIndex + place
        return isLetter(line[index - 1]) && isLetter(line[index])
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}

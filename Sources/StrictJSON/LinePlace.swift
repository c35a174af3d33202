/// Where a parser is, in lines, and the end of what it has read, for the snippet of an error.
struct LinePlace {
    private(set) var offset = 0
    private var line = 1
    private var lineStart = 0
    private var tail: [UInt8] = []

    /// What an error's snippet looks at, and an escape that began before a piece, which an error may
    /// be about.
    private static let tailLength = JSONSnippet.window + 16

    /// Passes over a piece with so many newlines, whose last line begins at `lastLine` in it.
    mutating func advance(over piece: UnsafeRawBufferPointer, newlines: Int, lastLine: Int) {
        if newlines > 0 {
            line += newlines
            lineStart = offset + lastLine
        }
        offset += piece.count
        let kept = piece.suffix(LinePlace.tailLength)
        tail.removeFirst(max(0, min(tail.count, tail.count + kept.count - LinePlace.tailLength)))
        tail.append(contentsOf: kept)
    }

    /// The line, column and surroundings of a place in the piece that comes next, or shortly before.
    func find(
        _ target: Int, in piece: UnsafeBufferPointer<UInt8>
    ) -> (line: Int, column: Int, snippet: JSONSnippet?) {
        var line = line
        var start = lineStart
        let known = tail + piece
        let base = offset - tail.count
        for (index, byte) in piece.enumerated() where byte == UInt8(ascii: "\n") {
            guard offset + index < target else { break }
            line += 1
            start = offset + index + 1
        }
        // A place in a line that ended before this piece is told by that line's number.
        if target < start {
            let between = known.dropFirst(max(0, target - base)).prefix(max(0, offset - target))
            line -= between.count { $0 == UInt8(ascii: "\n") }
            let before = known.prefix(max(0, target - base))
            let lineBreak = before.lastIndex(of: UInt8(ascii: "\n"))
            start = lineBreak.map { base + $0 + 1 } ?? max(base, 0)
        }
        return (line, target - start + 1, snippet(of: start, to: target, in: known, from: base))
    }

    /// What the line that begins at `start` has before a place; nil if its beginning is too far
    /// away to tell what is inside a string.
    private func snippet(
        of start: Int, to target: Int, in known: [UInt8], from base: Int
    ) -> JSONSnippet? {
        guard start >= base, target >= start, target - start <= JSONSnippet.window,
            target - base <= known.count
        else { return nil }
        let line = known[(start - base)..<min(known.count, target - base + 1)]
        return JSONSnippet(line: line, place: target - start)
    }
}

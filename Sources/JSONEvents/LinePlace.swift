/// Where a parser is, in lines, and the end of what it has read, for the snippet of an error.
struct LinePlace {
    private(set) var offset = 0
    private var line = 1
    private var lineStart = 0
    private var tail: [UInt8] = []

    /// Passes over a piece with so many newlines, whose last line begins at `lastLine` in it.
    mutating func advance(over piece: UnsafeRawBufferPointer, newlines: Int, lastLine: Int) {
        if newlines > 0 {
            line += newlines
            lineStart = offset + lastLine
        }
        offset += piece.count
        let kept = piece.suffix(JSONSnippet.window)
        tail.removeFirst(max(0, min(tail.count, tail.count + kept.count - JSONSnippet.window)))
        tail.append(contentsOf: kept)
    }

    /// The line, column and surroundings of a place in the piece that comes next, or shortly before.
    func find(
        _ target: Int, in piece: UnsafeBufferPointer<UInt8>
    ) -> (line: Int, column: Int, snippet: JSONSnippet) {
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
        let lower = max(start, target - JSONSnippet.window, base)
        let after = known.dropFirst(max(0, target - base)).prefix(JSONSnippet.window)
        let window =
            Array(
                known[
                    min(known.count, max(0, lower - base))..<min(known.count, max(0, target - base))
                ])
            + after.prefix { $0 != UInt8(ascii: "\n") }
        return (
            line, target - start + 1,
            JSONSnippet(
                window: window, place: max(0, target - lower), isWholeStart: lower == start)
        )
    }
}

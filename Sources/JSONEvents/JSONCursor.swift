internal import CYajl

/// Tells a handler where the parser is. Valid while the parse lasts, during a callback.
public struct JSONCursor {
    let piece: UnsafeMutablePointer<ScreenedPiece>

    /// How many bytes of the input stand before the end of the current token.
    ///
    /// - Complexity: O(log *n*) in the number of lines of a piece of the input.
    public var offset: Int { piece.pointee.currentOffset }
}

/// The piece of the input that yajl is reading, screened, and the way back to the input.
struct ScreenedPiece {
    private static let maximumCapacity = 128 << 10

    private let capacity: Int
    private let lineCapacity: Int

    let bytes: UnsafeMutablePointer<UInt8>
    private let lines: UnsafeMutablePointer<drydock_line>
    let handle: yajl_handle
    private(set) var count = 0
    private(set) var isSuspicious = false
    private var lineCount = 0
    private(set) var base = 0
    private var sourceCount = 0
    private(set) var newlines = 0
    /// Where in the piece's input the line after its last newline begins.
    private(set) var lineStart = 0

    init(handle: yajl_handle, expectedLength: Int) {
        self.handle = handle
        capacity = max(1, min(expectedLength, ScreenedPiece.maximumCapacity))
        // Lines of a printed dump have some thirty bytes; a piece of shorter ones ends early.
        lineCapacity = max(16, capacity / 8)
        bytes = .allocate(capacity: capacity + 32)
        lines = .allocate(capacity: lineCapacity)
    }

    func deallocate() {
        bytes.deallocate()
        lines.deallocate()
    }

    /// Takes the beginning of what is left of the input; returns how many bytes of it.
    mutating func fill(
        _ source: UnsafeRawBufferPointer, at offset: Int, isAtLineStart: Bool
    ) -> Int {
        let sweep = drydock_screen(
            source.baseAddress?.assumingMemoryBound(to: UInt8.self),
            min(source.count, capacity), isAtLineStart ? 1 : 0, bytes, lines,
            lineCapacity)
        base = offset
        count = sweep.screened
        sourceCount = sweep.source
        lineCount = sweep.lines
        newlines = sweep.newlines
        lineStart = sweep.line_start
        isSuspicious = sweep.suspicious != 0
        return sweep.source
    }

    /// The place in the input behind the current token.
    var currentOffset: Int {
        offset(ofScreened: yajl_get_bytes_consumed(handle))
    }

    func offset(ofScreened place: Int) -> Int {
        // The number of lines that begin before the place.
        var lower = 0
        var upper = lineCount
        while lower < upper {
            let middle = (lower + upper) / 2
            if lines[middle].screened < place { lower = middle + 1 } else { upper = middle }
        }
        guard lower > 0 else { return base + min(place, sourceCount) }
        let line = lines[lower - 1]
        return base + Int(line.source) + place - Int(line.screened)
    }

    /// How many screened bytes stand before a place of the input.
    func screened(before offset: Int) -> Int {
        // What began in an earlier piece stands before all of this one.
        let place = max(0, offset - base)
        var index = 0
        while index < lineCount, Int(lines[index].source) <= place { index += 1 }
        guard index > 0 else { return min(count, place) }
        return min(count, Int(lines[index - 1].screened) + place - Int(lines[index - 1].source))
    }
}

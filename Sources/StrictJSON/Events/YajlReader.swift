internal import CDrydockYajl

/// libyajl, the piece of the input that it is reading, screened, and the way back to the input. The
/// one place that knows the C library.
struct YajlReader {
    /// What came of a piece.
    enum Outcome {
        case parsed
        /// A callback returned 0.
        case canceled
        case failed
    }

    private static let maximumCapacity = 128 << 10

    /// How many bytes of the input are taken at once.
    let capacity: Int
    private let lineCapacity: Int

    private let handle: yajl_handle
    private let callbacks: UnsafeMutablePointer<yajl_callbacks>
    private let bytes: UnsafeMutablePointer<UInt8>
    private let lines: UnsafeMutablePointer<drydock_line>
    private(set) var count = 0
    private(set) var isSuspicious = false
    private var lineCount = 0
    private(set) var base = 0
    private var sourceCount = 0
    private(set) var newlines = 0
    /// Where in the piece's input the line after its last newline begins.
    private(set) var lineStart = 0

    /// Makes a parser that calls back with a context; nil if there is no memory for one.
    init?(
        _ table: _EventCallbacks, context: UnsafeMutableRawPointer, expectedLength: Int
    ) {
        // yajl keeps the table's address.
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(
            to: yajl_callbacks(
                yajl_null: table.null, yajl_boolean: table.boolean, yajl_integer: nil,
                yajl_double: nil, yajl_number: table.number, yajl_string: table.string,
                yajl_start_map: table.beginObject, yajl_map_key: table.key,
                yajl_end_map: table.endObject, yajl_start_array: table.beginArray,
                yajl_end_array: table.endArray))
        guard let handle = yajl_alloc(callbacks, nil, context) else {
            callbacks.deallocate()
            return nil
        }
        self.handle = handle
        // Strings are validated in front of yajl.
        _ = drydock_yajl_set_flag(handle, yajl_dont_validate_strings, 1)
        capacity = max(1, min(expectedLength, YajlReader.maximumCapacity))
        // Lines of a printed dump have some thirty bytes; a piece of shorter ones ends early.
        lineCapacity = max(16, capacity / 8)
        bytes = .allocate(capacity: capacity + 32)
        lines = .allocate(capacity: lineCapacity)
    }

    /// Frees the parser and its memory; nothing may be called after it.
    func deallocate() {
        yajl_free(handle)
        callbacks.deallocate()
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

    // MARK: - Parsing

    /// Parses the beginning of the piece.
    func parse(_ count: Int) -> Outcome {
        outcome(yajl_parse(handle, bytes, count))
    }

    /// Ends the document.
    func finish() -> Outcome {
        outcome(yajl_complete_parse(handle))
    }

    private func outcome(_ status: yajl_status) -> Outcome {
        switch status {
        case yajl_status_ok: .parsed
        case yajl_status_client_canceled: .canceled
        default: .failed
        }
    }

    /// What yajl says of its failure.
    var failureMessage: JSONMessage {
        guard let text = yajl_get_error(handle, 0, nil, 0) else { return JSONMessage("") }
        defer { yajl_free_error(handle, text) }
        return JSONMessage(String(cString: text))
    }

    // MARK: - Places

    /// The place in the input behind the current token.
    var currentOffset: Int {
        offset(ofScreened: yajl_get_bytes_consumed(handle))
    }

    /// The place in the input of the byte at which the first `count` bytes of the piece failed: the
    /// last that was taken, or where yajl put it back, the next.
    func culpritOffset(in count: Int, isBefore: Bool) -> Int {
        let taken = yajl_get_bytes_consumed(handle)
        guard isBefore, taken < self.count else {
            return max(0, offset(ofScreened: min(taken, count)) - (isBefore ? 0 : 1))
        }
        return max(0, offset(ofScreened: taken + 1) - 1)
    }

    private func offset(ofScreened place: Int) -> Int {
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

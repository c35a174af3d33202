/// Parses a JSON document as its bytes arrive, in any chunking, and hands the events to a handler. Not for
/// users of the library, which have `JSONParser`; see `_EventHandler`.
///
/// Strict RFC 8259 and strict UTF-8: what yajl lets pass is found by a sweep over the bytes in front
/// of it, which also leaves out the indentation, so that it costs less than it saves.
///
/// - Note: After an error the parser is done; nothing more can be fed to it.
public struct _EventParser<Handler: _EventHandler>: ~Copyable {
    private let session: UnsafeMutablePointer<_EventSession<Handler>>
    private let yajl: UnsafeMutablePointer<YajlReader>
    private let source: String
    private var strictText = StrictText()
    private var place = LinePlace()
    private var isAtLineStart = true
    private var stalled = 0
    /// What has arrived of the next block.
    private var pending: [UInt8] = []
    /// An error of syntax in or after a character or escape that is not complete yet: if that turns
    /// out to be the error, it comes first.
    private var suspended: JSONError?
    /// Tells whether a text may follow the document; nil if nothing but white space may.
    private let admitsTail: (([UInt8]) -> Bool)?
    /// What follows the document, and the error that it is unless it is admitted.
    private var tail: [UInt8] = []
    private var tailError: JSONError?
    /// More than this is not a remark of a tool.
    private static var longestTail: Int { 64 << 10 }

    /// Makes a parser. `source` names the input in errors; `expectedLength` saves memory for an
    /// input that is known to be short.
    public init(
        handler: consuming Handler, limits: JSONLimits = JSONLimits(), source: String = "input",
        expectedLength: Int = .max
    ) throws(JSONError) {
        try self.init(
            handler: handler, limits: limits, source: source, expectedLength: expectedLength,
            admitsTail: nil)
    }

    /// Makes a parser that leaves it to `admitsTail` whether a text, up to 64 kB of it, may follow the
    /// document.
    package init(
        handler: consuming Handler, limits: JSONLimits, source: String,
        expectedLength: Int = .max, admitsTail: (([UInt8]) -> Bool)?
    ) throws(JSONError) {
        self.admitsTail = admitsTail
        session = .allocate(capacity: 1)
        session.initialize(to: _EventSession(handler: handler, limits: limits))
        self.source = source
        guard
            let reader = YajlReader(
                Handler.callbacks, context: session, expectedLength: expectedLength)
        else {
            session.deinitialize(count: 1)
            session.deallocate()
            throw JSONError(
                .limit, "no memory for a parser", source: source, offset: 0, line: 1, column: 1)
        }
        yajl = .allocate(capacity: 1)
        yajl.initialize(to: reader)
        session.pointee.reader = yajl
        session.pointee.handler.begin(_EventCursor(yajl: yajl))
    }

    deinit {
        yajl.pointee.deallocate()
        yajl.deallocate()
        session.deinitialize(count: 1)
        session.deallocate()
    }

    /// The handler.
    public var handler: Handler {
        _read { yield session.pointee.handler }
        _modify { yield &session.pointee.handler }
    }

    /// How many bytes were parsed.
    public var offset: Int { place.offset }

    /// Takes the next bytes. They are parsed in blocks of 128 kB, whichever way they arrive, so that
    /// what an error is does not depend on it; the last block is parsed by `finish`.
    ///
    /// - Throws: `JSONError` at the first byte that cannot be.
    /// - Complexity: linear; a token that several blocks share is read again for each.
    public mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        let length = yajl.pointee.capacity
        var rest = bytes
        if !pending.isEmpty {
            let missing = min(rest.count, length - pending.count)
            pending.append(contentsOf: rest[..<missing])
            rest = UnsafeRawBufferPointer(rebasing: rest[missing...])
            if pending.count < length { return }
            try parsePending()
        }
        while rest.count >= length {
            try parseBlock(UnsafeRawBufferPointer(rebasing: rest[..<length]))
            rest = UnsafeRawBufferPointer(rebasing: rest[length...])
        }
        pending.append(contentsOf: rest)
    }

    /// Parses what has arrived of the last block, for a reader of the beginning of a document that
    /// will not get the rest.
    package mutating func flush() throws(JSONError) {
        if !pending.isEmpty { try parsePending() }
    }

    private mutating func parsePending() throws(JSONError) {
        let block = pending
        pending.removeAll(keepingCapacity: true)
        try block.withBytes { (block) throws(JSONError) in try parseBlock(block) }
    }

    private mutating func parseBlock(_ block: UnsafeRawBufferPointer) throws(JSONError) {
        var rest = block
        while !rest.isEmpty {
            let taken = yajl.pointee.fill(rest, at: place.offset, isAtLineStart: isAtLineStart)
            let part = UnsafeRawBufferPointer(rebasing: rest[..<taken])
            try parsePiece(part.bindMemory(to: UInt8.self))
            if let last = part.last {
                isAtLineStart =
                    last == UInt8(ascii: "\n") || isAtLineStart && part.allSatisfy { $0 == 0x20 }
            }
            place.advance(
                over: part, newlines: yajl.pointee.newlines, lastLine: yajl.pointee.lineStart)
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        }
    }

    /// Passes over white space before the document, however much there is.
    package mutating func skip(space bytes: UnsafeRawBufferPointer) {
        var newlines = 0
        var lastLine = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            newlines += 1
            lastLine = index + 1
        }
        if let last = bytes.last { isAtLineStart = last == UInt8(ascii: "\n") }
        place.advance(over: bytes, newlines: newlines, lastLine: lastLine)
    }

    /// Ends the document.
    ///
    /// - Throws: `JSONError` if it is not complete, or empty.
    public mutating func finish() throws(JSONError) {
        try flush()
        if let violation = strictText.violationAtEnd() {
            throw error(.encoding, violation.message, at: violation.offset)
        }
        if let suspended { throw suspended }
        if session.pointee.documentEnd != nil {
            if let tailError, admitsTail?(tail) != true { throw tailError }
            return
        }
        let outcome = yajl.pointee.finish()
        guard outcome == .parsed else {
            throw failure(outcome, in: nil)
        }
    }

    private mutating func parsePiece(_ source: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        var violation: StrictText.Violation?
        if yajl.pointee.isSuspicious || strictText.isPending {
            violation = strictText.violation(in: source, base: place.offset)
        }
        if suspended == nil {
            do throws(JSONError) {
                try parseText(source, before: violation)
            } catch {
                suspended = error
            }
        }
        if let suspended {
            // An earlier error of syntax comes first.
            if let violation, violation.offset <= suspended.offset {
                throw encodingError(violation, source)
            }
            // A character or escape before it that is not complete yet may turn out to be the error.
            guard violation == nil, suspended.code != .refused, suspended.code != .limit,
                let start = strictText.pendingStart, start <= suspended.offset
            else { throw suspended }
        } else if let violation {
            throw encodingError(violation, source)
        }
    }

    /// Hands a piece to yajl, up to a violation.
    private mutating func parseText(
        _ source: UnsafeBufferPointer<UInt8>, before violation: StrictText.Violation?
    ) throws(JSONError) {
        if session.pointee.documentEnd != nil { return try checkEnd(source) }
        let count =
            violation.map { yajl.pointee.screened(before: $0.offset) } ?? yajl.pointee.count
        session.pointee.hasProgress = false
        let outcome = yajl.pointee.parse(count)
        let isAtEnd = outcome != .canceled && session.pointee.documentEnd != nil
        if isAtEnd { try checkEnd(source) }
        guard outcome == .parsed || isAtEnd && tailError != nil else {
            throw failure(outcome, in: count, piece: source)
        }
        session.pointee.handler.endBlock { refusal in
            error(.refused, refusal.message, at: refusal.offset ?? place.offset, piece: source)
        }
        noteProgress(count, in: source)
        if stalled > session.pointee.limits.tokenLength {
            throw limitError(.tokenLength, at: place.offset, piece: source)
        }
    }

    /// Counts what a token has so far that has not ended; none goes on after a newline.
    private mutating func noteProgress(_ count: Int, in source: UnsafeBufferPointer<UInt8>) {
        if session.pointee.hasProgress {
            stalled = 0
        } else if yajl.pointee.newlines > 0 {
            stalled = min(count, source.count - yajl.pointee.lineStart)
        } else {
            stalled += count
        }
    }

    /// After the document there is only white space, unless a tail is admitted: yajl would let the
    /// beginning of a token pass.
    private mutating func checkEnd(_ source: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        let start = max(0, (session.pointee.documentEnd ?? 0) - place.offset)
        guard start < source.count else { return }
        if tailError == nil {
            guard let index = source[start...].firstIndex(where: { !StrictText.isSpace($0) })
            else { return keepTail(source[start...]) }
            tailError = error(
                .syntax, "the document is complete, but more follows it", at: place.offset + index,
                piece: source)
        }
        keepTail(source[start...])
        if let tailError, admitsTail == nil || tail.count > _EventParser.longestTail {
            throw tailError
        }
    }

    /// Keeps what may turn out to be a tail; of much white space the last line is enough.
    private mutating func keepTail(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        guard admitsTail != nil else { return }
        if tailError == nil { tail = tail.contains(0x0A) ? [0x0A] : [] }
        tail.append(contentsOf: bytes)
    }

    // MARK: - Errors

    private func encodingError(
        _ violation: StrictText.Violation, _ piece: UnsafeBufferPointer<UInt8>
    ) -> JSONError {
        error(.encoding, violation.message, at: violation.offset, piece: piece)
    }

    /// Translates what yajl says; `count` bytes of the piece were parsed, nil at the end of the input.
    private mutating func failure(
        _ outcome: YajlReader.Outcome, in count: Int?,
        piece: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
    ) -> JSONError {
        let last = count.map { yajl.pointee.culpritOffset(in: $0, isBefore: false) } ?? place.offset
        if let limit = session.pointee.exceeded {
            return limitError(limit, at: last, piece: piece)
        }
        if outcome == .canceled {
            let refusal = handler.refusal ?? JSONRefusal("not what is read here")
            return error(.refused, refusal.message, at: refusal.offset ?? last, piece: piece)
        }
        let message = yajl.pointee.failureMessage
        guard let count, message.isBeforeCulprit else {
            return error(.syntax, message.text, at: last, piece: piece)
        }
        return error(
            .syntax, message.text, at: yajl.pointee.culpritOffset(in: count, isBefore: true),
            piece: piece)
    }

    private func limitError(
        _ limit: JSONLimit, at offset: Int, piece: UnsafeBufferPointer<UInt8>
    ) -> JSONError {
        let limits = session.pointee.limits
        let message =
            switch limit {
            case .depth: "nested more than \(limits.depth) deep"
            case .tokenLength: "a string, key or number of more than \(limits.tokenLength) bytes"
            }
        return error(.limit, message, at: offset, piece: piece)
    }

    private func error(
        _ code: JSONError.Code, _ message: String, at offset: Int,
        piece: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
    ) -> JSONError {
        let found = place.find(offset, in: piece)
        return JSONError(
            code, message, source: source, offset: offset, line: found.line, column: found.column,
            snippet: found.snippet)
    }
}

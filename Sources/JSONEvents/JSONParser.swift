/// Parses a JSON document as its bytes arrive, in any chunking, and hands the events to a handler.
///
/// Strict RFC 8259 and strict UTF-8: what yajl lets pass is found by a sweep over the bytes in front
/// of it, which also leaves out the indentation, so that it costs less than it saves.
///
/// - Note: After an error the parser is done; nothing more can be fed to it.
public struct JSONParser<Handler: JSONEventHandler>: ~Copyable {
    private let session: UnsafeMutablePointer<JSONSession<Handler>>
    private let yajl: UnsafeMutablePointer<YajlReader>
    private let source: String
    private var strictText = StrictText()
    private var place = LinePlace()
    private var isAtLineStart = true
    private var stalled = 0

    /// Makes a parser. `source` names the input in errors; `expectedLength` saves memory for an
    /// input that is known to be short.
    public init(
        handler: consuming Handler, limits: JSONLimits = JSONLimits(), source: String = "input",
        expectedLength: Int = .max
    ) throws(JSONError) {
        session = .allocate(capacity: 1)
        session.initialize(to: JSONSession(handler: handler, limits: limits))
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
        session.pointee.handler.begin(JSONCursor(yajl: yajl))
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

    /// Parses the next bytes.
    ///
    /// - Throws: `JSONError` at the first byte that cannot be.
    /// - Complexity: linear; a token that several chunks share is read again for each.
    public mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        var rest = bytes
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
    /// - Throws: `JSONError` where it is not complete, or empty.
    public mutating func finish() throws(JSONError) {
        if let violation = strictText.violationAtEnd() {
            throw error(.encoding, violation.message, at: violation.offset)
        }
        let outcome = yajl.pointee.finish()
        guard outcome == .parsed else {
            throw failure(outcome, at: place.offset, isAtEnd: true)
        }
    }

    private mutating func parsePiece(_ source: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        var violation: StrictText.Violation?
        var count = yajl.pointee.count
        if yajl.pointee.isSuspicious || strictText.isPending {
            violation = strictText.violation(in: source, base: place.offset)
            // An earlier error of syntax comes first.
            if let violation { count = yajl.pointee.screened(before: violation.offset) }
        }
        session.pointee.hasProgress = false
        let outcome = yajl.pointee.parse(count)
        guard outcome == .parsed else {
            let offset = yajl.pointee.failureOffset(in: count)
            throw failure(outcome, at: offset, piece: source)
        }
        if let violation {
            throw error(.encoding, violation.message, at: violation.offset, piece: source)
        }
        stalled = session.pointee.hasProgress ? 0 : stalled + count
        if stalled > session.pointee.limits.tokenLength {
            throw limitError(.tokenLength, at: place.offset, piece: source)
        }
    }

    // MARK: - Errors

    /// Translates what yajl says.
    private mutating func failure(
        _ outcome: YajlReader.Outcome, at offset: Int, isAtEnd: Bool = false,
        piece: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
    ) -> JSONError {
        if let limit = session.pointee.exceeded {
            return limitError(limit, at: max(0, offset - 1), piece: piece)
        }
        if outcome == .canceled {
            let refusal = handler.refusal ?? JSONRefusal("not what is read here")
            let place = refusal.offset ?? max(0, offset - 1)
            return error(.refused, refusal.message, at: place, piece: piece)
        }
        let message = yajl.pointee.failureMessage
        let place = isAtEnd || message.isBeforeCulprit ? offset : max(0, offset - 1)
        return error(.syntax, message.text, at: place, piece: piece)
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

/// Parses a JSON document as its bytes arrive, in any chunking, and hands its tokens to a visitor.
///
/// Strict RFC 8259 and strict UTF-8; an error is located, and shows no string's content. The document is
/// never in memory as a whole.
///
///     var parser = try JSONParser(KeyCounter())
///     while let chunk = next() { try parser.parse(chunk) }
///     print(try parser.finish().count)
///
/// - Note: After an error the parser is done; nothing more can be fed to it.
public struct JSONParser<Visitor: JSONVisitor>: ~Copyable {
    private var events: _EventParser<VisitorEvents>
    private let box: VisitorBox<Visitor>

    /// Makes a parser.
    ///
    /// - Parameters:
    ///   - visitor: What takes the tokens.
    ///   - limits: How deep a document may be, and how long a token.
    ///   - source: What the input is called in errors.
    /// - Throws: `JSONError` if there is no memory for a parser.
    public init(
        _ visitor: consuming Visitor, limits: JSONLimits = JSONLimits(), source: String = "input"
    ) throws(JSONError) {
        box = VisitorBox(visitor)
        events = try _EventParser(handler: VisitorEvents(box), limits: limits, source: source)
    }

    /// The visitor.
    public var visitor: Visitor { box.visitor }

    /// How many bytes were parsed.
    public var offset: Int { events.offset }

    /// Takes the next bytes. They are parsed in blocks of 128 kB, whichever way they arrive, so that what
    /// an error is does not depend on it; the last block is parsed by `finish`.
    ///
    /// - Throws: `JSONError` at the first byte that cannot be, or where the visitor refuses a token.
    /// - Complexity: linear.
    public mutating func parse(_ bytes: RawSpan) throws(JSONError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(JSONError) in try events.parse(bytes) }
        }
        try result.get()
    }

    /// Takes the next bytes: `[UInt8]`, `Data`, a slice.
    ///
    /// - Throws: `JSONError` at the first byte that cannot be, or where the visitor refuses a token.
    /// - Complexity: linear; without a copy where the bytes lie in a row.
    public mutating func parse(_ bytes: some Sequence<UInt8>) throws(JSONError) {
        try bytes.withRawBytes { (bytes: UnsafeRawBufferPointer) throws(JSONError) in
            try events.parse(bytes)
        }
    }

    /// Parses what has arrived, however little it is.
    mutating func flush() throws(JSONError) {
        try events.flush()
    }

    /// Ends the document, and hands the visitor back.
    ///
    /// - Throws: `JSONError` if the document is not complete, or empty.
    public consuming func finish() throws(JSONError) -> Visitor {
        let box = box
        try events.finish()
        return box.visitor
    }
}

extension JSONParser {
    /// Parses a document in memory.
    ///
    /// - Returns: The visitor.
    /// - Throws: `JSONError` if it is not JSON, or the visitor refuses a token.
    public static func read(
        _ bytes: some Sequence<UInt8>, _ visitor: consuming Visitor,
        limits: JSONLimits = JSONLimits(), source: String = "input"
    ) throws(JSONError) -> Visitor {
        var parser = try JSONParser(visitor, limits: limits, source: source)
        try parser.parse(bytes)
        return try parser.finish()
    }

    /// Parses a file, or what a pipe brings.
    ///
    /// - Parameters:
    ///   - file: The file, `try InputFile(path:)` or `try InputFile(descriptor: 0, name: "stdin")`.
    ///   - visitor: What takes the tokens.
    ///   - limits: How deep the document may be, and how long a token.
    ///   - progress: Told after each chunk of 256 kB how much was read.
    /// - Returns: The visitor.
    /// - Throws: `JSONError` if it is not JSON, or the visitor refuses a token; with the code `io` where
    ///   the file cannot be read, `cancelled` where the task was cancelled.
    public static func read(
        _ file: InputFile, _ visitor: consuming Visitor, limits: JSONLimits = JSONLimits(),
        progress: (ReadingProgress) -> Void = { _ in }
    ) throws(JSONError) -> Visitor {
        var parser = try JSONParser(visitor, limits: limits, source: file.path)
        try file.forEachChunk(progress: progress, failure: JSONError.init) {
            (bytes: UnsafeRawBufferPointer) throws(JSONError) in
            try parser.events.parse(bytes)
        }
        return try parser.finish()
    }
}

extension JSONError {
    /// A file could not be read.
    public init(_ error: FileError) {
        self.init(
            error.isCancellation ? .cancelled : .io, error.reason, source: error.path, offset: 0,
            line: 1, column: 1)
    }
}

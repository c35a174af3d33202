/// What comes first of a capture that arrives in chunks: where its document begins, whether it is JSON
/// or text, and enough of it to say what it is where it is not what a reader expects.
///
/// A byte order mark, white space and lines of noise before the document are passed over.
package struct CaptureBeginning: Sendable {
    package enum Kind: Sendable {
        /// Nothing has arrived but white space, or it is not decided yet.
        case open
        case json, text
    }

    /// What the capture is, as far as its first bytes tell.
    package private(set) var kind = Kind.open
    /// The first 64 kB of the document.
    package private(set) var bytes: [UInt8] = []
    /// What was passed over before the document, a line each.
    package private(set) var noise: [String] = []
    /// Whether a byte order mark came first.
    package private(set) var hasByteOrderMark = false

    /// What came while it is open what the capture is, and where in it the current line begins.
    private var held: [UInt8] = []
    private var lineStart = 0
    /// How many bytes of a byte order mark it begins with.
    private var markLength = 0
    private var isAtStart = true

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What a piece of the capture is.
    package enum Part: Sendable {
        /// It stands before the document.
        case skipped
        /// A part of the document.
        case json, text
    }

    package init() {}

    /// Whether as much of it is kept as is ever looked at.
    package var isFull: Bool { bytes.count == CaptureFormat.sniffedLength }

    /// Takes the next bytes, and hands them on piece by piece, once it is known what they are.
    ///
    /// - Complexity: linear in what comes before the document, constant after it.
    package mutating func append<Failure: Error>(
        _ chunk: UnsafeRawBufferPointer,
        _ body: (Part, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard kind == .open else { return try take(chunk, body) }
        var rest = chunk
        // However much white space there is, it is not kept.
        if held.isEmpty, !isAtStart {
            let count = rest.prefix(while: NotADump.isSpace).count
            try body(.skipped, UnsafeRawBufferPointer(rebasing: rest[..<count]))
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        guard !rest.isEmpty else { return }
        held.append(contentsOf: rest)
        try decide(isComplete: false, body)
    }

    /// Ends the capture; hands on what is left.
    package mutating func finish<Failure: Error>(
        _ body: (Part, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard kind == .open else { return }
        try decide(isComplete: true, body)
    }

    private mutating func decide<Failure: Error>(
        isComplete: Bool, _ body: (Part, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        if isAtStart {
            if !isComplete, held.count < 3, CaptureBeginning.byteOrderMark.starts(with: held) {
                return
            }
            isAtStart = false
            hasByteOrderMark = held.starts(with: CaptureBeginning.byteOrderMark)
            if hasByteOrderMark { (lineStart, markLength) = (3, 3) }
        }
        while lineStart < held.count {
            let rest = held[lineStart...]
            if let place = CaptureNoise.documentStart(in: rest) {
                return try begin(.json, at: place, body)
            }
            guard let end = rest.firstIndex(of: 0x0A) else { break }
            guard CaptureNoise.isBlankOrNoise(rest[..<end]) else {
                return try begin(.text, at: textStart, body)
            }
            lineStart = end + 1
        }
        if held.dropFirst(markLength).allSatisfy(NotADump.isSpace) {
            let blank = held
            held = []
            (lineStart, markLength) = (0, 0)
            try CaptureBeginning.hand(.skipped, blank[...], body)
        } else if isComplete || held.count > CaptureFormat.sniffedLength {
            try begin(.text, at: textStart, body)
        }
    }

    /// Where a text begins: after the white space before it.
    private var textStart: Int {
        held.dropFirst(markLength).firstIndex { !NotADump.isSpace($0) } ?? 0
    }

    private mutating func begin<Failure: Error>(
        _ kind: Kind, at start: Int,
        _ body: (Part, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        self.kind = kind
        let held = self.held
        self.held = []
        if kind == .json {
            noise = CaptureNoise.lines(in: held[markLength..<start])
        }
        try CaptureBeginning.hand(.skipped, held[..<start], body)
        sniff(held[start...])
        try CaptureBeginning.hand(kind == .json ? .json : .text, held[start...], body)
    }

    private mutating func take<Failure: Error>(
        _ chunk: UnsafeRawBufferPointer,
        _ body: (Part, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        sniff(chunk)
        try body(kind == .json ? .json : .text, chunk)
    }

    private mutating func sniff(_ chunk: some Collection<UInt8>) {
        guard !isFull else { return }
        bytes.append(contentsOf: chunk.prefix(CaptureFormat.sniffedLength - bytes.count))
    }

    private static func hand<Failure: Error>(
        _ part: Part, _ bytes: ArraySlice<UInt8>,
        _ body: (Part, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard !bytes.isEmpty else { return }
        var failure: Failure?
        bytes.withUnsafeBytes { bytes in
            do throws(Failure) { try body(part, bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

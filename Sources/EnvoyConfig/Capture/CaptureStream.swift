package import StrictJSON

/// Reads a capture as its bytes arrive, for a sink: JSON, or `/clusters` in text, whatever lines stand
/// around it.
package struct CaptureStream: ~Copyable {
    private var parser: _EventParser<CaptureWalker>
    private let source: String
    private let limits: JSONLimits
    private let sink: any CaptureSink
    private let expectation: CaptureFormat.Expectation
    private var decoder = UTF16Decoder()
    /// What was made of UTF-16: places are of it.
    private var decoded: [UInt8]?
    private var beginning = CaptureBeginning()
    private let tail: Tail
    /// Whether the document has begun.
    private var isBegun = false
    /// A document that is a list, until it is known what its elements are.
    private var heldList: [UInt8]?
    /// What has been read of `/clusters` in text.
    private var text = ClusterText()
    private var isClusterText: Bool?

    /// What follows the document, which the parser hands out.
    private final class Tail {
        var lines: [String] = []
    }

    /// Makes a stream. `source` names the capture in errors.
    package init(
        _ sink: any CaptureSink, expected: CaptureFormat.Expectation, source: String,
        limits: JSONLimits = JSONLimits()
    ) throws(ConfigDumpError) {
        self.sink = sink
        self.source = source
        self.limits = limits
        expectation = expected
        tail = Tail()
        parser = try CaptureStream.parser(
            CaptureWalker(sink: sink, schema: EnvoySchema()), source, limits, tail)
    }

    private static func parser(
        _ walker: CaptureWalker, _ source: String, _ limits: JSONLimits, _ tail: Tail
    ) throws(ConfigDumpError) -> _EventParser<CaptureWalker> {
        do throws(JSONError) {
            return try _EventParser(handler: walker, limits: limits, source: source) { bytes in
                tail.lines = CaptureNoise.lines(in: bytes[...])
                return CaptureNoise.admits(tail: bytes)
            }
        } catch {
            throw ConfigDumpError(error)
        }
    }

    // MARK: - Reading

    /// Takes the next bytes.
    ///
    /// - Throws: `ConfigDumpError` at the first byte that is wrong.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        guard let text = decoder.decode(bytes) else { return try append(decoded: bytes) }
        try append(text)
    }

    private mutating func append(_ text: [UInt8]) throws(ConfigDumpError) {
        if decoder.isDecoding { decoded = (decoded.take() ?? []) + text }
        try text.withBytes { (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try append(decoded: bytes)
        }
    }

    private mutating func append(decoded bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        var beginning = CaptureBeginning()
        swap(&beginning, &self.beginning)
        defer { swap(&beginning, &self.beginning) }
        try beginning.append(bytes) {
            (part: CaptureBeginning.Part, bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try take(part, bytes)
        }
        if beginning.isFull { try decide(beginning.bytes, beginning.kind) }
    }

    private mutating func take(
        _ part: CaptureBeginning.Part, _ bytes: UnsafeRawBufferPointer
    ) throws(ConfigDumpError) {
        switch part {
        case .skipped:
            parser.skip(space: bytes)
            text.skip(bytes.count)
        case .json:
            if !isBegun {
                isBegun = true
                if bytes.first == UInt8(ascii: "[") { heldList = [] }
            }
            if heldList == nil {
                try parse(bytes)
            } else {
                heldList?.append(contentsOf: bytes)
            }
        case .text:
            try read(text: bytes)
        }
    }

    /// What the first 64 kB tell decides what a list holds, and whether a text is one that is read.
    private mutating func decide(
        _ bytes: [UInt8], _ kind: CaptureBeginning.Kind
    ) throws(ConfigDumpError) {
        if kind == .text { return try checkText(bytes) }
        guard let held = heldList else { return }
        heldList = nil
        let format = CaptureFormat(beginning: bytes)
        guard format.isConfigDump || format.bareKind != nil && expectation == .configDump else {
            throw NotADump.error(bytes, expected: expectation, source: source)
        }
        if let kind = format.bareKind {
            parser.handler.bareList = CaptureList.bare(kind)
        }
        try held.withBytes { (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try parse(bytes)
        }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        do throws(JSONError) { try parser.parse(bytes) } catch { throw failure(error) }
    }

    private func failure(_ error: JSONError) -> ConfigDumpError {
        parser.handler.refusesDocument ? notReadable : ConfigDumpError(error)
    }

    /// The error for a capture of another kind.
    var notReadable: ConfigDumpError {
        NotADump.error(beginning.bytes, expected: expectation, source: source)
    }

    // MARK: - Text

    private var wantsText: Bool {
        guard let list = CaptureList.under(.clusterStatuses) else { return false }
        if case .skip = sink.reading(of: list, list.state) { return false }
        return true
    }

    /// Ends the pass where a text is not `/clusters`, or that is not asked for.
    private mutating func checkText(_ bytes: [UInt8]) throws(ConfigDumpError) {
        if isClusterText == nil { isClusterText = ClusterText.isClusterText(bytes) }
        guard isClusterText == true, wantsText else {
            let expected = isClusterText == true ? .configDump : expectation
            throw NotADump.error(bytes, expected: expected, source: source)
        }
    }

    private mutating func read(text bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        guard wantsText else { return }
        text.append(bytes) { sink.take(clusterStatus: $1, at: $0) }
        if text.isLineTooLong {
            throw ConfigDumpError(
                .notADump,
                "a line of more than \(ClusterText.longestLine >> 20) MiB does not belong "
                    + "to Envoy's /clusters", source: source)
        }
    }

    // MARK: - The end

    /// Ends the capture.
    ///
    /// - Throws: `ConfigDumpError` if it is not complete, or nothing that is read.
    package consuming func finish() throws(ConfigDumpError) -> CaptureOutcome {
        try append(decoder.finish())
        var beginning = CaptureBeginning()
        swap(&beginning, &self.beginning)
        try beginning.finish {
            (part: CaptureBeginning.Part, bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            try take(part, bytes)
        }
        self.beginning = beginning
        guard beginning.kind != .open else { throw notReadable }
        try decide(beginning.bytes, beginning.kind)
        var outcome = CaptureOutcome(beginning: beginning.bytes, decoded: decoded)
        if beginning.kind == .text {
            sink.begin(.clusterStatus)
            text.finish { sink.take(clusterStatus: $1, at: $0) }
            outcome.isText = true
            outcome.oddLineCount = text.oddLineCount
            outcome.firstOddLine = text.firstOddLine
            return outcome
        }
        do throws(JSONError) { try parser.finish() } catch { throw failure(error) }
        outcome.shape = parser.handler.shape
        outcome.warnings = warnings(beginning, wrapper: outcome.shape.wrapper)
        return outcome
    }

    private func warnings(_ beginning: CaptureBeginning, wrapper: [String]) -> [String] {
        func lines(_ lines: [String], _ place: String) -> String? {
            guard let first = lines.first else { return nil }
            let count = lines.count == 1 ? "a line" : "\(lines.count) lines"
            return "skipped \(count) \(place) the JSON: \(first)"
        }
        var warnings = decoded == nil ? [] : [UTF16Decoder.warning]
        if beginning.hasByteOrderMark { warnings.append("skipped a byte order mark") }
        warnings += [lines(beginning.noise, "before"), lines(tail.lines, "after")].compactMap { $0 }
        if !wrapper.isEmpty {
            warnings.append("read the config dump inside of `\(wrapper.joined(separator: "."))`")
        }
        return warnings
    }
}

extension CaptureSink {
    /// Takes a cluster of `/clusters` in text.
    fileprivate func take(clusterStatus value: CanonicalValue, at range: Range<Int>) {
        guard let list = CaptureList.under(.clusterStatuses) else { return }
        var entry = CapturedEntry(list)
        entry.range = range
        var body = CapturedBody(.active)
        body.range = range
        body.content = .tree(value)
        entry.bodies = [body]
        take(entry)
    }
}

internal import EnvoyConfig
internal import YAMLText

/// Writes one document part by part, so that a long list is never in memory at once.
protocol ValueStream {
    mutating func beginList() throws(ConfigDumpError)
    mutating func endList() throws(ConfigDumpError)
    mutating func beginObject() throws(ConfigDumpError)
    mutating func endObject() throws(ConfigDumpError)
    /// The key of the value that comes next. Keys must come in the order in which they are printed.
    mutating func key(_ key: String) throws(ConfigDumpError)
    mutating func append(_ value: CanonicalValue) throws(ConfigDumpError)
    /// Ends the document.
    mutating func finish() throws(ConfigDumpError)
    /// The text that is done, which the stream then forgets.
    mutating func takeText() -> [UInt8]
}

/// Canonical text: JSON, indented by four, with a newline at the end.
struct JSONStream: ValueStream {
    private var buffer: [UInt8] = []
    /// How many parts each open list or object has.
    private var counts: [Int] = []
    private var isBehindKey = false

    mutating func beginList() { open("[") }
    mutating func endList() { close("]") }
    mutating func beginObject() { open("{") }
    mutating func endObject() { close("}") }

    mutating func key(_ key: String) {
        beginPart()
        CanonicalText.append(quoted: key, to: &buffer)
        buffer.append(contentsOf: ": ".utf8)
        isBehindKey = true
    }

    mutating func append(_ value: CanonicalValue) {
        beginPart()
        CanonicalText.append(value, depth: counts.count, to: &buffer)
    }

    mutating func finish() { buffer.append(UInt8(ascii: "\n")) }

    mutating func takeText() -> [UInt8] {
        defer { buffer = [] }
        return buffer
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        beginPart()
        buffer.append(UInt8(ascii: bracket))
        counts.append(0)
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        let count = counts.popLast() ?? 0
        if count > 0 { newline() }
        buffer.append(UInt8(ascii: bracket))
    }

    private mutating func beginPart() {
        if isBehindKey {
            isBehindKey = false
            return
        }
        guard let count = counts.last else { return }
        if count > 0 { buffer.append(UInt8(ascii: ",")) }
        counts[counts.count - 1] = count + 1
        newline()
    }

    private mutating func newline() {
        buffer.append(UInt8(ascii: "\n"))
        let spaces = counts.count * CanonicalText.indent
        buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: spaces))
    }
}

/// YAML, with an empty line at the end, as istioctl has it.
struct YAMLStream: ValueStream {
    private let emitter: YAMLEmitter
    private let source: String
    private var rest: [UInt8] = []

    init(source: String) throws(ConfigDumpError) {
        self.source = source
        emitter = try YAMLStream.located(source, YAMLEmitter.init)
    }

    mutating func beginList() throws(ConfigDumpError) { try located(emitter.beginList) }
    mutating func endList() throws(ConfigDumpError) { try located(emitter.endList) }
    mutating func beginObject() throws(ConfigDumpError) { try located(emitter.beginObject) }
    mutating func endObject() throws(ConfigDumpError) { try located(emitter.endObject) }

    mutating func key(_ key: String) throws(ConfigDumpError) { try append(.string(key)) }

    mutating func append(_ value: CanonicalValue) throws(ConfigDumpError) {
        try located { () throws(YAMLError) in try emitter.append(value) }
    }

    mutating func finish() throws(ConfigDumpError) {
        rest = try located(emitter.finish) + [UInt8(ascii: "\n")]
    }

    mutating func takeText() -> [UInt8] {
        defer { rest = [] }
        return emitter.takeText() + rest
    }

    private func located<Result>(
        _ body: () throws(YAMLError) -> Result
    ) throws(ConfigDumpError) -> Result {
        try YAMLStream.located(source, body)
    }

    private static func located<Result>(
        _ source: String, _ body: () throws(YAMLError) -> Result
    ) throws(ConfigDumpError) -> Result {
        do throws(YAMLError) {
            return try body()
        } catch {
            throw ConfigDumpError(.io, error.message, source: source)
        }
    }
}

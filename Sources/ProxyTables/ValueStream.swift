internal import EnvoyConfig
internal import Reporting
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
    private var writer = JSONStreamWriter()
    private var buffer = TextBuffer()

    mutating func beginList() { writer.beginList(to: &buffer) }
    mutating func endList() { writer.endList(to: &buffer) }
    mutating func beginObject() { writer.beginObject(to: &buffer) }
    mutating func endObject() { writer.endObject(to: &buffer) }

    mutating func key(_ key: String) { writer.key(key, to: &buffer) }

    mutating func append(_ value: CanonicalValue) {
        writer.element(.resource(value), to: &buffer)
    }

    mutating func finish() { buffer.write("\n") }

    mutating func takeText() -> [UInt8] {
        defer { buffer = TextBuffer() }
        return buffer.bytes
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

internal import EnvoySchema
public import JSONEvents

/// Reads a config dump as its bytes arrive.
///
///     var builder = try ConfigDumpBuilder(source: "stdin")
///     while let chunk = next() { try builder.append(chunk) }
///     let dump = try builder.finish()
public struct ConfigDumpBuilder: ~Copyable {
    private var parser: JSONParser<DumpReader>
    private let source: String
    private let limits: JSONLimits
    /// What came so far, while it is open whether this is JSON at all.
    private var beginning: [UInt8] = []
    private var isJSON = false
    private var kept: [UInt8]?

    /// How much of a text that is no JSON is read, to say what it is.
    private static let sniffed = 64 << 10

    /// Makes a builder. `source` names the dump in errors; `keepsBytes` says whether the bytes are
    /// kept, which a dump needs whose resources are read again and which is in no file.
    public init(
        source: String, limits: JSONLimits = JSONLimits(), keepsBytes: Bool = true
    ) throws(ConfigDumpError) {
        self.source = source
        self.limits = limits
        kept = keepsBytes ? [] : nil
        do throws(JSONError) {
            parser = try JSONParser(
                handler: DumpReader(schema: EnvoySchema()), limits: limits, source: source)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// Takes the next bytes.
    ///
    /// - Throws: `ConfigDumpError` at the first byte that is wrong.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        kept?.append(contentsOf: bytes)
        if isJSON { return try parse(bytes) }
        beginning.append(contentsOf: bytes)
        guard let first = beginning.first(where: { !NotADump.isSpace($0) }) else { return }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            isJSON = true
            let bytes = beginning
            beginning = []
            var failure: ConfigDumpError?
            bytes.withUnsafeBytes { bytes in
                do throws(ConfigDumpError) { try parse(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
        } else if beginning.count > ConfigDumpBuilder.sniffed {
            throw NotADump.error(beginning, source: source)
        }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        do throws(JSONError) {
            try parser.parse(bytes)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// Ends the dump.
    ///
    /// - Throws: `ConfigDumpError` where it is not complete, or no dump.
    public consuming func finish() throws(ConfigDumpError) -> ConfigDump {
        guard isJSON else { throw NotADump.error(beginning, source: source) }
        do throws(JSONError) {
            try parser.finish()
        } catch {
            throw ConfigDumpError(error)
        }
        let index = parser.handler.index
        if let key = index.firstOtherKey, !index.hasConfigs {
            throw NotADump.otherJSON(firstKey: key, source: source)
        }
        return ConfigDump(
            source: source, index: index, storage: kept.map { .bytes($0) }, limits: limits)
    }
}

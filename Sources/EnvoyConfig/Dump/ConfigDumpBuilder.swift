public import StrictJSON

/// Reads a config dump as its bytes arrive.
///
///     var builder = try ConfigDumpBuilder(source: "stdin")
///     while let chunk = next() { try builder.append(chunk) }
///     let dump = try builder.finish()
public struct ConfigDumpBuilder: ~Copyable {
    private var parser: JSONParser<DumpReader>
    private let source: String
    private let limits: JSONLimits
    private var beginning = CaptureBeginning()
    private var kept: [UInt8]?

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
        beginning.append(bytes)
        switch beginning.kind {
        case .blank: parser.skip(space: bytes)
        case .json: try parse(bytes)
        case .text where beginning.isFull: throw NotADump.error(beginning.bytes, source: source)
        case .text: break
        }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        do throws(JSONError) { try parser.parse(bytes) } catch { throw failure(error) }
    }

    private func failure(_ error: JSONError) -> ConfigDumpError {
        parser.handler.refusesDocument
            ? NotADump.error(beginning.bytes, source: source) : ConfigDumpError(error)
    }

    /// Ends the dump.
    ///
    /// - Throws: `ConfigDumpError` where it is not complete, or no dump.
    public consuming func finish() throws(ConfigDumpError) -> ConfigDump {
        guard beginning.kind == .json else {
            throw NotADump.error(beginning.bytes, source: source)
        }
        do throws(JSONError) { try parser.finish() } catch { throw failure(error) }
        let index = parser.handler.index
        // A `?resource=` that found nothing is `{}`.
        if index.hasOtherKeys, !index.hasConfigs {
            throw NotADump.error(beginning.bytes, source: source)
        }
        return ConfigDump(
            source: source, index: index, storage: kept.map { .bytes($0) }, limits: limits)
    }
}

internal import CanonicalForm
internal import ConfigDumpIndex
internal import JSONEvents

/// One pass over a capture as its bytes arrive: JSON, or the text form of `/clusters`.
struct CapturePass: ~Copyable {
    private var parser: JSONParser<CaptureReader>
    private let source: String
    private let collector: SummaryCollector
    /// What came so far, while it is open whether this is JSON, and all of it where it is text.
    private var text: [UInt8] = []
    private var isJSON: Bool?

    init(
        _ collector: SummaryCollector, source: String, limits: JSONLimits
    ) throws(ConfigDumpError) {
        self.source = source
        self.collector = collector
        do throws(JSONError) {
            parser = try JSONParser(
                handler: CaptureReader(sink: collector), limits: limits,
                source: source)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        if isJSON == true { return try parse(bytes) }
        text.append(contentsOf: bytes)
        guard isJSON == nil, let first = text.first(where: { !NotADump.isSpace($0) }) else {
            return
        }
        isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        guard isJSON == true else { return }
        let beginning = text
        text = []
        var failure: ConfigDumpError?
        beginning.withUnsafeBytes { bytes in
            do throws(ConfigDumpError) { try parse(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        do throws(JSONError) { try parser.parse(bytes) } catch { throw ConfigDumpError(error) }
    }

    consuming func finish() throws(ConfigDumpError) -> ProxySummary {
        guard isJSON == true else { return try finishText() }
        do throws(JSONError) { try parser.finish() } catch { throw ConfigDumpError(error) }
        guard parser.handler.isCapture else {
            throw ConfigDumpError(
                .notADump,
                "this JSON is no capture of an Envoy: it has no `configs`, `bootstrap`, "
                    + "`cluster_statuses`, `certificates` or `version`", source: source)
        }
        return parser.handler.sink.finish()
    }

    private func finishText() throws(ConfigDumpError) -> ProxySummary {
        guard ClusterText.isClusterText(text) else {
            throw NotADump.error(text, source: source)
        }
        var collector = collector
        collector.begin(.clusterStatus)
        guard collector.wants(.clusterStatus) else { return collector.finish() }
        for (range, value) in ClusterText.statuses(text) {
            let place = CapturedPlace(
                kind: .clusterStatus, state: .active, range: range)
            collector.take(CapturedEntry(place: place, value: value, remarks: []))
        }
        return collector.finish()
    }
}

internal import CanonicalForm
internal import ConfigDumpIndex
internal import JSONEvents

/// One pass over a capture as its bytes arrive: JSON, or the text form of `/clusters`.
struct CapturePass: ~Copyable {
    private var parser: JSONParser<CaptureReader>
    private let source: String
    private let collector: SummaryCollector
    private var beginning = CaptureBeginning()
    /// All that has arrived, where it is text.
    private var text: [UInt8] = []

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
        beginning.append(bytes)
        switch beginning.kind {
        case .blank: parser.skip(space: bytes)
        case .json: try parse(bytes)
        case .text:
            text.append(contentsOf: bytes)
            if beginning.isFull, !ClusterText.isClusterText(beginning.bytes) { throw notACapture }
        }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        do throws(JSONError) { try parser.parse(bytes) } catch { throw failure(error) }
    }

    private func failure(_ error: JSONError) -> ConfigDumpError {
        parser.handler.refusesDocument ? notACapture : ConfigDumpError(error)
    }

    private var notACapture: ConfigDumpError {
        NotADump.error(beginning.bytes, expected: .adminCapture, source: source)
    }

    consuming func finish() throws(ConfigDumpError) -> ProxySummary {
        guard beginning.kind == .json else { return try finishText() }
        do throws(JSONError) { try parser.finish() } catch { throw failure(error) }
        guard parser.handler.isCapture else { throw notACapture }
        return parser.handler.sink.finish()
    }

    private func finishText() throws(ConfigDumpError) -> ProxySummary {
        guard ClusterText.isClusterText(text) else { throw notACapture }
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

internal import EnvoyConfig
internal import StrictJSON

/// One pass over a capture as its bytes arrive: JSON, or the text form of `/clusters`.
struct CapturePass: ~Copyable {
    private var parser: JSONParser<CaptureReader>
    private let source: String
    private var collector: SummaryCollector
    private var beginning = CaptureBeginning()
    /// What has been read, where it is text.
    private var text = ClusterText()
    private var isClusterText: Bool?

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
        case .blank:
            parser.skip(space: bytes)
            text.skip(bytes.count)
        case .json: try parse(bytes)
        case .text:
            if beginning.isFull { try checkText() }
            try read(text: bytes)
        }
    }

    /// Ends the pass where a text is not `/clusters`, or that is not asked for.
    private mutating func checkText() throws(ConfigDumpError) {
        if isClusterText == nil { isClusterText = ClusterText.isClusterText(beginning.bytes) }
        guard isClusterText == true, collector.wants(.clusterStatus) else { throw notACapture }
    }

    private mutating func read(text bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        text.append(bytes) { collector.take(status: $1, at: $0) }
        if text.isLineTooLong {
            throw ConfigDumpError(
                .notADump,
                "a line of more than \(ClusterText.longestLine >> 20) MiB is none of "
                    + "Envoy's /clusters", source: source)
        }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) {
        do throws(JSONError) { try parser.parse(bytes) } catch { throw failure(error) }
    }

    private func failure(_ error: JSONError) -> ConfigDumpError {
        parser.handler.refusesDocument ? notACapture : ConfigDumpError(error)
    }

    private var notACapture: ConfigDumpError {
        NotADump.error(
            beginning.bytes,
            expected: ClusterText.isClusterText(beginning.bytes)
                ? .configDump : .adminCapture, source: source)
    }

    consuming func finish() throws(ConfigDumpError) -> ProxySummary {
        guard beginning.kind == .json else { return try finishText() }
        do throws(JSONError) { try parser.finish() } catch { throw failure(error) }
        let format = CaptureFormat(beginning: beginning.bytes)
        // A ztunnel's dump has `certificates`, as Envoy's /certs has.
        guard parser.handler.isCapture, format != .ztunnelDump else { throw notACapture }
        let summary = parser.handler.sink.finish()
        let hasOtherSections = parser.handler.hasSections
        // Many a JSON file has a `version`.
        let isForeign = summary.kinds.contains(.serverInfo) && format != .serverInfo
        guard !isForeign || parser.handler.isConfigDump else { throw notACapture }
        guard summary.answers(collector.wanted, ofDump: hasOtherSections) else {
            throw lacking(
                collector.wanted, summary.kinds, isDump: parser.handler.isConfigDump,
                hasOtherSections)
        }
        return summary
    }

    /// The error for a capture that has nothing of the kinds that are asked for.
    private func lacking(
        _ wanted: Set<CapturedKind>, _ kinds: Set<CapturedKind>, isDump: Bool,
        _ hasOtherSections: Bool
    ) -> ConfigDumpError {
        guard isDump else { return NotADump.error(beginning.bytes, source: source) }
        guard hasOtherSections else {
            if !kinds.isEmpty {
                return ConfigDumpError(
                    .notADump,
                    "this config dump holds what one config_dump?resource=… asked for, and nothing "
                        + "else: capture the whole config_dump", source: source)
            }
            return ConfigDumpError(
                .notADump,
                parser.handler.hasItems
                    ? "this config dump has no section that is known"
                    : "this config dump has no section at all: nothing was captured",
                source: source)
        }
        let sections = wanted.compactMap { $0.resourceKind?.sectionName }.sorted()
        let pages = wanted.compactMap(\.page).sorted().joined(separator: " or ")
        return ConfigDumpError(
            .notADump,
            sections.isEmpty
                ? "this is a config dump: capture Envoy's \(pages) instead"
                : "this config dump has no \(sections.joined(separator: " or "))", source: source)
    }

    private mutating func finishText() throws(ConfigDumpError) -> ProxySummary {
        try checkText()
        collector.begin(.clusterStatus)
        text.finish { collector.take(status: $1, at: $0) }
        if let first = text.firstOddLine {
            collector.passOver(lines: text.oddLineCount, first: first)
        }
        return collector.finish()
    }
}

extension SummaryCollector {
    /// A cluster of `/clusters` in text.
    fileprivate mutating func take(status value: CanonicalValue, at range: Range<Int>) {
        take(
            CapturedEntry(
                place: CapturedPlace(kind: .clusterStatus, state: .active, range: range),
                value: value, remarks: []))
    }
}

extension ProxySummary {
    /// Whether tables of one of these kinds can be made: the capture has such a section, though it
    /// may be empty, or it is a dump with other sections, which leaves out an empty ECDS section, and
    /// endpoints where nobody asked for them.
    fileprivate func answers(_ wanted: Set<CapturedKind>, ofDump hasSections: Bool) -> Bool {
        !kinds.isDisjoint(with: wanted)
            || hasSections && !wanted.isDisjoint(with: [.ecds, .endpoints])
    }
}

internal import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes a comparison in a few lines: reasons first, then what differs, without values.
///
///     Clusters Don't Match: 2 changed, 11 the same
///       rejected by Envoy: outbound|9080||ratings.default.svc.cluster.local: Invalid duration …
///       ~ outbound|9080||details.default.svc.cluster.local
///           circuitBreakers.thresholds[0].maxConnections
///     Listeners Match: 18 the same
public struct ComparisonSummary: ReportWriter {
    /// Of how many changes the values are shown.
    private let valueLimit: Int

    /// Makes a writer. It shows no values, but of the first changes where `valueLimit` says so.
    public init(valueLimit: Int = 0) {
        self.valueLimit = valueLimit
    }

    /// Writes a comparison.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        for note in comparison.notes { output.write("\(note.line)\n") }
        var shown = 0
        for section in comparison.sections {
            write(section, comparison.labels, &shown, to: &output)
        }
        for note in comparison.uncompared { output.write("  \(note.line)\n") }
    }

    private func write(
        _ section: SectionComparison, _ labels: Comparison.Labels, _ shown: inout Int,
        to output: inout some ByteOutput
    ) {
        let title = section.kind.title
        if section.missingIn.isEmpty {
            let verdict = section.isMatch ? "Match" : "Don't Match"
            output.write("\(title) \(verdict): \(counts(section, labels))\n")
        } else {
            output.write("\(title) Not Compared\n")
        }
        for note in section.notes { output.write("  \(note.line)\n") }
        for pair in section.pairs {
            let name = PrintableText.line(pair.name)
            switch pair.status {
            case .same, .ignored: break
            case .onlyFrom: output.write("  - \(name) (only \(PrintableText.line(labels.from)))\n")
            case .onlyTo: output.write("  + \(name) (only \(PrintableText.line(labels.to)))\n")
            case .changed(let index):
                output.write("  ~ \(name)\n")
                for change in section.changed[index].changes {
                    let values = shown < valueLimit ? ComparisonSummary.values(change) : ""
                    shown += 1
                    output.write("      \(PrintableText.line(change.path.plain))\(values)\n")
                }
            }
        }
    }

    /// Both values, each on one line and cut.
    private static func values(_ change: ValueChange) -> String {
        ": \(short(change.from)) → \(short(change.to))"
    }

    private static func short(_ value: CanonicalValue?) -> String {
        guard let value else { return "(absent)" }
        var bytes: [UInt8] = []
        CanonicalText.appendCompact(value, to: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        return PrintableText.line(text.count > 120 ? "\(text.prefix(120))…" : text)
    }

    private func counts(_ section: SectionComparison, _ labels: Comparison.Labels) -> String {
        var parts: [String] = []
        if !section.changed.isEmpty { parts.append("\(section.changed.count) changed") }
        if !section.onlyFrom.isEmpty {
            parts.append("\(section.onlyFrom.count) only \(PrintableText.line(labels.from))")
        }
        if !section.onlyTo.isEmpty {
            parts.append("\(section.onlyTo.count) only \(PrintableText.line(labels.to))")
        }
        parts.append("\(section.sameCount) the same")
        if section.ignoredCount > 0 { parts.append("\(section.ignoredCount) ignored") }
        return parts.joined(separator: ", ")
    }
}

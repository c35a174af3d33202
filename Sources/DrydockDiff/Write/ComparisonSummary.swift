public import Reporting
internal import StrictJSON

/// Writes a comparison in a few lines: reasons first, then each change once with all resources that it
/// is the same in.
///
///     Clusters Don't Match: 67 changed, 1 only Envoy, 1040 the same
///       rejected by Envoy: outbound|9080||ratings.default.svc.cluster.local: Invalid duration …
///       + outbound|8080||svc-0052.shop.svc.cluster.local: only Envoy
///       ~ outbound|9080||details.default.svc.cluster.local: connectTimeout 10s → 3s
///       ~ 66 clusters (22 services: a.shop, b.shop, c.shop and 19 more; subsets v1, v2 and none): …
///     Listeners Match: 18 the same
public struct ComparisonSummary: ReportWriter {
    private let style: DiffStyle

    /// Makes a writer.
    public init(style: DiffStyle = .plain) {
        self.style = style
    }

    /// Writes a comparison.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        for note in comparison.notes { output.write("\(note.line)\n") }
        let text = ChangeGroupText(comparison.labels, style: style)
        for section in comparison.sections {
            let title = section.kind.title
            let verdict = section.isMatch ? "Match" : "Don't Match"
            let line =
                section.missingIn.isEmpty
                ? "\(title) \(verdict): \(counts(section, comparison.labels))"
                : "\(title) Not Compared"
            output.write("\(style.start(.status))\(line)\(style.end)\n")
            for note in section.notes { output.write("  \(note.line)\n") }
            for group in section.groups { output.write("  \(text.line(group))\n") }
        }
        for note in comparison.uncompared { output.write("  \(note.line)\n") }
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

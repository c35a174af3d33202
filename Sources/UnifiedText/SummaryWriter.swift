internal import JSONEvents
public import StructuralDiff

/// Writes a comparison in a few lines: reasons first, then what differs, without values.
///
///     Clusters Don't Match: 2 changed, 11 the same
///       rejected by Envoy: outbound|9080||ratings.default.svc.cluster.local: Invalid duration …
///       ~ outbound|9080||details.default.svc.cluster.local
///           circuitBreakers.thresholds[0].maxConnections
///     Listeners Match: 18 the same
public struct SummaryWriter: Sendable {
    /// Makes a writer.
    public init() {}

    /// Writes a comparison.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        for note in comparison.notes { output.write("\(note.line)\n") }
        for section in comparison.sections { write(section, comparison.labels, to: &output) }
    }

    private func write(
        _ section: SectionComparison, _ labels: Comparison.Labels, to output: inout some ByteOutput
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
            case .onlyFrom: output.write("  - \(name) (only \(labels.from))\n")
            case .onlyTo: output.write("  + \(name) (only \(labels.to))\n")
            case .changed(let index):
                output.write("  ~ \(name)\n")
                for change in section.changed[index].changes {
                    output.write("      \(PrintableText.line(change.path.description))\n")
                }
            }
        }
    }

    private func counts(_ section: SectionComparison, _ labels: Comparison.Labels) -> String {
        var parts: [String] = []
        if !section.changed.isEmpty { parts.append("\(section.changed.count) changed") }
        if !section.onlyFrom.isEmpty {
            parts.append("\(section.onlyFrom.count) only \(labels.from)")
        }
        if !section.onlyTo.isEmpty { parts.append("\(section.onlyTo.count) only \(labels.to)") }
        parts.append("\(section.sameCount) the same")
        if section.ignoredCount > 0 { parts.append("\(section.ignoredCount) ignored") }
        return parts.joined(separator: ", ")
    }
}

extension Note {
    /// The text on one line, whatever it holds.
    package var line: String { PrintableText.line(text) }
}

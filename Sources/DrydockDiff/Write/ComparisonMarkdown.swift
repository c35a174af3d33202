public import Reporting
internal import StrictJSON

/// Writes a comparison for a ticket or a chat: what differs, each change once, in at most 60 lines.
public struct ComparisonMarkdown: ReportWriter {
    /// How many lines there are at most.
    private static let lineLimit = 60

    /// Makes a writer.
    public init() {}

    /// Writes a comparison.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        let labels = comparison.labels
        let from = MarkdownText.escaped(labels.from)
        let to = MarkdownText.escaped(labels.to)
        var lines = [
            comparison.isMatch
                ? "### \(from) and \(to) are the same" : "### \(from) and \(to) differ", "",
        ]
        lines += comparison.notes.map { "- \(MarkdownText.escaped($0.line))" }
        let text = ChangeGroupText(labels)
        for section in comparison.sections {
            guard section.missingIn.isEmpty else {
                lines.append("**\(section.kind.title)**: not compared")
                continue
            }
            let verdict = section.isMatch ? "the same" : "different"
            lines.append("**\(section.kind.title)**: \(verdict)")
            lines.append("")
            lines += section.notes.map { "- \(MarkdownText.escaped($0.line))" }
            lines += section.groups.map { "- \(MarkdownText.code(text.line($0)))" }
            if lines.last != "" { lines.append("") }
        }
        lines += comparison.uncompared.map { "- \(MarkdownText.escaped($0.line))" }
        MarkdownText.write(lines, limit: ComparisonMarkdown.lineLimit, to: &output)
    }
}

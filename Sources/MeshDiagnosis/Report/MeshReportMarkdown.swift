internal import DrydockDiff
internal import EnvoyConfig
public import Reporting

/// Writes a mesh's report for a ticket or a chat: the verdict, the causes with their objects and next
/// steps, and the proxies with problems, in at most 60 lines.
public struct MeshReportMarkdown: ReportWriter {
    private static let lineLimit = 60
    /// How many causes are told in full, and how many proxies have a row.
    private static let causes = 5, rows = 10

    /// Makes a writer.
    public init() {}

    /// Writes a report.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        let escaped = MarkdownText.escaped
        var lines = ["### \(escaped(report.verdictText))", ""]
        let text = ChangeGroupText(Comparison.Labels(), namesKind: true)
        for (index, cause) in (report.causes + report.findings).enumerated() {
            let count = cause.proxies.count
            let affected =
                count == 0
                ? ""
                : " (\(count) \(count == 1 ? "proxy" : "proxies"): "
                    + "\(NameList.text(cause.proxies, limit: 2)))"
            lines.append(
                "\(index + 1). **\(escaped(cause.kind.rawValue))** \(escaped(cause.text + affected))"
            )
            guard index < MeshReportMarkdown.causes else { continue }
            if let object = cause.object {
                lines.append("   - Change **\(escaped(object.description))**")
            } else if !cause.candidates.isEmpty {
                let names = NameList.text(cause.candidates.map(\.description), limit: 4)
                lines.append("   - Change one of \(escaped(names))")
            }
            if [.stale, .drift, .rejected].contains(cause.kind) {
                for group in cause.differences.prefix(3) {
                    lines.append("   - \(MarkdownText.code(text.line(group)))")
                }
            }
            for command in cause.nextSteps.prefix(3) {
                lines.append("   - \(MarkdownText.code(command))")
            }
        }
        let problems = report.judged.filter { $0.verdict == .problem || $0.verdict == .notChecked }
        if !problems.isEmpty {
            lines += ["", "| Proxy | Workload | Sync | Drift |", "|---|---|---|---|"]
            for proxy in problems.prefix(MeshReportMarkdown.rows) {
                let cells = [
                    proxy.displayName, proxy.workload ?? "", proxy.syncText, proxy.driftText,
                ]
                lines.append("| \(cells.map(escaped).joined(separator: " | ")) |")
            }
            let more = problems.count - MeshReportMarkdown.rows
            if more > 0 { lines += ["", "… and \(more) more proxies"] }
        }
        MarkdownText.write(lines, limit: MeshReportMarkdown.lineLimit, to: &output)
    }
}

public import Reporting
internal import StrictJSON

/// Writes which resources differ and in how many lines, as `git diff --stat` does.
///
///     clusters/outbound|9080||details.default.svc.cluster.local | 13 +++++++++++--
///     clusters/outbound|9080||ratings.default.svc.cluster.local | only Istiod
///     2 resources differ: 12 insertions(+), 40 deletions(-)
public struct ComparisonStat: ReportWriter {
    /// How a diff is coloured.
    private let style: DiffStyle
    /// Whether the names alone are written.
    private let namesOnly: Bool

    /// How many marks a line has at most.
    private static let marks = 40

    /// Makes a writer. `namesOnly` leaves all but the names out, as `git diff --name-only` does.
    public init(style: DiffStyle = .plain, namesOnly: Bool = false) {
        self.style = style
        self.namesOnly = namesOnly
    }

    private struct Row {
        var name: String
        var inserted = 0, deleted = 0
        var only: String?
    }

    /// Writes a comparison.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        let rows = comparison.sections.flatMap { self.rows($0, comparison.labels) }
        guard !namesOnly else {
            for row in rows { output.write("\(row.name)\n") }
            return
        }
        let width = rows.map(\.name.count).max() ?? 0
        let most = rows.map { $0.inserted + $0.deleted }.max() ?? 0
        let scale = most > ComparisonStat.marks ? Double(ComparisonStat.marks) / Double(most) : 1
        for row in rows {
            let gap = String(repeating: " ", count: width - row.name.count)
            let total = row.inserted + row.deleted
            let what = row.only.map { "only \($0)" } ?? "\(total) \(bar(row, scale))"
            output.write("\(row.name)\(gap) | \(what)\n")
        }
        let inserted = rows.reduce(0) { $0 + $1.inserted }
        let deleted = rows.reduce(0) { $0 + $1.deleted }
        let noun = rows.count == 1 ? "resource differs" : "resources differ"
        output.write(
            "\(rows.count) \(noun): \(inserted) \(inserted == 1 ? "insertion" : "insertions")(+), "
                + "\(deleted) \(deleted == 1 ? "deletion" : "deletions")(-)\n")
        let uncompared = comparison.sections.filter { !$0.missingIn.isEmpty }
        for section in uncompared { output.write("\(section.kind.title) Not Compared\n") }
    }

    private func rows(_ section: SectionComparison, _ labels: Comparison.Labels) -> [Row] {
        section.pairs.filter(\.isDifference).map { pair in
            var row = Row(name: PrintableText.line("\(section.kind.rawValue)/\(pair.name)"))
            switch pair.status {
            case .same, .ignored: break
            case .onlyFrom:
                row.only = PrintableText.line(labels.from)
                row.deleted = pair.from?.lineCount ?? 0
            case .onlyTo:
                row.only = PrintableText.line(labels.to)
                row.inserted = pair.to?.lineCount ?? 0
            case .changed(let index):
                for edit in section.changed[index].lines.edits {
                    switch edit.kind {
                    case .equal: break
                    case .insert: row.inserted += edit.count
                    case .delete: row.deleted += edit.count
                    }
                }
            }
            return row
        }
    }

    private func bar(_ row: Row, _ scale: Double) -> String {
        func run(_ mark: String, _ count: Int, _ part: DiffStyle.Part) -> String {
            guard count > 0 else { return "" }
            let length = max(1, Int((Double(count) * scale).rounded()))
            return "\(style.start(part))\(String(repeating: mark, count: length))\(style.end)"
        }
        return run("+", row.inserted, .added) + run("-", row.deleted, .removed)
    }
}

/// Writes reports of one type in one form.
///
/// The writers of a value `X` are `XText` for people and `XJSON` for scripts; any other form names
/// itself: `ComparisonUnifiedDiff`, `MeshReportJSONLines`. A writer holds how a report is to look and
/// nothing of the report, so that one writer serves any number of them:
///
///     var output = TextBuffer()
///     MeshReportText().write(report, to: &output)
///
/// A report goes to its output piece by piece. A writer that reads a capture again while it writes
/// throws where that fails, and the output then holds the pieces before it; the others cannot fail.
public protocol ReportWriter<Report>: Sendable {
    /// What is written.
    associatedtype Report
    /// Why writing ends early; `Never` for a writer that has the whole report in memory.
    associatedtype Failure: Error

    /// Writes a report.
    ///
    /// - Throws: what keeps the writer from going on; the output itself does not fail.
    func write(_ report: Report, to output: inout some ByteOutput) throws(Failure)
}

extension ReportWriter {
    /// A report as a string.
    ///
    /// - Throws: what keeps the writer from going on.
    public func text(of report: Report) throws(Failure) -> String {
        var buffer = TextBuffer()
        try write(report, to: &buffer)
        return buffer.text
    }
}

public import Reporting

/// Writes the proxies of a mesh's report as JSON, one a line, each as
/// `MeshReportJSON` has it.
public struct MeshReportJSONLines: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the proxies of a report.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        for proxy in report.proxies { MeshReportJSON().value(proxy).writeLine(to: &output) }
    }
}

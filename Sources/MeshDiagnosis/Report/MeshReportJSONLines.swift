public import Reporting

/// Writes the proxies of a mesh's report as JSON, one a line, each as
/// `MeshReportJSON` has it.
public struct MeshReportJSONLines: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes one proxy.
    public func write(proxy: ProxyReport, to output: inout some ByteOutput) {
        MeshReportJSON().value(proxy).writeLine(to: &output)
    }

    /// Writes the proxies of a report.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        for proxy in report.proxies { write(proxy: proxy, to: &output) }
    }
}

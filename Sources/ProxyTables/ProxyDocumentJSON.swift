public import EnvoyConfig
public import Reporting

/// Writes the whole resources that the rows of a table are made of as JSON, indented by four.
public struct ProxyDocumentJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a document.
    ///
    /// - Throws: `ConfigDumpError` if the capture cannot be read again.
    /// - Complexity: linear in the length of the resources; memory for one of them.
    public func write(
        _ document: ProxyDocument, to output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        try document.write(JSONStream(), to: &output)
    }
}

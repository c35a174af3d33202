internal import StrictJSON

extension ReportWriter where Failure == Never {
    /// Hands a report to `Codable` in the form that this writer, one of JSON, gives it.
    package func encode(_ report: Report, to encoder: any Encoder) throws {
        let text = Array(text(of: report).utf8)
        try JSONTreeBuilder.value(of: text, source: "report").encode(to: encoder)
    }
}

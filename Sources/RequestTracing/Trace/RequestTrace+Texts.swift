internal import Reporting

/// A trace in each of its forms.
extension RequestTrace: Encodable {
    /// The way of the request in a few lines: see `RequestTraceText`.
    ///
    /// - Parameter explains: Whether every step is told, the rejected candidates with their reasons.
    /// - Returns: The text.
    public func summary(explains: Bool = false) -> String {
        RequestTraceText(explains: explains).text(of: self)
    }

    /// The trace as JSON, a stable contract: see `RequestTraceJSON`.
    public func json(explains: Bool = false) -> String {
        RequestTraceJSON(explains: explains).text(of: self)
    }

    /// Encodes the trace in the form of `json()`.
    public func encode(to encoder: any Encoder) throws {
        try RequestTraceJSON().encode(self, to: encoder)
    }
}

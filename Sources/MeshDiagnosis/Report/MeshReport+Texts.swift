internal import Reporting

/// A report in each of its forms.
extension MeshReport: Encodable {
    /// The report for people: see `MeshReportText`.
    public func summary() -> String { MeshReportText().text(of: self) }

    /// The report as JSON, a stable contract: see `MeshReportJSON`.
    public func json() -> String { MeshReportJSON().text(of: self) }

    /// Encodes the report in the form of `json()`.
    public func encode(to encoder: any Encoder) throws {
        try MeshReportJSON().encode(self, to: encoder)
    }

    /// Makes a report of proxies, such as for a test of a writer; the rest is set by its properties.
    public init(source: String, proxies: [ProxyReport]) {
        self.init(
            source: source, causes: [], findings: [], istiods: [], proxies: proxies, notes: [],
            unreadable: [], interruption: nil, passedOver: [], passedOverCount: 0)
    }
}

extension ProxyReport {
    /// Makes a report, such as for a test of a writer; the rest is set by its properties.
    public init(name: String, namespace: String) {
        self.init(name: name, workload: nil, namespace: namespace)
    }
}

internal import DrydockDiff

// The words of the report's cells, which the page has too.

extension MeshReport {
    /// `10 proxies: 9 ok (drift not compared), 1 with problems`
    package var verdictText: String { MeshReportText.verdict(self) }
}

extension ProxyReport {
    /// `SYNCED`, or the types that are not.
    package var syncText: String { MeshReportText.sync(self) }
    /// `30 clusters, 18 listeners, 4 routes`
    package var resourcesText: String { MeshReportText.resources(self) }
    /// `3 clusters differ`, or `none`.
    package var driftText: String { MeshReportText.drift(self) }
}

internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes which proxies hold which content of a resource.
///
///     cluster outbound|9080||reviews.default.svc.cluster.local: 7 proxies hold version A, 2 version B, 1 lacks it
///         A: details-v1.default, productpage-v1.default, ratings-v1.default and 4 more
///         B: reviews-v1.default, reviews-v2.default
///         lacking: reviews-v3.default
///         B against A: connectTimeout 10s → 3s
public struct ResourceCensusText: ReportWriter {
    /// How many names are told of each; nil for all.
    private let limit: Int?

    /// Makes a writer; `limit` is how many proxies are named in a line, nil all of them.
    public init(limit: Int? = 8) {
        self.limit = limit
    }

    /// Writes a resource.
    public func write(_ census: ResourceCensus, to output: inout some ByteOutput) {
        func line(_ text: String) { output.write("\(PrintableText.line(text))\n") }
        line("\(census.kind.singular) \(census.name): \(counts(census))")
        for (index, version) in census.versions.enumerated() {
            line("    \(ResourceCensus.letter(index)): \(names(version.proxies))")
        }
        if !census.lacking.isEmpty { line("    lacking: \(names(census.lacking))") }
        if !census.unknown.isEmpty { line("    unknown: \(names(census.unknown))") }
        for (index, groups) in census.differences.enumerated() {
            let letter = ResourceCensus.letter(index + 1)
            let text = ChangeGroupText(Comparison.Labels(from: "A", to: letter))
            if groups.isEmpty { line("    \(letter) against A: not readable") }
            for group in groups { line("    \(letter) against A: \(text.change(group))") }
        }
    }

    private func counts(_ census: ResourceCensus) -> String {
        var parts = census.versions.enumerated().map { index, version in
            let count = version.proxies.count
            let letter = ResourceCensus.letter(index)
            if index > 0 { return "\(count) version \(letter)" }
            return "\(count) \(count == 1 ? "proxy holds" : "proxies hold") "
                + (census.versions.count == 1 ? "it" : "version A")
        }
        if !census.lacking.isEmpty {
            parts.append(
                "\(census.lacking.count) \(census.lacking.count == 1 ? "lacks" : "lack") it")
        }
        if !census.unknown.isEmpty { parts.append("\(census.unknown.count) unknown") }
        return parts.joined(separator: ", ")
    }

    private func names(_ names: [String]) -> String {
        NameList.text(names, limit: limit ?? names.count)
    }
}

/// Writes which proxies hold which content of resources, as JSON.
public struct ResourceCensusJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the resources as one document.
    public func write(_ censuses: [ResourceCensus], to output: inout some ByteOutput) {
        let resources = censuses.map { census -> ReportValue in
            var members: ReportObject = [
                "kind": .string(census.kind.rawValue), "name": .string(census.name),
                "versions": .list(
                    census.versions.enumerated().map { index, version in
                        [
                            "version": .string(ResourceCensus.letter(index)),
                            "proxies": .strings(version.proxies),
                        ]
                    }),
                "lacking": .strings(census.lacking), "unknown": .strings(census.unknown),
            ]
            if !census.differences.isEmpty {
                members.append(
                    "differences",
                    .list(census.differences.map { .list($0.map(\.reportValue)) }))
            }
            return .object(members)
        }
        let document: ReportValue = ["resources": .list(resources)]
        document.write(to: &output)
    }
}

public import DrydockDiff
public import Testing

/// Expects that two dumps hold the same configuration.
///
///     @Test(.attachingDrift) func gatewayIsInSync() throws {
///         try expectNoDrift(
///             from: ConfigDump(contentsOfFile: "istiod.json"),
///             to: ConfigDump(contentsOfFile: "envoy.json"),
///             ignoring: [IgnoreRule(kind: .clusters, path: "circuitBreakers.*")])
///     }
///
/// A difference is an issue of the test, with the names of what differs and, under the trait
/// `.attachingDrift`, the unified diff beside it.
///
/// - Parameters:
///   - from: What should be, such as Istiod's dump.
///   - to: What is, such as Envoy's.
///   - kinds: What is compared.
///   - rules: Differences that are known.
///   - sourceLocation: Where the issue is recorded.
/// - Throws: `ConfigDumpError` where a dump cannot be read again.
public func expectNoDrift(
    from: ConfigDump, to: ConfigDump, kinds: [ResourceKind] = [.clusters, .listeners, .routes],
    ignoring rules: [IgnoreRule] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let comparison = try Comparison(
        from: from, to: to, options: Comparison.Options(kinds: kinds, ignoring: rules)
    ).explained()
    guard !comparison.isMatch else { return }
    try record("the dumps differ", comparison, at: sourceLocation)
}

/// Expects that exactly these resources differ: changed, or there on one side alone.
///
///     try expectDrift(from: istiod, to: envoy, in: [.clusters: ["outbound|9080||reviews.default.svc.cluster.local"]])
///
/// A kind that is not named is expected to be the same.
///
/// - Parameters:
///   - from: What should be, such as Istiod's dump.
///   - to: What is, such as Envoy's.
///   - expected: The names of the resources that differ, for each kind.
///   - kinds: What is compared.
///   - rules: Differences that are known.
///   - sourceLocation: Where the issue is recorded.
/// - Throws: `ConfigDumpError` where a dump cannot be read again.
public func expectDrift(
    from: ConfigDump, to: ConfigDump, in expected: [ResourceKind: Set<String>],
    kinds: [ResourceKind] = [.clusters, .listeners, .routes], ignoring rules: [IgnoreRule] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let comparison = try Comparison(
        from: from, to: to, options: Comparison.Options(kinds: kinds, ignoring: rules)
    ).explained()
    var problems: [String] = []
    for section in comparison.sections {
        let found = Set(section.pairs.filter(\.isDifference).map(\.name))
        let wanted = expected[section.kind] ?? []
        for name in wanted.subtracting(found).sorted() {
            problems.append("\(section.kind.rawValue) \(name) does not differ")
        }
        for name in found.subtracting(wanted).sorted() {
            problems.append("\(section.kind.rawValue) \(name) differs")
        }
        if section.missingIn.count == 1 {
            problems += section.notes.filter { $0.kind == .missingSection }.map(\.text)
        }
    }
    guard !problems.isEmpty else { return }
    try record(problems.joined(separator: "\n"), comparison, at: sourceLocation)
}

private func record(
    _ problem: String, _ comparison: Comparison, at location: SourceLocation
) throws {
    if DriftAttachment.isWanted {
        Attachment.record(
            try comparison.unifiedDiff(), named: "drift.diff", sourceLocation: location)
    }
    var summary = TextBuffer()
    SummaryWriter().write(comparison, to: &summary)
    Issue.record("\(problem)\n\(summary.text)", sourceLocation: location)
}

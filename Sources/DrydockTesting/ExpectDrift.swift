public import DrydockDiff
internal import EnvoyConfig
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
/// A difference is an issue of the test, with what differs and the values of the first changes, and
/// under the trait `.attachingDrift` the unified diff with it. The same goes if nothing was compared,
/// and a rule that ignored nothing. In a test of another framework, such as XCTest, where an issue
/// would be recorded nowhere, it is thrown.
///
/// - Parameters:
///   - from: What should be, such as Istiod's dump.
///   - to: What is, such as Envoy's.
///   - kinds: What is compared.
///   - rules: Differences that are known.
///   - sourceLocation: Where the issue is recorded.
/// - Throws: `ConfigDumpError` if a dump cannot be read again, `DriftFailure` outside of a test of
///   Swift Testing.
public func expectNoDrift(
    from: ConfigDump, to: ConfigDump, kinds: [ResourceKind] = [.clusters, .listeners, .routes],
    ignoring rules: [IgnoreRule] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let comparison = try Comparison(
        from: from, to: to, options: Comparison.Options(kinds: kinds, ignoring: rules)
    ).explained()
    var problems = problems(with: comparison)
    if !comparison.isEmpty, !comparison.isMatch { problems.insert("the dumps differ", at: 0) }
    try record(problems, comparison, at: sourceLocation)
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
///   - kinds: What is compared, in addition to the kinds that `expected` names.
///   - rules: Differences that are known.
///   - sourceLocation: Where the issue is recorded.
/// - Throws: `ConfigDumpError` if a dump cannot be read again, `DriftFailure` outside of a test of
///   Swift Testing.
public func expectDrift(
    from: ConfigDump, to: ConfigDump, in expected: [ResourceKind: Set<String>],
    kinds: [ResourceKind] = [.clusters, .listeners, .routes], ignoring rules: [IgnoreRule] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let others = ResourceKind.allCases.filter { expected[$0] != nil && !kinds.contains($0) }
    let comparison = try Comparison(
        from: from, to: to, options: Comparison.Options(kinds: kinds + others, ignoring: rules)
    ).explained()
    var problems = problems(with: comparison)
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
    try record(problems, comparison, at: sourceLocation)
}

/// What an expectation found, where no test of Swift Testing is there to record it.
public struct DriftFailure: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String
    /// What was compared.
    public let comparison: Comparison
}

/// What makes a comparison no proof of anything, whatever it says.
private func problems(with comparison: Comparison) -> [String] {
    let rules = comparison.unusedRules.map { rule in
        let parts = [
            rule.kind.map { "kind: .\($0.rawValue)" }, rule.name.map { "name: \"\($0)\"" },
            rule.path.map { "path: \"\($0)\"" },
        ]
        return "IgnoreRule(\(parts.compactMap { $0 }.joined(separator: ", "))) ignored nothing"
    }
    return comparison.isEmpty ? ["nothing was compared"] + rules : rules
}

private func record(
    _ problems: [String], _ comparison: Comparison, at location: SourceLocation
) throws {
    guard !problems.isEmpty else { return }
    let message = "\(problems.joined(separator: "\n"))\n\(comparison.driftMessage)"
    guard Test.current != nil else {
        throw DriftFailure(description: message, comparison: comparison)
    }
    if DriftAttachment.isWanted {
        Attachment.record(
            try comparison.unifiedDiff(), named: "drift.diff", sourceLocation: location)
    }
    Issue.record("\(message)", sourceLocation: location)
}

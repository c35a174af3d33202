internal import EnvoyConfig
internal import Reporting

/// Two dumps do not hold the same configuration, or nothing was compared.
public struct DriftError: Error, CustomStringConvertible {
    /// What was compared.
    public let comparison: Comparison
    /// The unified diff; empty if nothing was compared.
    public let diff: String

    /// What is wrong: that the dumps differ, with the first differences and their values.
    public var description: String {
        comparison.driftMessage + (diff.isEmpty ? "" : "\n\(diff)")
    }
}

extension Comparison {
    /// Checks that nothing differs, for programs and tests of any kind.
    ///
    ///     try Comparison(from: golden, to: fresh).requireMatch()
    ///
    /// - Throws: `DriftError` if something differs or nothing was compared, `ConfigDumpError`
    ///   where a dump cannot be read again.
    public func requireMatch() throws {
        guard isEmpty || !isMatch else { return }
        throw DriftError(comparison: self, diff: isEmpty ? "" : try unifiedDiff())
    }

    /// What differs in a few lines: each kind, and each change once with both values.
    ///
    ///     Clusters Don't Match: 1 changed, 11 the same
    ///       ~ outbound|9080||reviews.default.svc.cluster.local: connectTimeout 10s → 3s
    public var driftMessage: String {
        if let name = unmatchedNameFilter {
            return "nothing was compared: no resource has \(name) in its name"
        }
        guard !isEmpty else {
            let kinds = sections.map(\.kind.rawValue).joined(separator: ", ")
            return "nothing was compared: "
                + (kinds.isEmpty ? "no kind was asked for" : "neither dump has \(kinds)")
        }
        return ComparisonSummary().text(of: self)
    }
}

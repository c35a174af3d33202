public import EnvoyConfig
internal import Reporting

/// A comparison in each of its forms.
extension Comparison: Encodable {
    /// The comparison in a few lines: each change once, with the resources that it is the same in. See
    /// `ComparisonSummary`.
    public func summary() -> String { ComparisonSummary().text(of: self) }

    /// The comparison as JSON, a stable contract: see `ComparisonJSON`.
    public func json() -> String { ComparisonJSON().text(of: self) }

    /// Encodes the comparison in the form of `json()`.
    public func encode(to encoder: any Encoder) throws {
        try ComparisonJSON().encode(self, to: encoder)
    }

    /// The hunks of one resource that differs, with the line numbers of the whole document.
    ///
    ///     for difference in comparison.clusters.changed {
    ///         print(difference.name, try comparison.unifiedDiff(of: difference, context: 0))
    ///     }
    ///
    /// - Parameters:
    ///   - difference: A difference of this comparison; of another one there is no hunk.
    ///   - context: How many unchanged lines are printed around a change.
    /// - Returns: The hunks, without a header.
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    public func unifiedDiff(
        of difference: ResourceDifference, context: Int = 7
    ) throws(ConfigDumpError) -> String {
        var buffer = TextBuffer()
        for section in sections {
            guard let index = section.changed.firstIndex(of: difference) else { continue }
            var only = section
            only.pairs = section.pairs.map { pair in
                pair.status == .same || pair.status == .changed(index)
                    ? pair : ResourcePair(from: pair.from, to: pair.to, status: .ignored)
            }
            only.implicitDefaults = [:]
            try ComparisonUnifiedDiff(context: context).writeHunks(only, of: self, to: &buffer)
            break
        }
        return buffer.text
    }
}

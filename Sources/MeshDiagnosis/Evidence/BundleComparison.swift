public import DrydockDiff
public import EnvoyConfig
internal import Reporting
public import SupportBundles

/// Compares the dumps of one proxy of a bundle: with Istiod's dump of it, else with a healthy replica's,
/// or with another proxy's.
public struct BundleComparison: Sendable {
    private let bundle: SupportBundle

    /// Makes a comparer.
    public init(_ bundle: SupportBundle) {
        self.bundle = bundle
    }

    /// Compares two proxies.
    ///
    /// - Parameters:
    ///   - proxy: The `from` side.
    ///   - other: The `to` side.
    ///   - options: What is compared.
    ///   - labels: What the sides are called; nil for the proxies' names.
    /// - Returns: The comparison; nil if one of them has no readable dump.
    /// - Throws: `ConfigDumpError` if the bundle cannot be read a second time.
    public func compare(
        _ proxy: String, with other: String, options: Comparison.Options = Comparison.Options(),
        labels: Comparison.Labels? = nil
    ) async throws(ConfigDumpError) -> Comparison? {
        guard let from = bundle.proxies(named: proxy).first?.dump,
            let to = bundle.proxies(named: other).first?.dump
        else { return nil }
        let labels = labels ?? Comparison.Labels(from: proxy, to: other)
        return try await compare(from, to, options, labels)
    }

    /// Compares a proxy with what Istiod would send it.
    ///
    /// - Returns: The comparison, with its reasons; nil if one of the dumps is not there.
    /// - Throws: `ConfigDumpError` if the bundle cannot be read a second time.
    public func compareWithIstiod(
        _ proxy: String, options: Comparison.Options = Comparison.Options(),
        labels: Comparison.Labels = Comparison.Labels()
    ) async throws(ConfigDumpError) -> Comparison? {
        guard let capture = bundle.proxies(named: proxy).first,
            let to = capture.dump, let from = bundle.istiodIndex(of: capture.name)?.dump
        else { return nil }
        let comparison = try await compare(from, to, options, labels)
        let statuses = bundle.istiods.compactMap(\.syncStatus)
        let proxies = ProxyEvidence.all(in: bundle, grace: BundleDiagnosis.Options().grace)
        let known = proxies.first { $0.name == capture.name }
        return try comparison.explained(
            by: known?.reasons(statuses)
                ?? Evidence(syncStatuses: statuses, proxy: capture.name))
    }

    /// What Istiod's dump of a proxy says of the line of text in place of Envoy's.
    ///
    /// - Throws: `ConfigDumpError` if the bundle cannot be read a second time.
    public func notes(
        on error: ConfigDumpError, of proxy: String
    ) async throws(ConfigDumpError) -> [Note] {
        guard let istiod = bundle.istiodIndex(of: proxy)?.dump else { return [] }
        return try UnprintableDump.notes(for: error, istiod: try await bundle.whole([istiod])[0])
    }

    private func compare(
        _ from: ConfigDump, _ to: ConfigDump, _ options: Comparison.Options,
        _ labels: Comparison.Labels
    ) async throws(ConfigDumpError) -> Comparison {
        let dumps = try await bundle.whole([from, to])
        return try Comparison(from: dumps[0], to: dumps[1], options: options, labels: labels)
    }
}

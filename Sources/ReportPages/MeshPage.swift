public import DrydockDiff
public import EnvoyConfig
internal import EnvoyResources
public import MeshDiagnosis
internal import Reporting
public import SupportBundles

/// A report as one page for a web browser: everything that is in it, and no need of a network.
///
///     report + bundle ─▶ resources, each content once ─▶ data ─▶ HTML, CSS, JavaScript in one file
public struct MeshPage: Sendable {
    /// What is said above everything.
    let title: String
    /// The verdict in one line.
    let verdict: String
    let report: MeshReport?
    /// What the page's script reads.
    let data: ReportValue

    /// How large the texts of resources may be together, in bytes: what is beyond is named without.
    static let standardTextLimit = 7 << 20

    /// Makes the page of a bundle.
    ///
    /// - Throws: `ConfigDumpError` if the bundle cannot be read again.
    /// - Complexity: a pass over the bundle, and another where dumps differ from Istiod's.
    public init(
        _ report: MeshReport, of bundle: SupportBundle
    ) async throws(ConfigDumpError) {
        var content = PageContent(textLimit: MeshPage.standardTextLimit)
        // What differs comes first, so that it is never what is cut.
        let differences = try await ProxyDifferences(bundle, report, into: &content)
        try await bundle.forEachDump { proxy, dump throws(ConfigDumpError) in
            content.add(dump, of: proxy.displayName)
        }
        self.report = report
        title = "Drydock: \(report.source.split(separator: "/").last.map(String.init) ?? "report")"
        verdict = report.verdictText
        data =
            PageData(
                content,
                report.proxies.map { proxy in
                    PageData.proxy(proxy, holds: content.holders[proxy.displayName], differences)
                }
            ).value
    }

    /// Makes the page of one dump: what it holds, without a verdict.
    public init(_ dump: ConfigDump) {
        var content = PageContent(textLimit: MeshPage.standardTextLimit)
        content.add(dump, of: dump.source)
        report = nil
        title = "Drydock: \(dump.source)"
        verdict = "One dump: nothing was compared"
        data =
            PageData(
                content,
                [
                    PageData.dump(dump.source, holds: content.holders[dump.source], [], [])
                ]
            ).value
    }

    /// Makes the page of a comparison: the `to` side, and what differs from the `from` side.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    public init(
        _ comparison: Comparison
    ) throws(ConfigDumpError) {
        var content = PageContent(textLimit: MeshPage.standardTextLimit)
        let (from, to) = (comparison.from.makeReader(), comparison.to.makeReader())
        var changes: [ReportValue] = []
        for section in comparison.sections {
            for pair in section.pairs where pair.isDifference {
                changes.append(
                    content.difference(
                        pair.from, pair.to, { try? from.canonicalValue(of: $0) },
                        { try? to.canonicalValue(of: $0) }))
            }
        }
        let name = comparison.labels.to
        content.add(comparison.to, of: name)
        let text = ChangeGroupText(comparison.labels, namesKind: true)
        report = nil
        title = "Drydock: \(comparison.labels.from) and \(name)"
        verdict =
            comparison.isMatch
            ? "\(comparison.labels.from) and \(name) are the same"
            : "\(comparison.labels.from) and \(name) differ"
        let notes = comparison.notes + comparison.sections.flatMap(\.notes) + comparison.uncompared
        data =
            PageData(
                content,
                [
                    PageData.dump(
                        name, holds: content.holders[name],
                        comparison.groups.map(text.line)
                            + notes.map(\.line), changes)
                ]
            ).value
    }
}

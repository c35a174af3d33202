internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting

/// What the comparison of a proxy's dumps tells all rules, one kind after the other: a kind that cannot
/// be compared does not take the others.
package struct DiagnosisFindings: Sendable {
    /// The reasons for the differences, by kind.
    private(set) var explanations: [SectionExplanation] = []
    /// What differs from Istiod's dump, by kind; nil without one.
    private(set) var drift: [ResourceDelta]?
    /// The same, each change once with all resources that it is the same in.
    private(set) var differences: [ChangeGroup] = []
    /// What the rules found so far, those of higher precedence first.
    var notes: [Note] = []
    /// What could not be compared.
    private(set) var failures: [DiagnosisFailure] = []

    init(_ proxy: ProxyEvidence) {
        guard let envoy = proxy.envoy else { return }
        if proxy.istiodDump != nil { drift = [] }
        for kind in ResourceDelta.kinds {
            do throws(ConfigDumpError) {
                let comparison = try Comparison(
                    from: proxy.istiodDump ?? envoy, to: envoy,
                    options: Comparison.Options(kinds: [kind]))
                guard let section = comparison[kind] else { continue }
                drift?.append(ResourceDelta(section))
                differences += section.groups
                explanations.append(
                    try comparison.explanation(
                        of: section, status: proxy.status, log: proxy.rejections))
            } catch {
                failures.append(DiagnosisFailure(kind: kind, error))
            }
        }
    }
}

/// A part of a proxy's diagnosis that failed.
struct DiagnosisFailure: Sendable {
    /// The kind that could not be compared; nil for a rule.
    let kind: ResourceKind?
    let error: ConfigDumpError
    private let what: String

    init(kind: ResourceKind, _ error: ConfigDumpError) {
        self.kind = kind
        self.error = error
        what = "the \(kind.rawValue) could not be compared"
    }

    init(rule: String, _ error: ConfigDumpError) {
        kind = nil
        self.error = error
        what = "whether it is \(rule) could not be told"
    }

    /// That it was not checked, and why.
    var note: Note {
        Note(.notChecked, source: .drydock, text: "\(what): \(error.message)")
    }
}

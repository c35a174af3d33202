internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// What Envoy refused, by Istiod's sync status, by Envoy's own dump, or by the proxy's log.
struct RejectedRule: DiagnosisRule {
    let name = "rejected"

    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note] {
        try proxy.rejectionNotes(findings.explanations)
    }
}

extension ProxyEvidence {
    fileprivate func rejectionNotes(_ explanations: [SectionExplanation]) throws(ConfigDumpError)
        -> [Note]
    {
        var notes: [Note] = []
        for (kind, _) in ProxySyncStatus.typeNames {
            let explanation = explanations.first { $0.kind == kind && istiodDump != nil }
            let groups =
                if let explanation { explanation.rejected } else { try uncompared(kind) }
            guard let summary = RejectionGroup.summary(groups) else { continue }
            notes += [summary] + (explanation?.waiting ?? [])
        }
        return notes
    }

    /// What was refused of a kind that cannot be compared: what Envoy's own dump says, then what Istiod
    /// says beside it.
    private func uncompared(_ kind: ResourceKind) throws(ConfigDumpError) -> [RejectionGroup] {
        var groups = envoy.map { UncomparedRejections.groups(kind, inUseOf: $0) } ?? []
        guard let status else { return groups }
        let names = Set(groups.flatMap(\.names))
        for group in try UncomparedRejections.groups(
            kind, status, log: rejections, istiod: istiodDump)
        where group.names.isEmpty ? groups.isEmpty : !names.isSuperset(of: group.names) {
            groups.append(group)
        }
        return groups
    }
}

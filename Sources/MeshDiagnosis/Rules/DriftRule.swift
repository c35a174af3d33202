internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting

/// A difference from Istiod's dump that nothing before it explains. What is just being pushed may
/// differ.
struct DriftRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add { evidence, report in evidence.driftNote(report).map { [$0] } ?? [] }
    }
}

extension ProxyEvidence {
    /// The note of a difference that no other note explains; nil if absent.
    func driftNote(_ report: ProxyReport) -> Note? {
        let causes: Set<Note.Kind> = [.rejected, .unreadable, .disconnected, .warming, .stale]
        guard let drift = report.drift, !report.notes.contains(where: { causes.contains($0.kind) })
        else { return nil }
        let pushed = Set(pushedKinds)
        let left = drift.filter { !$0.isEmpty && !pushed.contains($0.kind) }
        guard !left.isEmpty else { return nil }
        return Note(
            .drift, source: .drydock,
            text:
                "differs from Istiod's dump, and nothing captured says why: \(DriftText.names(left))"
        )
    }
}

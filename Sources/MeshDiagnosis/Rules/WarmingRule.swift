internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting

/// What waits in Envoy. It is the cause where it is all that is stale or differs; else it waits for what
/// the proxy does not get, and stands behind that.
struct WarmingRule: DiagnosisRule {
    /// What the waiting is.
    enum Role {
        case cause, effect
    }

    let name = "warming"
    private let role: Role

    init(_ role: Role) {
        self.role = role
    }

    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note] {
        let warming = proxy.settled(findings.explanations.flatMap(\.warming))
        let isCause = proxy.isCause(warming, drift: findings.drift ?? [])
        return isCause == (role == .cause) ? warming : []
    }
}

extension ProxyEvidence {
    /// The notes of what waits longer than since just now.
    fileprivate func settled(_ notes: [Note]) -> [Note] {
        let recent = Set(
            [ResourceKind.clusters, .listeners].flatMap { kind in
                (envoy?.resources(kind, .warming) ?? []).filter { isRecent($0.lastUpdated) }
                    .map { Note.Subject(kind: kind, name: $0.name) }
            })
        let waits = [ResourceKind.clusters, .listeners].contains { !warming($0).isEmpty }
        return notes.filter { note in
            note.resource.map { !recent.contains($0) } ?? (waits || lacksSecrets)
        }
    }

    /// Whether what waits is the cause, rather than waiting for what the proxy does not get: its
    /// clusters are all that is stale, or all that differs.
    fileprivate func isCause(_ notes: [Note], drift: [ResourceDelta]) -> Bool {
        guard let first = notes.first else { return false }
        let stale = Set(staleKinds)
        if first.resource?.kind == .listeners {
            return stale.isSubset(of: [.clusters, .listeners, .ecds])
        }
        if stale.isSubset(of: [.clusters]) { return true }
        let waiting = Set(warming(.clusters).map(\.name))
        return drift.allSatisfy { delta in
            if delta.kind == .clusters { return waiting.isSuperset(of: delta.names) }
            // A proxy that just starts asks for listeners when its clusters are there.
            return delta.isEmpty || status?[delta.kind].state == .ignored
        }
    }
}

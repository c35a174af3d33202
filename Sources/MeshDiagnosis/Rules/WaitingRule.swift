internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// What waits in Envoy, and what was sent and not acknowledged. What waits is the cause where it is all
/// that is stale or differs; else it waits for what the proxy does not get.
struct WaitingRule: DiagnosisRule {
    let name = "warming and stale"

    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note] {
        let drift = findings.drift ?? []
        let warming = proxy.settled(findings.explanations.flatMap(\.warming))
        return proxy.isCause(warming, drift: drift) ? warming : proxy.stale(drift) + warming
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

    fileprivate func stale(_ drift: [ResourceDelta]) -> [Note] {
        let kinds = staleKinds
        guard let status, !kinds.isEmpty else { return [] }
        let names = ProxySyncStatus.typeNames.filter { kinds.contains($0.kind) }.map(\.name)
        let times = kinds.compactMap { status[$0].sentTime.flatMap { CaptureTime($0) } }
        var text = "\(names.joined(separator: ", ")): what Istiod sent last"
        if let time = times.min() { text += " at \(time.text(before: newestTime))" }
        text += " was not acknowledged by the proxy"
        if let behind = DriftText.counts(drift) { text += "; \(behind)" }
        var note = Note(.stale, source: .istiod, text: text)
        note.headline =
            "\(names.joined(separator: ", ")): what Istiod sent last was not acknowledged"
        return [note]
    }
}

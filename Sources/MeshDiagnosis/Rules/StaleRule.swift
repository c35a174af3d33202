internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// What was sent and not acknowledged, where it is not a resource in warming that holds it back.
struct StaleRule: DiagnosisRule {
    let name = "stale"

    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note] {
        findings.notes.contains { $0.kind == .warming } ? [] : proxy.stale(findings.drift ?? [])
    }
}

extension ProxyEvidence {
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

internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

extension ProxyEvidence {
    /// A difference from Istiod's dump that nothing before it explains. What is just being pushed may
    /// differ.
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

    /// What of its dumps could not be read and is not compared between proxies anyway.
    func defectNotes() -> [Note] {
        let defects = [envoy, istiodDump].flatMap { $0?.defects ?? [] }
        return defects.filter { !ResourceDelta.kinds.contains($0.kind) }.map { defect in
            Note(
                .notCompared, source: .drydock, text: "not compared: \(defect.error.message)")
        }
    }

    /// What is told of the proxy though it is no trouble.
    func asides() -> [Note] {
        var notes: [Note] = []
        if capture?.isZtunnel ?? false {
            notes.append(
                Note(
                    .passedOver, source: .drydock,
                    text: "a ztunnel: its dump has another format than Envoy's and is passed over"))
        }
        if let health = capture?.hostHealth, health.unhealthyCount > 0 {
            var note = Note(
                .unhealthyEndpoints, source: .envoy,
                text: health.unhealthyCount == 1
                    ? "one host takes no requests: \(health.unhealthy[0])"
                    : "\(health.unhealthyCount) hosts take no requests: "
                        + NameList.text(health.unhealthy, limit: 4))
            note.headline = "hosts take no requests, by /clusters"
            notes.append(note)
        }
        for warning in [envoy, istiodDump].flatMap({ $0?.warnings ?? [] }) {
            notes.append(Note(.passedOver, source: .drydock, text: "in its dump: \(warning)"))
        }
        if let validity = capture?.certificate, let newestTime {
            let left = validity.end.seconds(since: newestTime)
            // Istio renews a workload's certificate when half of its life is over.
            if left < validity.end.seconds(since: validity.start) / 8 {
                let text =
                    left < 0
                    ? "its certificate has expired"
                    : "its certificate expires in \(Int(left / 60)) minutes and was not renewed"
                notes.append(Note(.certificateExpiry, source: .envoy, text: text))
            }
        }
        return notes
    }
}

/// What is told of the mesh though it is no trouble.
enum MeshAsides {
    static func notes(_ bundle: SupportBundle, _ proxies: [ProxyReport]) -> [Note] {
        var notes: [Note] = []
        let empty = Set(bundle.istiods.flatMap(\.clustersWithoutEndpoints)).sorted()
        if !empty.isEmpty {
            notes.append(
                Note(
                    .noEndpoints, source: .istiod,
                    text: "without an endpoint: \(NameList.text(empty, limit: 8))"))
        }
        let groups = Dictionary(grouping: proxies.filter { $0.workload != nil }) {
            "\($0.workload ?? "").\($0.namespace)"
        }
        for workload in groups.keys.sorted() {
            let versions = Set((groups[workload] ?? []).compactMap(\.envoyVersion)).sorted()
            guard versions.count > 1 else { continue }
            notes.append(
                Note(
                    .mixedVersions, source: .drydock,
                    text:
                        "the replicas of \(workload) run Envoy \(versions.joined(separator: ", "))")
            )
        }
        return notes
    }
}

internal import EnvoyConfig
internal import Reporting

/// Finds what is wrong with kinds that were not compared, so that a match of the others does not pass
/// for health.
struct UncomparedTrouble {
    private let comparison: Comparison
    private let status: ProxySyncStatus?
    private let log: RejectionSource
    private let kinds: [ResourceKind]

    init(_ comparison: Comparison, _ status: ProxySyncStatus?, log: RejectionSource) {
        self.comparison = comparison
        self.status = status
        self.log = log
        kinds = ResourceKind.allCases.filter {
            $0.discoveryService != nil && comparison[$0] == nil
        }
    }

    var notes: [Note] {
        kinds.flatMap { kind in rejected(kind) + stale(kind) } + missingSecrets
    }

    private var envoy: ConfigDump { comparison[comparison.envoySide] }

    private func rejected(_ kind: ResourceKind) -> [Note] {
        var groups = UncomparedRejections.groups(kind, inUseOf: envoy)
        if let status {
            let istiod = comparison[comparison.envoySide.other]
            // Which resource is meant is an extra: without Istiod's bytes the reason is told alone.
            let told =
                (try? UncomparedRejections.groups(kind, status, log: log, istiod: istiod))
                ?? (try? UncomparedRejections.groups(kind, status, log: log, istiod: nil)) ?? []
            groups += told.filter { !groups.map(\.reason).contains($0.reason) }
        }
        return RejectionGroup.summary(groups).map { [marked($0)] } ?? []
    }

    private func stale(_ kind: ResourceKind) -> [Note] {
        guard let status, status[kind].state == .stale else { return [] }
        return [
            marked(
                Note(
                    .stale, source: .istiod,
                    text:
                        "\(kind.rawValue): what Istiod sent last was not acknowledged by the proxy"
                ))
        ]
    }

    /// Secrets that have not arrived, but for those that a note on what waits for them names.
    private var missingSecrets: [Note] {
        guard kinds.contains(.secrets) else { return [] }
        let told = comparison.sections.flatMap(\.notes).filter { $0.kind == .warming }.map(\.text)
        let names = Set(
            envoy.resources(.secrets, .warming).filter { $0.versionInfo == "uninitialized" }
                .map(\.name)
        ).sorted().filter { name in !told.contains { $0.contains(name) } }
        guard !names.isEmpty else { return [] }
        let text =
            names.count == 1
            ? "the secret \(names[0]) has not arrived"
            : "\(names.count) secrets have not arrived: \(RejectionGroup.list(names))"
        return [marked(Note(.warming, source: .envoy, text: text))]
    }

    private func marked(_ note: Note) -> Note {
        var note = note
        note.text = "not compared: \(note.text)"
        return note
    }
}

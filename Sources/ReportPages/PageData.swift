internal import DrydockDiff
internal import EnvoyConfig
internal import MeshDiagnosis
internal import Reporting

/// The data of a page: what its script reads.
struct PageData {
    let value: ReportValue

    init(_ content: PageContent, _ proxies: [ReportValue]) {
        value = [
            "proxies": .list(proxies), "items": .list(content.items),
            "cut": .int(content.cutCount),
        ]
    }

    /// A proxy of a bundle.
    static func proxy(
        _ proxy: ProxyReport, holds: [Int]?, _ differences: ProxyDifferences
    ) -> ReportValue {
        let text = ChangeGroupText(Comparison.Labels(), namesKind: true)
        var members: ReportObject = [
            "name": .string(proxy.displayName), "verdict": .string(proxy.verdict.rawValue),
            "workload": .string(proxy.workload ?? ""), "namespace": .string(proxy.namespace),
            "facts": .list(
                [
                    ("Workload", proxy.workload), ("Namespace", proxy.namespace),
                    ("Istiod", proxy.istiod ?? (proxy.isConnected == false ? "none" : nil)),
                    ("Istio", proxy.istioVersion), ("Envoy", proxy.envoyVersion),
                    ("Certificate until", proxy.certificateEnd),
                ].compactMap { key, value in
                    value.map { .strings([key, $0]) }
                }),
            "sync": .list(
                proxy.sync.map { sync in
                    ProxySyncStatus.typeNames.map {
                        .strings([$0.name, sync[$0.kind].state.rawValue])
                    }
                } ?? []),
            "notes": .list(
                (proxy.notes + proxy.findings).map { note in
                    .strings([
                        note.kind.rawValue, note.text,
                        note.object?.description
                            ?? note.candidates.map(\.description).joined(separator: ", "),
                    ])
                }),
            "groups": .strings(proxy.differences.map(text.line)),
            "end": .string(proxy.certificateEnd ?? ""),
        ]
        members.append("against", differences.against[proxy.displayName].map(ReportValue.string))
        members.append(
            "changes", .list(differences.changes[proxy.displayName] ?? []))
        members.append("holds", holds.map { .list($0.map(ReportValue.int)) })
        return .object(members)
    }

    /// A dump without a report.
    static func dump(
        _ name: String, holds: [Int]?, _ groups: [String], _ changes: [ReportValue]
    ) -> ReportValue {
        [
            "name": .string(name), "verdict": .string(changes.isEmpty ? "notChecked" : "problem"),
            "workload": .string(""), "namespace": .string(""), "facts": .list([]),
            "sync": .list([]),
            "notes": .list([]), "groups": .strings(groups), "end": .string(""),
            "changes": .list(changes), "holds": .list((holds ?? []).map(ReportValue.int)),
        ]
    }
}

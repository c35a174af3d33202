internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// Replicas of one workload that run different versions of Envoy.
struct MixedVersionsRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        let groups = Dictionary(grouping: mesh.proxies.filter { $0.workload != nil }) {
            "\($0.workload ?? "").\($0.namespace)"
        }
        for workload in groups.keys.sorted() {
            let versions = Set((groups[workload] ?? []).compactMap(\.envoyVersion)).sorted()
            guard versions.count > 1 else { continue }
            mesh.notes.append(
                Note(
                    .mixedVersions, source: .drydock,
                    text:
                        "the replicas of \(workload) run Envoy \(versions.joined(separator: ", "))")
            )
        }
    }
}

internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// Clusters without an endpoint, by the push status of an Istiod.
struct NoEndpointsRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        let empty = Set(mesh.bundle.istiods.flatMap(\.clustersWithoutEndpoints)).sorted()
        guard !empty.isEmpty else { return }
        mesh.notes.append(
            Note(
                .noEndpoints, source: .istiod,
                text: "without an endpoint: \(NameList.text(empty, limit: 8))"))
    }
}

internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import SupportBundles

/// Clusters without an endpoint, by the push status of an Istiod; and by the `/clusters` of proxies the
/// subsets that no pod is of, though their service has pods.
struct NoEndpointsRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add(to: \.findings) { evidence, _ in
            (evidence.capture?.hostHealth?.emptySubsets ?? []).compactMap(note)
        }
        let empty = Set(mesh.bundle.istiods.flatMap(\.clustersWithoutEndpoints)).sorted()
        guard !empty.isEmpty else { return }
        mesh.notes.append(
            Note(
                .noEndpoints, source: .istiod,
                text: "without an endpoint: \(NameList.text(empty, limit: 8))"))
    }

    private func note(_ cluster: String) -> Note? {
        guard let parts = ClusterNameParts(cluster) else { return nil }
        var note = Note(
            .noEndpoints, source: .envoy,
            text:
                "subset \(parts.subset) of \(parts.serviceName), port \(parts.port), has no endpoint, "
                + "and the service has some: no ready pod has the labels of the subset",
            resource: Note.Subject(kind: .clusters, name: cluster))
        note.offense = Note.Offense(kind: .clusters, names: [], values: [cluster])
        return note
    }
}

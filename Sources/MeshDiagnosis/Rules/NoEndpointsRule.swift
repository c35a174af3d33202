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
            let empty = (evidence.capture?.hostHealth?.emptySubsets ?? []).compactMap { name in
                ClusterNameParts(name).map { (name: name, parts: $0) }
            }
            let services = Dictionary(grouping: empty, by: \.parts.serviceName)
            return services.keys.sorted().map { note($0, services[$0] ?? []) }
        }
        let empty = Set(mesh.bundle.istiods.flatMap(\.clustersWithoutEndpoints)).sorted()
        guard !empty.isEmpty else { return }
        mesh.notes.append(
            Note(
                .noEndpoints, source: .istiod,
                text: "without an endpoint: \(NameList.text(empty, limit: 8))"))
    }

    /// The note of a service: `subsets v1, v2 of reviews.default.svc.cluster.local have no endpoint …`.
    private func note(
        _ service: String, _ clusters: [(name: String, parts: ClusterNameParts)]
    ) -> Note {
        let subsets = Set(clusters.map(\.parts.subset)).sorted()
        let what =
            subsets.count == 1
            ? "subset \(subsets[0]) of \(service) has no endpoint"
            : "subsets \(NameList.text(subsets, limit: 4)) of \(service) have no endpoint"
        var note = Note(
            .noEndpoints, source: .envoy,
            text: "\(what), though the service has some: no ready pod has its labels",
            resource: clusters.first.map { Note.Subject(kind: .clusters, name: $0.name) })
        note.offense = Note.Offense(
            kind: .clusters, names: [], values: Set(clusters.map(\.name)))
        return note
    }
}

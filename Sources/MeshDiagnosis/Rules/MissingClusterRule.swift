internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import SupportBundles
internal import RequestTracing

/// Routes and TCP proxies that send to a cluster that is not there: Envoy answers with 503, flag NC, or
/// closes the connection. Mostly a VirtualService names a subset that no DestinationRule has.
///
/// No trouble of the proxy's sync: it holds what Istiod sends. A cluster that Istiod sent, or may have
/// sent, and that was refused or did not arrive has a note of its own.
struct MissingClusterRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add(to: \.findings) { evidence, _ in
            MissingClusterRule.notes(of: evidence.missingClusters)
        }
    }

    /// A note for each cluster that some references lack.
    static func notes(of references: [ClusterReference]) -> [Note] {
        let groups = Dictionary(grouping: references) { $0.cluster }
        return groups.keys.sorted().map { note($0, groups[$0] ?? []) }
    }

    private static func note(_ cluster: String, _ references: [ClusterReference]) -> Note {
        let holders = Set(references.map(\.place)).sorted()
        let hints = Set(references.compactMap { $0.object?.noteObject })
        let answer =
            references.contains { $0.virtualHost != nil }
            ? "requests there get 503 (NC)" : "connections there are closed"
        var note = Note(
            .missingCluster, source: .envoy,
            text: "there is no cluster \(cluster), and \(NameList.text(holders, limit: 2)) "
                + "\(holders.count == 1 ? "sends" : "send") to it: \(answer)",
            resource: references.first.map { Note.Subject(kind: $0.kind, name: $0.holder) })
        note.headline =
            "there is no cluster \(cluster), and routes or listeners send to it: \(answer)"
        note.offense = Note.Offense(
            kind: references.first?.kind ?? .routes,
            names: Set(references.map(\.holder)).sorted(), values: [cluster])
        note.offense?.hint = hints.count == 1 ? hints.first : nil
        return note
    }
}

extension ProxyEvidence {
    /// The references to clusters that the proxy lacks, and that Istiod does not send either.
    fileprivate var missingClusters: [ClusterReference] {
        switch status?[.clusters].state {
        case .stale, .error: return []
        default: break
        }
        let sent = Set(istiodDump?.resources.filter { $0.kind == .clusters }.map(\.name) ?? [])
        return capture?.missingClusters.filter { !sent.contains($0.cluster) } ?? []
    }
}

extension ClusterReference {
    /// `virtual host reviews.default.svc.cluster.local:9080, route canary`, or the listener.
    fileprivate var place: String {
        guard let virtualHost else { return "listener \(holder)" }
        return "virtual host \(virtualHost)\(route.map { ", route \($0)" } ?? "") of \(holder)"
    }
}

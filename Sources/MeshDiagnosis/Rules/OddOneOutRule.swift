internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// Finds the odd one out: the replicas of a workload should hold the same configuration, but for what
/// is a replica's own, its inbound clusters and the listeners that hold its address.
///
/// Only healthy replicas are a reference, those of an Istiod that is behind or with a difference from
/// Istiod's dump not among them: where two of three are sick, a bare majority would blame the healthy
/// one. Those that are proven to hold what Istiod would send go before those of which no Istiod's dump
/// was captured. Among several that differ the greater part is right; a tie gives no verdict.
struct OddOneOutRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        ReplicaComparison(mesh.evidence).mark(
            &mesh.proxies, isBehind: mesh.agreement.isBehind)
    }
}

private struct ReplicaComparison {
    private let evidence: [ProxyEvidence]

    init(_ evidence: [ProxyEvidence]) {
        self.evidence = evidence
    }

    private struct Workload: Hashable {
        var namespace: String
        var name: String
    }

    /// Marks each proxy that differs from its healthy replicas. The proxies stand in the order of the
    /// evidence.
    func mark(_ proxies: inout [ProxyReport], isBehind: (String) -> Bool) {
        var groups: [Workload: [Int]] = [:]
        // Several dumps of one proxy are not replicas of each other.
        for (index, proxy) in proxies.enumerated()
        where evidence[index].envoy != nil && proxy.file == nil {
            guard let name = proxy.workload else { continue }
            groups[Workload(namespace: proxy.namespace, name: name), default: []].append(index)
        }
        for members in groups.values.sorted(by: { $0[0] < $1[0] }) where members.count > 1 {
            let healthy = members.filter { index in
                proxies[index].isHealthy
                    && !(proxies[index].istiod.map(isBehind) ?? false)
                    && evidence[index].driftNote(proxies[index]) == nil
            }
            let proven = healthy.filter { proxies[$0].drift?.allSatisfy(\.isEmpty) ?? false }
            guard let reference = reference(proven.isEmpty ? healthy : proven),
                let first = reference.first
            else { continue }
            for index in members where reference.count > 1 || !reference.contains(index) {
                proxies[index].hasReference = true
            }
            for index in members where !reference.contains(index) {
                let deltas = deltas(from: first, to: index)
                guard deltas.contains(where: { !$0.isEmpty }) else { continue }
                let names = reference.map { proxies[$0].name }
                proxies[index].oddOneOut = ProxyReport.OddOneOut(replicas: names, deltas: deltas)
                proxies[index].notes.append(
                    Note(
                        .oddOneOut, source: .drydock,
                        text:
                            "differs from its healthy \(names.count == 1 ? "replica" : "replicas") "
                            + "\(names.joined(separator: ", ")): \(DriftText.names(deltas))"))
            }
        }
    }

    /// The largest group of healthy replicas that agree with each other; nil for a tie.
    private func reference(_ healthy: [Int]) -> [Int]? {
        var classes: [[Int]] = []
        for index in healthy {
            let match = classes.firstIndex { members in
                members.first.map { first in
                    deltas(from: first, to: index).allSatisfy(\.isEmpty)
                } ?? false
            }
            if let match { classes[match].append(index) } else { classes.append([index]) }
        }
        guard let largest = classes.map(\.count).max() else { return nil }
        let candidates = classes.filter { $0.count == largest }
        return candidates.count == 1 ? candidates.first : nil
    }

    private func deltas(from first: Int, to second: Int) -> [ResourceDelta] {
        guard let from = evidence[first].envoy, let to = evidence[second].envoy else { return [] }
        let own = ownListeners(first).union(ownListeners(second))
        return ResourceDelta.kinds.map { kind in
            ResourceDelta(kind, from: from, to: to) { name in
                switch kind {
                case .clusters: name.hasPrefix("inbound|")
                case .listeners: own.contains(name)
                default: name.hasPrefix("inbound|")
                }
            }
        }
    }

    private func ownListeners(_ index: Int) -> Set<String> {
        evidence[index].capture?.ownListeners ?? []
    }
}

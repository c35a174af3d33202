internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// What was not checked, said once each: a check that is missing for all proxies, as Istiod's dumps are
/// from a bug report, is not a fault of a proxy's.
struct NotCheckedRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add { _, report in
            report.verdict == .notChecked && !report.isZtunnel
                ? [
                    note(
                        "nothing of it could be checked: neither its sync nor its configuration")
                ] : []
        }
        mesh.notes += sync(mesh.bundle, mesh.proxies) + drift(mesh.bundle, mesh.proxies)
    }

    private func sync(_ bundle: SupportBundle, _ proxies: [ProxyReport]) -> [Note] {
        let istiods = bundle.istiods.filter { !$0.pod.isEmpty }
        if !istiods.contains(where: { $0.syncStatus != nil }), !proxies.isEmpty {
            let reasons = istiods.compactMap { istiod in
                istiod.syncStatusError.map { "\(istiod.pod) answered: \($0.message)" }
            }
            let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))"
            return [note("sync was not checked: no Istiod's debug/syncz is in the bundle\(why)")]
        }
        return istiods.filter { $0.syncStatus == nil }.map { istiod in
            let why =
                istiod.syncStatusError.map { "is not readable: \($0.message)" } ?? "is missing"
            let names = proxies.filter { $0.isConnected == nil && $0.istiod == istiod.pod }
                .map(\.name)
            let whose =
                names.isEmpty
                ? "which of the proxies are connected to it"
                : "whether its proxies acknowledged what it sent (\(NameList.text(names, limit: 5)))"
            return note("the sync status of \(istiod.pod) \(why): it is not known \(whose)")
        }
    }

    private func drift(_ bundle: SupportBundle, _ proxies: [ProxyReport]) -> [Note] {
        let judged = proxies.filter { !$0.isZtunnel && $0.name.contains(".") }
        let lacking = judged.filter { bundle.istiodIndex(of: $0.name) == nil }
        guard !lacking.isEmpty else { return [] }
        let whose =
            lacking.count == judged.count
            ? "the bundle holds no dump that an Istiod made of a proxy, as a bug report does not"
            : "the bundle holds no dump that an Istiod made of \(NameList.text(lacking.map(\.name), limit: 5))"
        return [
            note(
                "drift was not compared: \(whose). Capture each with: kubectl exec -n istio-system "
                    + "deploy/istiod -- pilot-discovery request GET "
                    + "'/debug/config_dump?proxyID=POD.NAMESPACE'")
        ]
    }

    private func note(_ text: String) -> Note {
        Note(.notChecked, source: .drydock, text: text)
    }
}

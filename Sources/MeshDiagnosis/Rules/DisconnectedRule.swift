internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// A proxy that no Istiod knows, where the sync status of each is known.
struct DisconnectedRule: DiagnosisRule {
    let name = "disconnected"

    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note] {
        proxy.disconnected()
    }
}

extension ProxyEvidence {
    /// That no Istiod knows it, with what its captures say of the way to Istiod.
    func disconnected() -> [Note] {
        guard isConnected == false, let capture, !capture.isZtunnel else { return [] }
        let headline = "no Istiod knows it"
        var text = headline
        if let envoy {
            let hasReceived = [ResourceKind.clusters, .listeners].contains {
                !envoy.resources($0, .active).isEmpty
            }
            text +=
                hasReceived
                ? ": it keeps the configuration it had"
                : ", and it never received any configuration"
        }
        if let line = capture.log.lastUpstream {
            let since =
                capture.log.lastUpstreamTime.map { " at \($0.text(before: newestTime))" } ?? ""
            text += "; its log says last\(since): \(line)"
        }
        if let address = capture.node?.discoveryAddress {
            text += "; it looks for Istiod at \(address)"
        }
        if let endpoints = capture.hostHealth?.discovery {
            text +=
                endpoints.isEmpty
                ? "; its cluster xds-grpc has no endpoint"
                : "; its cluster xds-grpc leads to \(endpoints.joined(separator: ", "))"
        }
        var note = Note(.disconnected, source: .istiod, text: text)
        note.headline = headline
        return [note]
    }
}

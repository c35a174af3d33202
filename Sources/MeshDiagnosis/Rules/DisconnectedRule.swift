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
        var text =
            "no Istiod knows it" + (envoy == nil ? "" : ": it keeps the configuration it had")
        if let line = capture.log.lastUpstream { text += "; its log ends with: \(line)" }
        if let address = capture.node?.discoveryAddress {
            text += "; it looks for Istiod at \(address)"
        }
        if let endpoints = capture.discoveryEndpoints {
            text +=
                endpoints.isEmpty
                ? "; its cluster xds-grpc has no endpoint"
                : "; its cluster xds-grpc leads to \(endpoints.joined(separator: ", "))"
        }
        return [Note(.disconnected, source: .istiod, text: text)]
    }
}

internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// A proxy's own certificate that expires and was not renewed.
struct CertificateExpiryRule: MeshRule {
    /// Istio renews a workload's certificate when half of its life is over: what has less than this part
    /// of its life left was not renewed.
    private static let lastPart = 1.0 / 8

    func apply(to mesh: inout MeshFindings) {
        mesh.add { evidence, _ in
            guard let validity = evidence.capture?.certificate,
                let newestTime = evidence.newestTime
            else { return [] }
            let left = validity.end.seconds(since: newestTime)
            let life = validity.end.seconds(since: validity.start)
            guard left < life * CertificateExpiryRule.lastPart else { return [] }
            let text =
                left < 0
                ? "its certificate has expired"
                : "its certificate expires in \(Int(left / 60)) minutes and was not renewed"
            return [Note(.certificateExpiry, source: .envoy, text: text)]
        }
    }
}

internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// What is known of a mesh while its rules run, and what they found.
struct MeshFindings {
    let bundle: SupportBundle
    /// The proxies, as their captures show them.
    let evidence: [ProxyEvidence]
    /// Which Istiods hold the same.
    let agreement: IstiodAgreement
    /// The same proxies in the same order, with what was found.
    var proxies: [ProxyReport]
    /// What concerns the mesh.
    var notes: [Note] = []

    init(_ bundle: SupportBundle, _ evidence: [ProxyEvidence], _ proxies: [ProxyReport]) {
        self.bundle = bundle
        self.evidence = evidence
        self.proxies = proxies
        agreement = IstiodAgreement(bundle.istiods)
    }

    /// Adds notes to each proxy, to its notes or to its findings.
    mutating func add(
        to list: WritableKeyPath<ProxyReport, [Note]> = \.notes,
        _ notes: (ProxyEvidence, ProxyReport) -> [Note]
    ) {
        for index in proxies.indices {
            proxies[index][keyPath: list] += notes(evidence[index], proxies[index])
        }
    }
}

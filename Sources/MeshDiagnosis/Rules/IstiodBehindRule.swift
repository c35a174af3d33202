internal import Reporting

/// Istiods that do not hold the same, and the proxies of one that is behind.
struct IstiodBehindRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        let agreement = mesh.agreement
        mesh.add { _, report in report.istiod.map(agreement.notes(forProxiesOf:)) ?? [] }
        mesh.notes += agreement.notes
    }
}

package import DrydockDiff
package import EnvoyConfig
internal import Reporting

/// Finds one cause of a proxy's trouble in its own captures.
///
/// A rule may ask for any resource of the proxy's dumps. Where its bytes were not kept it fails, is given
/// them in another pass over the bundle, and runs again. Where it fails all the same, that is a note on
/// this proxy: no rule takes another, nor another proxy.
package protocol DiagnosisRule: Sendable {
    /// What the note calls it where it fails.
    var name: String { get }

    /// What the rule finds; nothing where it does not apply.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note]
}

/// Finds what only all captures of a bundle tell together, and what needs no bytes of a dump.
protocol MeshRule: Sendable {
    /// Adds what it finds to the notes of proxies and of the mesh.
    func apply(to mesh: inout MeshFindings)
}

/// The rules. The order of the arrays is the order of precedence: causes before their effects, and
/// before what is not a problem.
package enum DiagnosisRules {
    /// The causes in a proxy's own captures.
    package static let all: [any DiagnosisRule] = [
        RejectedRule(), UnreadableRule(), DisconnectedRule(),
        WarmingRule(.cause), StaleRule(), WarmingRule(.effect),
    ]

    /// The causes that the whole bundle shows, then what is not a problem.
    static let mesh: [any MeshRule] = [
        IstiodBehindRule(), OddOneOutRule(), DriftRule(),
        NotComparedRule(), PassedOverRule(), MissingClusterRule(), UnhealthyEndpointsRule(),
        CertificateExpiryRule(), NoEndpointsRule(), MixedVersionsRule(), NotCheckedRule(),
    ]
}

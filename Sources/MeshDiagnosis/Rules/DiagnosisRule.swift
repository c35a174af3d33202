package import DrydockDiff
package import EnvoyConfig
internal import Reporting

/// Finds one cause of a proxy's trouble. The array `all` is the order of precedence: causes before their
/// effects.
///
/// A rule may ask for any resource of the proxy's dumps. Where its bytes were not kept it fails, is given
/// them in another pass over the bundle, and runs again. Where it fails all the same, that is a note on
/// this proxy: no rule takes another, nor another proxy.
package protocol DiagnosisRule: Sendable {
    /// What the note calls it where it fails.
    var name: String { get }

    /// What the rule finds; nothing where it does not apply.
    ///
    /// - Throws: `ConfigDumpError` where a dump cannot be read again.
    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note]
}

/// The rules.
package enum DiagnosisRules {
    package static let all: [any DiagnosisRule] = [
        RejectedRule(), UnreadableRule(), DisconnectedRule(), WaitingRule(),
    ]
}

internal import DrydockDiff
internal import EnvoyConfig
internal import SupportBundles

extension ProxyEvidence {
    /// The proxy with its own causes, in the order of the rules, and what failed on the way.
    func diagnosed(
        _ rules: [any DiagnosisRule]
    ) -> (report: ProxyReport, failures: [DiagnosisFailure]) {
        var report = report()
        let findings = DiagnosisFindings(self)
        if let drift = findings.drift { report.drift = drift.isEmpty ? nil : drift }
        report.failedKinds = findings.failures.compactMap(\.kind)
        var failures = findings.failures
        for rule in rules {
            do throws(ConfigDumpError) {
                report.notes += try rule.notes(self, findings)
            } catch {
                report.failedRules.append(rule.name)
                failures.append(DiagnosisFailure(rule: rule.name, error))
            }
        }
        report.notes += failures.map(\.note)
        return (report, failures)
    }

    /// The rejections in the proxy's log, by type; where Istiod cut a text off that the log does not have
    /// as a whole, with the end that it has.
    var loggedRejections: [ResourceKind: String] {
        guard let log = capture?.log else { return [:] }
        var rejections = log.rejections
        guard let end = log.lastConstraintFailure else { return rejections }
        for (kind, type) in status?.types ?? [:] where rejections[kind] == nil {
            guard let text = type.lastError else { continue }
            rejections[kind] = "\(text)\n\(end)"
        }
        return rejections
    }
}

internal import DrydockDiff
internal import EnvoyConfig
internal import Regex
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

    /// What is known of its rejections beside its dumps.
    var rejections: RejectionSource {
        RejectionSource(log: loggedRejections, regexError: RegularExpression.error)
    }

    /// The rejections in the proxy's log and in its Istiod's, by type, the later one of both: of a type that is
    /// out of step only what is newer than the last push that the proxy took. Where Istiod cut a text
    /// off that no log has as a whole, with the end that the proxy's log has.
    var loggedRejections: [ResourceKind: String] {
        let all = (capture?.log.rejections ?? [:]).merging(istiodRejections) { first, second in
            // The proxy's own text is not cut off.
            guard let one = first.time, let other = second.time else { return first }
            return other.seconds(since: one) > 1 ? second : first
        }
        var rejections = all.filter { kind, rejection in
            status?[kind].state != .stale || isNewer(rejection, than: status?[kind].lastAcked)
        }.mapValues(\.text)
        guard let end = capture?.log.lastConstraintFailure else { return rejections }
        for (kind, type) in status?.types ?? [:] where rejections[kind] == nil {
            guard let text = type.lastError else { continue }
            rejections[kind] = "\(text)\n\(end)"
        }
        return rejections
    }

    /// Whether a line of a log is newer than a push. Times of pushes are whole seconds.
    private func isNewer(_ rejection: LoggedRejection, than push: String?) -> Bool {
        guard let push = push.flatMap({ CaptureTime($0) }) else { return true }
        guard let time = rejection.time else { return false }
        return time.seconds(since: push) >= 0
    }
}

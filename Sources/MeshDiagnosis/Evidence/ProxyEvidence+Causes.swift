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
        var findings = DiagnosisFindings(self)
        if let drift = findings.drift { report.drift = drift.isEmpty ? nil : drift }
        report.differences = findings.differences
        report.failedKinds = findings.failures.compactMap(\.kind)
        var failures = findings.failures
        for rule in rules {
            do throws(ConfigDumpError) {
                findings.notes += try rule.notes(self, findings)
            } catch {
                report.failedRules.append(rule.name)
                failures.append(DiagnosisFailure(rule: rule.name, error))
            }
        }
        report.notes += findings.notes + failures.map(\.note)
        for index in report.notes.indices { findTexts(of: &report.notes[index]) }
        return (report, failures)
    }

    /// What a comparison of its dumps is explained by.
    func reasons(_ statuses: [SyncStatus]) -> Evidence {
        var reasons = Evidence(syncStatuses: statuses, proxy: name)
        reasons.rejections = rejections
        return reasons
    }

    /// Finds the texts of the refused resources that hold what is complained of, while their bytes are
    /// there.
    private func findTexts(of note: inout Note) {
        guard var offense = note.offense else { return }
        for dump in [istiodDump, envoy].compactMap({ $0 }) where offense.texts.isEmpty {
            let reader = dump.makeReader()
            for resource in dump.resources
            where resource.kind == offense.kind && offense.names.contains(resource.name) {
                // An extra: a resource whose bytes were not kept tells nothing.
                guard let value = try? reader.canonicalValue(of: resource) else { continue }
                offense.isRead = true
                offense.texts.formUnion(value.texts(holding: offense.values))
            }
        }
        note.offense = offense
    }

    /// What is known of its rejections apart from its dumps.
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

extension CanonicalValue {
    /// The texts in it that hold one of these values.
    fileprivate func texts(holding values: Set<String>) -> Set<String> {
        let parts = values.map { $0.hasSuffix("...") ? String($0.dropLast(3)) : $0 }
            .filter { $0.count >= 2 }
        var found: Set<String> = []
        forEachText { text in
            if parts.contains(where: { text == $0 || $0.count >= 3 && text.contains($0) }) {
                found.insert(text)
            }
        }
        return found
    }

    private func forEachText(_ body: (String) -> Void) {
        switch self {
        case .literal(let text), .string(let text): body(text)
        case .list(let elements): for element in elements { element.forEachText(body) }
        case .object(let members): for member in members { member.value.forEachText(body) }
        }
    }
}

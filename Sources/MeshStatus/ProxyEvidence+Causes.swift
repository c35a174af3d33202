internal import ConfigDumpIndex
internal import Explanations
internal import StructuralDiff
internal import SupportBundles
internal import SyncStatus

extension ProxyEvidence {
    /// The proxy with its own causes, in the order of precedence: rejected, unreadable, disconnected,
    /// warming, stale. The bytes that `request()` names have to be there.
    ///
    /// - Throws: `ConfigDumpError` where a dump cannot be read again.
    func diagnosed() throws(ConfigDumpError) -> ProxyReport {
        var report = report()
        let comparison = try comparison()
        var explanations: [SectionExplanation] = []
        if let comparison {
            for section in comparison.sections {
                explanations.append(
                    try comparison.explanation(
                        of: section, status: status, log: loggedRejections))
            }
            if istiodDump != nil {
                report.drift = comparison.sections.filter { ResourceDelta.kinds.contains($0.kind) }
                    .map { ResourceDelta($0) }
            }
        }
        report.notes += try rejections(explanations)
        report.notes += try unreadable()
        report.notes += disconnected()
        let warming = settled(explanations.flatMap(\.warming))
        if isCause(warming, drift: report.drift ?? []) {
            report.notes += warming
        } else {
            report.notes += stale(report.drift ?? []) + warming
        }
        return report
    }

    /// The rejections in the proxy's log, by type; where Istiod cut a text off that the log does not have
    /// as a whole, with the end that it has.
    private var loggedRejections: [ResourceKind: String] {
        guard let log = capture?.log else { return [:] }
        var rejections = log.rejections
        guard let end = log.lastConstraintFailure else { return rejections }
        for (kind, type) in status?.types ?? [:] where rejections[kind] == nil {
            guard let text = type.lastError else { continue }
            rejections[kind] = "\(text)\n\(end)"
        }
        return rejections
    }

    /// Istiod's dump against Envoy's; without Istiod's the states of Envoy's own alone.
    private func comparison() throws(ConfigDumpError) -> Comparison? {
        guard let envoy else { return nil }
        return try Comparison(
            from: istiodDump ?? envoy, to: envoy,
            options: Comparison.Options(kinds: ResourceDelta.kinds))
    }

    // MARK: - Rejected

    private func rejections(_ explanations: [SectionExplanation]) throws(ConfigDumpError) -> [Note]
    {
        var notes: [Note] = []
        for (kind, _) in ProxySyncStatus.typeNames {
            let explanation = explanations.first { $0.kind == kind && istiodDump != nil }
            let groups =
                if let explanation { explanation.rejected } else { try uncompared(kind) }
            guard let summary = RejectionGroup.summary(groups) else { continue }
            notes += [summary] + (explanation?.behind ?? [])
        }
        return notes
    }

    /// What was refused of a kind that cannot be compared: what Envoy's own dump says, then what Istiod
    /// says beside it.
    private func uncompared(_ kind: ResourceKind) throws(ConfigDumpError) -> [RejectionGroup] {
        var groups = envoy.map { UncomparedRejections.groups(kind, inUseOf: $0) } ?? []
        guard let status else { return groups }
        let names = Set(groups.flatMap(\.names))
        for group in try UncomparedRejections.groups(
            kind, status, log: loggedRejections, istiod: istiodDump)
        where group.names.isEmpty ? groups.isEmpty : !names.isSuperset(of: group.names) {
            groups.append(group)
        }
        return groups
    }

    // MARK: - Unreadable, disconnected

    private func unreadable() throws(ConfigDumpError) -> [Note] {
        guard let error = capture?.dumpError else { return [] }
        var notes = [Note(.unreadable, source: .envoy, text: error.message)]
        if let istiodDump { notes += try UnprintableDump.notes(for: error, istiod: istiodDump) }
        return notes
    }

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

    // MARK: - Warming, stale

    /// The notes of what waits longer than since just now.
    private func settled(_ notes: [Note]) -> [Note] {
        let recent = Set(
            [ResourceKind.clusters, .listeners].flatMap { kind in
                (envoy?.resources(kind, .warming) ?? []).filter { isRecent($0.lastUpdated) }
                    .map { Note.Subject(kind: kind, name: $0.name) }
            })
        let waits = [ResourceKind.clusters, .listeners].contains { !warming($0).isEmpty }
        return notes.filter { note in
            note.resource.map { !recent.contains($0) } ?? (waits || lacksSecrets)
        }
    }

    /// Whether what waits is the cause, rather than waiting for what the proxy does not get: its
    /// clusters are all that is stale, or all that differs.
    private func isCause(_ notes: [Note], drift: [ResourceDelta]) -> Bool {
        guard let first = notes.first else { return false }
        let stale = Set(staleKinds)
        if first.resource?.kind == .listeners {
            return stale.isSubset(of: [.clusters, .listeners])
        }
        if stale.isSubset(of: [.clusters]) { return true }
        let waiting = Set(warming(.clusters).map(\.name))
        return drift.allSatisfy { delta in
            if delta.kind == .clusters { return waiting.isSuperset(of: delta.names) }
            // A proxy that just starts asks for listeners when its clusters are there.
            return delta.isEmpty || status?[delta.kind].state == .ignored
        }
    }

    private func stale(_ drift: [ResourceDelta]) -> [Note] {
        let kinds = staleKinds
        guard let status, !kinds.isEmpty else { return [] }
        let names = ProxySyncStatus.typeNames.filter { kinds.contains($0.kind) }.map(\.name)
        let times = kinds.compactMap { status[$0].sentTime }.sorted()
        var text = "\(names.joined(separator: ", ")): what Istiod sent last"
        if let time = times.first { text += " at \(time)" }
        text += " was not acknowledged by the proxy"
        if let behind = DriftText.counts(drift) { text += "; \(behind)" }
        return [Note(.stale, source: .istiod, text: text)]
    }
}

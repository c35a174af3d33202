internal import EnvoyConfig
internal import Reporting

/// Finds the reasons for the differences of one kind.
struct SectionExplainer {
    let comparison: Comparison
    let section: SectionComparison
    private let status: ProxySyncStatus.TypeStatus?
    /// What the proxy's log says was rejected, by type.
    let log: RejectionSource
    /// What should be and what is, whichever side they stand on.
    let istiod: ConfigDump
    let envoy: ConfigDump
    let istiodReader: ResourceReader
    let envoyReader: ResourceReader
    /// The names that differ, in order.
    let differing: [String]

    /// How many names a note lists.
    static let listed = 3

    init(
        _ comparison: Comparison, _ section: SectionComparison, _ status: ProxySyncStatus?,
        log: RejectionSource
    ) {
        self.comparison = comparison
        self.section = section
        self.status = status?.types[section.kind]
        self.log = log
        istiod = comparison[comparison.envoySide.other]
        envoy = comparison[comparison.envoySide]
        istiodReader = istiod.makeReader()
        envoyReader = envoy.makeReader()
        differing = section.pairs.filter(\.isDifference).map(\.name)
    }

    func explanation() throws(ConfigDumpError) -> SectionExplanation {
        var explanation = SectionExplanation(kind: section.kind)
        explanation.rejected = try rejections()
        explanation.waiting = waitingNotes(explanation.rejected)
        explanation.warming = try warmingNotes()
        explanation.draining = drainingNotes()
        if explanation.rejected.isEmpty, explanation.warming.isEmpty {
            explanation.stale = staleNotes()
        }
        return explanation
    }

    func note(_ kind: Note.Kind, _ source: Note.Source, _ text: String, _ name: String?)
        -> Note
    {
        Note(
            kind, source: source, text: text,
            resource: name.map { Note.Subject(kind: section.kind, name: $0) })
    }

    /// Envoy's resources of a kind and state that can be read again.
    func readable(_ kind: ResourceKind, _ state: ResourceState) -> [Resource] {
        envoy.resources(kind, state).filter { envoy.defect(of: $0) == nil }
    }

    // MARK: - Rejected

    private func rejections() throws(ConfigDumpError) -> [RejectionGroup] {
        var groups = envoyRejections()
        let names = Set(groups.flatMap(\.names))
        for var group in try istiodRejections() {
            let isKnown = !group.names.isEmpty && names.isSuperset(of: group.names)
            group.names.removeAll(where: names.contains)
            if !isKnown { groups.append(group) }
        }
        return groups.isEmpty ? try loggedRejections() : groups
    }

    private func finder() -> RejectionFinder {
        RejectionFinder(
            kind: section.kind, known: istiod.compared(section.kind).map(\.name),
            suspects: section.pairs.filter(\.isDifference).compactMap {
                comparison.envoySide == .to ? $0.from : $0.to
            },
            differing: differing, reader: istiodReader, regexError: log.regexError)
    }

    /// What Envoy's own dump says: a listener's `error_state`. Where the listener is the same by now
    /// it is history.
    private func envoyRejections() -> [RejectionGroup] {
        var groups: [RejectionGroup] = []
        var names = Set(differing)
        for resource in envoy.resources(section.kind, .rejected) {
            // Envoy lists each twice, the second time without its entry's name.
            guard let failure = resource.failure, names.remove(resource.name) != nil else {
                continue
            }
            let reason = RejectionText.line(failure.details)
            groups.append(
                RejectionGroup(
                    kind: section.kind, names: [resource.name], reason: reason, source: .envoy,
                    values: Rejection(names: [resource.name], reason: reason).values))
        }
        return groups
    }

    /// What Istiod's sync status says of the type.
    private func istiodRejections() throws(ConfigDumpError) -> [RejectionGroup] {
        guard let text = status?.lastError else { return [] }
        return try finder().groups(text, whole: log[section.kind], source: .istiod)
    }

    /// What the proxy's log says, while the type differs. Released Istios tell no reason: the type is
    /// STALE. Though it is SYNCED, a later push of something else may have been accepted. Where what
    /// was rejected is the same by now, it is history.
    private func loggedRejections() throws(ConfigDumpError) -> [RejectionGroup] {
        guard let text = log[section.kind], let state = status?.state, !differing.isEmpty,
            state == .synced || state == .stale
        else { return [] }
        let names = Set(differing)
        return try finder().groups(text, whole: nil, source: .agent).compactMap { group in
            guard !group.names.isEmpty else { return group }
            var group = group
            group.names.removeAll { !names.contains($0) }
            return group.names.isEmpty ? nil : group
        }
    }

    /// One bad resource holds back a whole push: the others are effects.
    private func waitingNotes(_ rejected: [RejectionGroup]) -> [Note] {
        let names = Set(rejected.flatMap(\.names))
        let waiting = differing.filter { !names.contains($0) }
        guard !waiting.isEmpty, !names.isEmpty else { return [] }
        let these =
            names.count == 1 ? "the rejected one is" : "the \(names.count) rejected ones are"
        let text =
            waiting.count == 1
            ? "1 other change of the same push was not applied; it follows when \(these) fixed: "
                + list(waiting)
            : "\(waiting.count) other changes of the same push were not applied; they follow when "
                + "\(these) fixed: \(list(waiting))"
        return [note(.waiting, .drydock, text, nil)]
    }

    func list(_ names: [String]) -> String {
        NameList.text(names, limit: SectionExplainer.listed)
    }

    // MARK: - Stale

    private func staleNotes() -> [Note] {
        guard let status, status.state == .stale else { return [] }
        let time = status.sentTime.map { " at \($0)" } ?? ""
        return [
            note(
                .stale, .istiod,
                "what Istiod sent last\(time) was not acknowledged by the proxy", nil)
        ]
    }
}

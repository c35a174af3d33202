internal import CanonicalForm
internal import ConfigDumpIndex
internal import StructuralDiff
internal import SyncStatus

/// Finds the reasons for the differences of one kind.
struct SectionExplainer {
    private let comparison: Comparison
    private let section: SectionComparison
    private let status: ProxySyncStatus.TypeStatus?
    /// What the proxy's log says was rejected, by type.
    private let log: [ResourceKind: String]
    private let fromReader: ResourceReader
    private let toReader: ResourceReader
    /// The names that differ, in order.
    private let differing: [String]

    /// How many names a note lists.
    private static let listed = 3

    init(
        _ comparison: Comparison, _ section: SectionComparison, _ status: ProxySyncStatus?,
        log: [ResourceKind: String]
    ) {
        self.comparison = comparison
        self.section = section
        self.status = status?.types[section.kind]
        self.log = log
        fromReader = comparison.from.makeReader()
        toReader = comparison.to.makeReader()
        differing = section.pairs.filter(\.isDifference).map(\.name)
    }

    func explanation() throws(ConfigDumpError) -> SectionExplanation {
        var explanation = SectionExplanation(kind: section.kind)
        explanation.rejected = try rejections()
        explanation.behind = behindNotes(explanation.rejected)
        explanation.warming = try warmingNotes()
        explanation.draining = drainingNotes()
        if explanation.rejected.isEmpty, explanation.warming.isEmpty {
            explanation.stale = staleNotes()
        }
        return explanation
    }

    private func note(_ kind: Note.Kind, _ source: Note.Source, _ text: String, _ name: String?)
        -> Note
    {
        Note(
            kind, source: source, text: text,
            resource: name.map { Note.Subject(kind: section.kind, name: $0) })
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
            kind: section.kind, known: comparison.from.compared(section.kind).map(\.name),
            suspects: section.pairs.filter(\.isDifference).compactMap(\.from),
            differing: differing, reader: fromReader)
    }

    /// What Envoy's own dump says: a listener's `error_state`. Where the listener is the same by now
    /// it is history.
    private func envoyRejections() -> [RejectionGroup] {
        var groups: [RejectionGroup] = []
        var names = Set(differing)
        for resource in comparison.to.resources(section.kind, .rejected) {
            // Envoy lists each twice, the second time without its entry's name.
            guard let failure = resource.failure, names.remove(resource.name) != nil else {
                continue
            }
            groups.append(
                RejectionGroup(
                    kind: section.kind, names: [resource.name],
                    reason: Rejection.clean(failure.details), source: .envoy))
        }
        return groups
    }

    /// What Istiod's sync status says of the type.
    private func istiodRejections() throws(ConfigDumpError) -> [RejectionGroup] {
        guard let text = status?.lastError else { return [] }
        return try finder().groups(text, whole: log[section.kind], source: .istiod)
    }

    /// What the proxy's log says, while the type differs though its status is SYNCED: a later push of
    /// something else was accepted. Where what was rejected is the same by now, it is history.
    private func loggedRejections() throws(ConfigDumpError) -> [RejectionGroup] {
        guard let text = log[section.kind], status?.state == .synced, !differing.isEmpty else {
            return []
        }
        let names = Set(differing)
        return try finder().groups(text, whole: nil, source: .agent).compactMap { group in
            var group = group
            group.names.removeAll { !names.contains($0) }
            return group.names.isEmpty ? nil : group
        }
    }

    /// One bad resource holds back a whole push: the others are effects.
    private func behindNotes(_ rejected: [RejectionGroup]) -> [Note] {
        let names = Set(rejected.flatMap(\.names))
        let behind = differing.filter { !names.contains($0) }
        guard !behind.isEmpty, !names.isEmpty else { return [] }
        let text =
            behind.count == 1
            ? "1 other waits behind the rejected: \(list(behind))"
            : "\(behind.count) others wait behind the rejected: \(list(behind))"
        return [note(.behind, .drydock, text, nil)]
    }

    private func list(_ names: [String]) -> String {
        let shown = names.prefix(SectionExplainer.listed).joined(separator: ", ")
        let rest = names.count - SectionExplainer.listed
        return rest > 0 ? "\(shown) and \(rest) more" : shown
    }

    // MARK: - Warming and draining

    /// What waits in Envoy before it is used, clusters that are not EDS first: EDS clusters wait
    /// behind them. A cluster or listener that was put to use without its secret, when the time for
    /// fetching it was over, waits for it still.
    private func warmingNotes() throws(ConfigDumpError) -> [Note] {
        guard section.kind == .clusters || section.kind == .listeners else { return [] }
        let waiting = comparison.to.resources(section.kind, .warming)
        let missing = try missingSecrets()
        var causes: [Note] = []
        var effects: [Note] = []
        for resource in waiting {
            let value = try toReader.canonicalValue(of: resource)
            let isEDS = value["type"]?.stringValue == "EDS"
            let secrets = TreeSearch.held(value, of: missing).sorted()
            let text = "in warming: \(resource.name): \(reason(value, secrets: secrets))"
            let note = note(.warming, .envoy, text, resource.name)
            if isEDS && secrets.isEmpty { effects.append(note) } else { causes.append(note) }
        }
        for resource in missing.isEmpty ? [] : comparison.to.resources(section.kind, .active)
        where !waiting.contains(where: { $0.name == resource.name }) {
            let value = try toReader.canonicalValue(of: resource)
            let secrets = TreeSearch.held(value, of: missing).sorted()
            guard !secrets.isEmpty else { continue }
            causes.append(
                note(
                    .warming, .envoy,
                    "in use without its secret: \(resource.name): \(reason(value, secrets: secrets))",
                    resource.name))
        }
        return causes + shortened(effects, hasCause: !causes.isEmpty)
    }

    /// The secrets that have not come. The proxy's own are an effect where a cluster waits for
    /// something else, such as DNS: Envoy asks for them later.
    private func missingSecrets() throws(ConfigDumpError) -> Set<String> {
        let missing = Set(
            comparison.to.resources(.secrets, .warming)
                .filter { $0.versionInfo == "uninitialized" }.map(\.name))
        let others = missing.subtracting(["default", "ROOTCA"])
        guard others.count < missing.count else { return others }
        for cluster in comparison.to.resources(.clusters, .warming)
        where try toReader.canonicalValue(of: cluster)["type"]?.stringValue != "EDS" {
            return others
        }
        return missing
    }

    private func shortened(_ effects: [Note], hasCause: Bool) -> [Note] {
        guard effects.count > SectionExplainer.listed else { return effects }
        let names = effects.compactMap(\.resource?.name)
        let why = hasCause ? "behind these" : "for their endpoints"
        return [note(.warming, .envoy, "\(names.count) others wait \(why): \(list(names))", nil)]
    }

    private func reason(_ value: CanonicalValue, secrets: [String]) -> String {
        if let first = secrets.first {
            return secrets.count == 1
                ? "the secret \(first) has not come" : "the secrets \(list(secrets)) have not come"
        }
        guard section.kind == .clusters else {
            return "something that it refers to has not come"
        }
        switch value["type"]?.stringValue {
        case "EDS": return "its endpoints have not come"
        case "STRICT_DNS", "LOGICAL_DNS":
            let hosts = TreeSearch.hosts(in: value)
            return "no answer yet from DNS for \(hosts.isEmpty ? "its host" : list(hosts))"
        default: return "it is not initialized yet"
        }
    }

    private func drainingNotes() -> [Note] {
        let names = Set(differing)
        return comparison.to.resources(section.kind, .draining).filter { names.contains($0.name) }
            .map { resource in
                note(
                    .draining, .envoy,
                    "draining: an older \(resource.name) serves its last connections",
                    resource.name)
            }
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

extension TreeSearch {
    /// The host names of a cluster's endpoints.
    static func hosts(in value: CanonicalValue) -> [String] {
        switch value {
        case .literal, .string: []
        case .list(let elements): elements.flatMap(hosts)
        case .object(let members):
            members.flatMap { member in
                if member.key == "socketAddress" {
                    return [member.value["address"]?.stringValue].compactMap { $0 }
                }
                return hosts(in: member.value)
            }
        }
    }
}

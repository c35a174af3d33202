internal import CanonicalForm
internal import ConfigDumpIndex
internal import StructuralDiff
internal import SyncStatus

/// Finds the reasons for the differences of one kind.
struct SectionExplainer {
    private let comparison: Comparison
    private let section: SectionComparison
    private let status: ProxySyncStatus.TypeStatus?
    private let fromReader: ResourceReader
    private let toReader: ResourceReader
    /// The names that differ, in order.
    private let differing: [String]
    /// The names that a reason was found for.
    private var explainedNames: Set<String> = []

    /// How many names a note lists.
    private static let listed = 3

    init(_ comparison: Comparison, _ section: SectionComparison, _ status: ProxySyncStatus?) {
        self.comparison = comparison
        self.section = section
        self.status = status?.types[section.kind]
        fromReader = comparison.from.makeReader()
        toReader = comparison.to.makeReader()
        differing = section.pairs.filter(\.isDifference).map(\.name)
    }

    mutating func notes() throws(ConfigDumpError) -> [Note] {
        var rejected = envoyRejections()
        rejected += try istiodRejections()
        let behind = rejected.isEmpty ? [] : behindNotes()
        let warming = try warmingNotes()
        let draining = drainingNotes()
        let stale = rejected.isEmpty && warming.isEmpty ? staleNotes() : []
        return rejected + behind + warming + draining + stale
    }

    private func note(_ kind: Note.Kind, _ source: Note.Source, _ text: String, _ name: String?) -> Note {
        Note(
            kind, source: source, text: text,
            resource: name.map { Note.Subject(kind: section.kind, name: $0) })
    }

    // MARK: - Rejected

    /// What Envoy's own dump says: a listener's `error_state`. Where the listener is the same by now
    /// it is history.
    private mutating func envoyRejections() -> [Note] {
        var notes: [Note] = []
        let names = Set(differing)
        for resource in comparison.to.resources(section.kind, .rejected) {
            // Envoy lists each twice, the second time without its entry's name.
            guard let failure = resource.failure, names.contains(resource.name),
                explainedNames.insert(resource.name).inserted
            else { continue }
            notes.append(
                note(
                    .rejected, .envoy,
                    "rejected by Envoy: \(resource.name): \(Rejection.clean(failure.details))",
                    resource.name))
        }
        return notes
    }

    /// What Istiod's sync status says of the type.
    private mutating func istiodRejections() throws(ConfigDumpError) -> [Note] {
        guard let text = status?.lastError else { return [] }
        let known = comparison.from.compared(section.kind).map(\.name)
        var notes: [Note] = []
        for rejection in Rejection.parse(text, known: known) {
            let names = try rejection.names.isEmpty ? holders(of: rejection) : rejection.names
            if names.isEmpty {
                let candidates = differing.isEmpty ? "" : ", one of \(list(differing))"
                notes.append(
                    note(
                        .rejected, .istiod,
                        "rejected by Envoy\(candidates): \(rejection.reason)", nil))
            }
            for name in names where explainedNames.insert(name).inserted {
                notes.append(
                    note(.rejected, .istiod, "rejected by Envoy: \(name): \(rejection.reason)", name))
            }
        }
        return notes
    }

    /// The differing resources of Istiod's dump that hold the value that a reason complains of; the
    /// only one that differs is it in any case.
    private func holders(of rejection: Rejection) throws(ConfigDumpError) -> [String] {
        let values = rejection.values
        var names: [String] = []
        for pair in section.pairs where pair.isDifference {
            guard let resource = pair.from else { continue }
            let value = try fromReader.canonicalValue(of: resource)
            if TreeSearch.holds(value, anyOf: values) { names.append(pair.name) }
        }
        return names.isEmpty && differing.count == 1 ? differing : names
    }

    /// One bad resource holds back a whole push: the others are effects.
    private func behindNotes() -> [Note] {
        let behind = differing.filter { !explainedNames.contains($0) }
        guard !behind.isEmpty, !explainedNames.isEmpty else { return [] }
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
    /// behind them.
    private func warmingNotes() throws(ConfigDumpError) -> [Note] {
        let waiting = comparison.to.resources(section.kind, .warming)
        guard section.kind != .secrets, !waiting.isEmpty else { return [] }
        let missing = Set(
            comparison.to.resources(.secrets, .warming)
                .filter { $0.versionInfo == "uninitialized" }.map(\.name))
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
        return causes + effects
    }

    private func reason(_ value: CanonicalValue, secrets: [String]) -> String {
        if !secrets.isEmpty { return "the secret \(list(secrets)) has not come" }
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

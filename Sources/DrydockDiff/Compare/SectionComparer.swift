internal import EnvoyConfig
internal import Reporting

/// Compares two dumps, one kind after the other.
struct SectionComparer {
    private let from: ConfigDump
    private let to: ConfigDump
    private let options: Comparison.Options
    private let labels: Comparison.Labels
    private let fromReader: ResourceReader
    private let toReader: ResourceReader
    /// For each rule, whether it ignored anything.
    private(set) var ruleUses: [Bool]

    init(
        from: ConfigDump, to: ConfigDump, options: Comparison.Options, labels: Comparison.Labels
    ) {
        self.from = from
        self.to = to
        self.options = options
        self.labels = labels
        ruleUses = options.ignoring.map { _ in false }
        fromReader = from.makeKeepingReader()
        toReader = to.makeKeepingReader()
    }

    mutating func compare(_ kind: ResourceKind) throws(ConfigDumpError) -> SectionComparison {
        var section = SectionComparison(kind: kind)
        section.missingIn = missing(kind)
        section.notes = missingNotes(section.missingIn, kind)
        guard section.missingIn.isEmpty else { return section }
        try from.requireReadable(kind)
        try to.requireReadable(kind)
        let old = from.compared(kind)
        let new = to.compared(kind)
        section.notes += duplicateNotes(old, kind, .from) + duplicateNotes(new, kind, .to)
        section.notes += irregularityNotes(kind)
        section.pairs.reserveCapacity(max(old.count, new.count))
        for (from, to) in SectionComparer.paired(old, new) {
            try compare(from, to, into: &section)
        }
        return section
    }

    /// An absent and an empty ECDS section are the same: Envoy leaves it out, if it has others.
    private func missing(_ kind: ResourceKind) -> Set<ComparisonSide> {
        Set(
            ComparisonSide.allCases.filter { side in
                let sections = (side == .from ? from : to).sections
                return kind == .ecds ? sections.isEmpty : !sections.contains(kind)
            })
    }

    /// Pairs resources by name; those of one name in order.
    private static func paired(
        _ old: [Resource], _ new: [Resource]
    ) -> [(from: Resource?, to: Resource?)] {
        var pairs: [(from: Resource?, to: Resource?)] = []
        pairs.reserveCapacity(max(old.count, new.count))
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            guard oldIndex < old.count else {
                pairs.append((nil, new[newIndex]))
                newIndex += 1
                continue
            }
            guard newIndex < new.count else {
                pairs.append((old[oldIndex], nil))
                oldIndex += 1
                continue
            }
            let (first, second) = (old[oldIndex], new[newIndex])
            if ExactText(first.name) == ExactText(second.name) {
                pairs.append((first, second))
                (oldIndex, newIndex) = (oldIndex + 1, newIndex + 1)
            } else if ExactText(first.name) < ExactText(second.name) {
                pairs.append((first, nil))
                oldIndex += 1
            } else {
                pairs.append((nil, second))
                newIndex += 1
            }
        }
        return pairs
    }

    private mutating func compare(
        _ old: Resource?, _ new: Resource?, into section: inout SectionComparison
    ) throws(ConfigDumpError) {
        guard let old, let new else {
            section.append(old, new, old == nil ? .onlyTo : .onlyFrom, if: isReported(old ?? new))
            return
        }
        if old.fingerprint == new.fingerprint {
            section.pairs.append(ResourcePair(from: old, to: new, status: .same))
            return
        }
        let values = (
            from: try fromReader.canonicalValue(of: old), to: try toReader.canonicalValue(of: new)
        )
        let difference = ValueDifference(from: values.from, to: values.to)
        let all = difference.changes.filter { !ImplicitDefault.covers($0, of: section.kind) }
        let isRewritten = AgentRewrite.covers(all, of: section.kind)
        if isRewritten {
            section.notes.append(
                Note(
                    .assumedEqual, source: .agent,
                    text:
                        "\(old.name): Istio's agent fetched its Wasm module; Envoy has the file, which "
                        + "is no difference",
                    resource: Note.Subject(kind: section.kind, name: old.name)))
        }
        if all.isEmpty || isRewritten {
            section.implicitDefaults[section.pairs.count] = difference.lines
            section.pairs.append(ResourcePair(from: old, to: new, status: .same))
            return
        }
        let rules = options.ignoring.indices.filter {
            options.ignoring[$0].covers(section.kind, old.name)
        }
        var changes: [ValueChange] = []
        for change in all {
            let covering = rules.filter {
                options.ignoring[$0].covers(
                    change.path, in: change.from == nil ? values.to : values.from)
            }
            for rule in covering { ruleUses[rule] = true }
            if covering.isEmpty { changes.append(change) }
        }
        guard isNamed(old.name), !changes.isEmpty else {
            section.append(old, new, .ignored, if: true)
            return
        }
        section.append(old, new, .changed(section.changed.count), if: true)
        section.changed.append(
            ResourceDifference(from: old, to: new, changes: changes, lines: difference.lines))
    }

    /// Whether the name filter lets a name pass.
    func isNamed(_ name: String) -> Bool {
        options.nameFilter.map { $0.isEmpty || name.contains($0) } ?? true
    }

    private mutating func isReported(_ resource: Resource?) -> Bool {
        guard let resource, isNamed(resource.name) else { return false }
        let covering = options.ignoring.indices.filter { index in
            options.ignoring[index].path == nil
                && options.ignoring[index].covers(resource.kind, resource.name)
        }
        for rule in covering { ruleUses[rule] = true }
        return covering.isEmpty
    }

    // MARK: - Notes

    private func missingNotes(_ missing: Set<ComparisonSide>, _ kind: ResourceKind) -> [Note] {
        ComparisonSide.allCases.filter(missing.contains).map { side in
            Note(
                .missingSection, source: .drydock,
                text: "\(labels[side])'s dump has no \(kind.sectionName)")
        }
    }

    private func duplicateNotes(
        _ resources: [Resource], _ kind: ResourceKind, _ side: ComparisonSide
    ) -> [Note] {
        var notes: [Note] = []
        var index = 0
        while index < resources.count {
            let name = resources[index].name
            var end = index + 1
            while end < resources.count, ExactText(resources[end].name) == ExactText(name) {
                end += 1
            }
            if end - index > 1 {
                notes.append(
                    Note(
                        .duplicateName, source: .drydock,
                        text: "\(labels[side])'s dump has \(end - index) \(kind.rawValue) named "
                            + "\(name): paired in order",
                        resource: Note.Subject(kind: kind, name: name)))
            }
            index = end
        }
        return notes
    }

    /// One note for each thing that is odd, however often it occurs.
    private func irregularityNotes(_ kind: ResourceKind) -> [Note] {
        var notes: [Note] = []
        for (side, dump) in [(ComparisonSide.from, from), (.to, to)] {
            var groups: [String: (first: Irregularity, names: Set<String>)] = [:]
            for item in dump.irregularities where item.kind == kind && item.state == .active {
                let key = "\(item.code.rawValue) \(item.detail)"
                groups[key, default: (item, [])].names.insert(item.name)
            }
            for key in groups.keys.sorted() {
                guard let group = groups[key] else { continue }
                let names = group.names.sorted()
                let others =
                    names.count > 1
                    ? " and \(names.count - 1) \(names.count == 2 ? "other" : "others")" : ""
                let name = names.first ?? ""
                let subject = name.isEmpty ? "" : "\(name)\(others), "
                let isOne = names.count == 1 && !name.isEmpty
                notes.append(
                    Note(
                        group.first.code.noteKind,
                        source: Note.Source(dump, beside: side == .from ? to : from),
                        text: "\(subject)\(labels[side]): \(group.first.text)",
                        resource: isOne ? Note.Subject(kind: kind, name: name) : nil))
            }
        }
        return notes
    }
}

extension SectionComparison {
    fileprivate mutating func append(
        _ old: Resource?, _ new: Resource?, _ status: ResourcePair.Status, if isReported: Bool
    ) {
        if !isReported || status == .ignored { ignoredCount += 1 }
        pairs.append(ResourcePair(from: old, to: new, status: isReported ? status : .ignored))
    }
}

extension Irregularity {
    fileprivate var text: String {
        code == .unknownType
            ? "the type \(detail) is not in the schema: compared as it stands" : detail
    }
}

extension Irregularity.Code {
    fileprivate var noteKind: Note.Kind {
        switch self {
        case .unknownType: .unknownType
        case .unknownField: .unknownField
        case .misfit: .typeMismatch
        case .oneofConflict: .oneofConflict
        case .missingBody: .missingBody
        case .redacted: .redacted
        }
    }
}

internal import Certificates
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// Makes rows of the entries of a capture while they pass.
final class SummaryCollector: CaptureSink {
    private(set) var summary = ProxySummary()
    let wanted: Set<CapturedKind>
    private let readsWhole: Bool
    private var lastTime = ""
    /// The types that were noted.
    private var unknownTypes: Set<String> = []

    init(_ wanted: Set<CapturedKind>, readsWhole: Bool) {
        self.wanted = wanted
        self.readsWhole = readsWhole
    }

    // MARK: - What is read

    func reading(of list: CaptureList, _ state: ResourceState) -> BodyReading {
        guard wanted.contains(list.kind) else { return .skip }
        switch (list.kind, state) {
        // There are no rows of what is not in use.
        case (.secrets, .warming): break
        case (_, .warming), (_, .draining), (_, .rejected): return .skip
        case (_, .active), (_, .fixed): break
        }
        return .tree(readsWhole ? .whole : TableSources.source(of: list.kind)?.projection ?? .whole)
    }

    /// Whether a certificate is valid depends on when the dump was captured, which the newest of all
    /// entries tells.
    func takesEntries(of list: CaptureList) -> Bool {
        wanted.contains(list.kind) || wanted.contains(.secrets) && list.kind.resourceKind != nil
    }

    func begin(_ kind: CapturedKind) {
        summary.kinds.insert(kind)
    }

    func note(sectionUpdated text: String, _ kind: CapturedKind?) {
        note(time: text)
        if kind == .bootstrap { summary.bootstrapUpdated = text }
    }

    func note(serverVersion text: String) {
        guard wanted.contains(.serverInfo) else { return }
        summary.kinds.insert(.serverInfo)
        summary.versions.note(serverVersion: text)
    }

    /// A `last_updated` of the capture.
    private func note(time text: String) {
        guard text != lastTime else { return }
        lastTime = text
        guard let time = ClockTime.seconds(text) else { return }
        summary.newestTime = max(time, summary.newestTime ?? time)
    }

    // MARK: - Entries

    func take(_ entry: CapturedEntry) {
        if let time = entry.lastUpdated { note(time: time) }
        for body in entry.bodies { if let time = body.lastUpdated { note(time: time) } }
        guard wanted.contains(entry.list.kind) else { return }
        var hasRow = false
        for body in entry.bodies {
            guard let value = body.tree else { continue }
            hasRow = true
            noteUnknownTypes(body)
            let place = EntryPlace(place: CapturedPlace(entry, body), name: entry.name)
            TableSources.source(of: entry.list.kind)?.take(value, place, into: &summary)
        }
        if !hasRow { passOver(entry) }
    }

    // MARK: - What is passed over

    /// Members of sections that are not known.
    private func passOver(members: [UnreadMember]) {
        var left = SummaryCollector.listedMembers
        for member in members {
            guard let kind = member.kind, wanted.contains(CapturedKind.section(kind)) else {
                continue
            }
            summary.unshownKinds.insert(CapturedKind.section(kind))
            guard left > 0 else { return }
            left -= 1
            summary.notes.append(
                Note(
                    .passedOver, source: .drydock,
                    text: "not shown: \(member.name), a member of \(kind.sectionName) that is not "
                        + "known"))
        }
    }

    private static let listedMembers = 10

    /// Lines of `/clusters` in text that are not like the others.
    private func passOver(lines count: Int, first: (number: Int, text: String)) {
        summary.notes.append(
            Note(
                .passedOver, source: .drydock,
                text: (count == 1
                    ? "line \(first.number) is not as Envoy prints it"
                    : "\(count) lines are not as Envoy prints them, the first is line \(first.number)")
                    + " and was passed over; was the capture cut off? \(first.text)"))
    }

    /// An entry of which there is no row: without its resource, or with one that is not in use.
    private func passOver(_ entry: CapturedEntry) {
        let kind = entry.list.kind
        summary.unshownKinds.insert(kind)
        let name = entry.name ?? ""
        if kind == .secrets {
            let place = CapturedPlace(entry)
            summary.secrets += SecretSummary.summaries(nil, named: name, place)
            summary.secretPlaces.append(place)
        }
        if entry.bodies.contains(where: { $0.state != .active && $0.state != .fixed }) {
            if kind == .listeners { noteRejection(name, entry) }
            return
        }
        if kind == .listeners, entry.emptyStates.contains(where: { $0 != .active }) { return }
        let resourceKind = kind.resourceKind
        summary.notes.append(
            Note(
                .missingBody, source: .envoy,
                text: "an entry of the \(resourceKind?.rawValue ?? "capture") has no body: "
                    + (name.isEmpty ? "it has no name either" : name),
                resource: resourceKind.map { Note.Subject(kind: $0, name: name) }))
    }

    /// A listener that Envoy refused and that is not in use: its row is missing for a reason. Envoy
    /// lists it once more without its name.
    private func noteRejection(_ name: String, _ entry: CapturedEntry) {
        guard let failure = entry.bodies.lazy.compactMap(\.failure).first, !name.isEmpty else {
            return
        }
        let reason = RejectionText.line(failure.details)
        summary.notes.append(
            Note(
                .rejected, source: .envoy,
                text: "the listener \(name) was rejected by Envoy and is not in use: \(reason)",
                resource: Note.Subject(kind: .listeners, name: name)))
    }

    private func noteUnknownTypes(_ body: CapturedBody) {
        for remark in body.remarks where remark.code == .unknownType {
            guard unknownTypes.insert(remark.detail).inserted else { continue }
            summary.notes.append(
                Note(
                    .unknownType, source: .drydock,
                    text: "the type \(remark.detail) is not known: it is shown as it stands"))
        }
    }

    /// The rows in the tables' orders, and what else the capture has.
    func finish(_ outcome: CaptureOutcome) -> ProxySummary {
        passOver(members: outcome.unreadMembers)
        if let first = outcome.firstOddLine { passOver(lines: outcome.oddLineCount, first: first) }
        summary.notes += outcome.warnings.map { Note(.passedOver, source: .drydock, text: $0) }
        for table in TableSources.all { table.sort(&summary) }
        return summary
    }
}

internal import EnvoyConfig
internal import Reporting

/// Says what of two dumps was not compared, so that a match is not taken for more than it is.
struct UncomparedParts {
    private let from: ConfigDump
    private let to: ConfigDump
    private let kinds: [ResourceKind]
    private let labels: Comparison.Labels

    /// How many names a note lists.
    private static let listed = 12
    /// The kinds of which resources are compared on request.
    private static let onRequest: [ResourceKind] = [
        .clusters, .listeners, .routes, .endpoints, .ecds, .secrets,
    ]

    init(
        from: ConfigDump, to: ConfigDump, kinds: [ResourceKind], labels: Comparison.Labels
    ) {
        self.from = from
        self.to = to
        self.kinds = kinds
        self.labels = labels
    }

    var notes: [Note] {
        let sides = ComparisonSide.allCases.flatMap { defects($0) + unread($0) }
        var told: Set<Note> = []
        // Two readings of one file say the same.
        return sides.filter { told.insert($0).inserted } + ofOneDump
    }

    private func dump(_ side: ComparisonSide) -> ConfigDump { side == .from ? from : to }

    /// That the sides stand the other way round.
    var swapped: [Note] {
        guard from.origin == .envoy, to.origin == .istiod else { return [] }
        return [
            Note(
                .swapped, source: .drydock,
                text: "the first dump is Envoy's and the second Istiod's: "
                    + "what is removed is what Envoy has")
        ]
    }

    /// Resources that cannot be read; one that is compared would have been an error.
    private func defects(_ side: ComparisonSide) -> [Note] {
        let dump = dump(side)
        return dump.defects.prefix(UncomparedParts.listed).map { defect in
            Note(
                .notCompared, source: Note.Source(dump, beside: self.dump(side.other)),
                text: "not compared: \(defect.error.placed)",
                resource: defect.name.isEmpty
                    ? nil : Note.Subject(kind: defect.kind, name: defect.name))
        } + rest(of: dump.defects.count, "resources that cannot be read", side)
    }

    private func unread(_ side: ComparisonSide) -> [Note] {
        let dump = dump(side)
        return dump.unreadMembers.prefix(UncomparedParts.listed).map { member in
            let place = member.kind.map { " in \($0.sectionName)" } ?? ""
            let often = member.count > 1 ? ", \(member.count) times" : ""
            return Note(
                .notCompared, source: .drydock,
                text: "not compared: \(member.name)\(place)\(often): unknown, in "
                    + "\(labels[side])'s dump")
        } + rest(of: dump.unreadMembers.count, "unknown members", side)
    }

    private func rest(of count: Int, _ what: String, _ side: ComparisonSide) -> [Note] {
        guard count > UncomparedParts.listed else { return [] }
        let text =
            "not compared: \(count - UncomparedParts.listed) more \(what) in \(labels[side])'s dump"
        return [Note(.notCompared, source: .drydock, text: text)]
    }

    /// Kinds that were not asked for and that one dump alone holds resources of.
    private var ofOneDump: [Note] {
        UncomparedParts.onRequest.filter { !kinds.contains($0) }.compactMap { kind in
            let holders = ComparisonSide.allCases.filter { side in
                dump(side).resources.contains { $0.kind == kind && $0.state == .active }
            }
            // Secrets are in Envoy's dump alone: the agent serves them, not Istiod.
            guard let holder = holders.first, holders.count == 1,
                kind != .secrets || dump(holder.other).origin != .istiod
            else { return nil }
            return Note(
                .notCompared, source: .drydock,
                text: "not compared: \(kind.rawValue), which are in \(labels[holder])'s dump alone")
        }
    }
}

extension ConfigDumpError {
    /// The message with its place, on one line.
    fileprivate var placed: String {
        guard let line, let column else { return "\(source): \(message)" }
        return "\(source):\(line):\(column): \(message)"
    }
}

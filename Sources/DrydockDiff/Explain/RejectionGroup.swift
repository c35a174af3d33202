package import EnvoyConfig
package import Reporting

/// Resources of one kind that Envoy refused for one reason.
package struct RejectionGroup: Sendable, Hashable {
    /// Their kind.
    package var kind: ResourceKind
    /// Their names; empty if they are not known.
    package var names: [String]
    /// The names that are possible, where it is not known which were refused.
    package var candidates: [String] = []
    /// The reason, on one line.
    package var reason: String
    /// Where the information comes from.
    package var source: Note.Source
    /// The values that the reason complains of, as they stand in the configuration.
    package var values: Set<String> = []

    /// How many names a text lists.
    private static let listed = 12

    /// A note for each resource, or one note where the resources are not known.
    package var notes: [Note] {
        guard !names.isEmpty else {
            let one = candidates.isEmpty ? "" : ", one of \(RejectionGroup.list(candidates))"
            return [Note(.rejected, source: source, text: "rejected by Envoy\(one): \(reason)")]
        }
        return names.map { name in
            Note(
                .rejected, source: source, text: "rejected by Envoy: \(name): \(reason)",
                resource: Note.Subject(kind: kind, name: name))
        }
    }

    /// One note for all groups of a kind:
    /// `2 clusters rejected by Envoy: outbound|80||a, outbound|80||b: Invalid duration …`
    package static func summary(_ groups: [RejectionGroup]) -> Note? {
        guard let first = groups.first else { return nil }
        let names = groups.flatMap(\.names)
        let count =
            names.isEmpty
            ? "" : "\(names.count) \(names.count == 1 ? first.kind.singular : first.kind.rawValue) "
        let parts = groups.map { group in
            let which =
                group.names.isEmpty
                ? (group.candidates.isEmpty ? "" : "one of \(list(group.candidates)): ")
                : "\(list(group.names)): "
            return "\(which)\(group.reason)"
        }
        let subject = names.count == 1 ? Note.Subject(kind: first.kind, name: names[0]) : nil
        var note = Note(
            .rejected, source: first.source,
            text: "\(count.isEmpty ? "\(first.kind.rawValue) " : count)rejected by Envoy: "
                + parts.joined(separator: "; "),
            resource: subject)
        note.offense = Note.Offense(
            kind: first.kind, names: names,
            values: groups.reduce(into: []) { $0.formUnion($1.values) })
        return note
    }

    static func list(_ names: [String]) -> String { NameList.text(names, limit: listed) }
}

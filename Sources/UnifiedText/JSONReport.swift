public import CanonicalForm
internal import ConfigDumpIndex
public import StructuralDiff

/// Writes a comparison as JSON, a stable contract for scripts.
///
///     {
///         "match": false,
///         "from": {"label": "Istiod", "file": "istiod.json"},
///         "to": {"label": "Envoy", "file": "envoy.json"},
///         "sections": [
///             {
///                 "kind": "clusters",
///                 "match": false,
///     …
public struct JSONReport: Sendable {
    /// Makes a writer.
    public init() {}

    /// Writes a comparison.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        var buffer: [UInt8] = []
        CanonicalText.append(value(comparison), depth: 0, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        output.write(buffer[...])
    }

    private func value(_ comparison: Comparison) -> CanonicalValue {
        .members([
            ("match", .flag(comparison.isMatch)),
            ("from", side(comparison.labels.from, comparison.from)),
            ("to", side(comparison.labels.to, comparison.to)),
            ("sections", .list(comparison.sections.map(section))),
            ("notes", .list(comparison.notes.map(JSONReport.value))),
        ])
    }

    private func side(_ label: String, _ dump: ConfigDump) -> CanonicalValue {
        .members([("label", .string(label)), ("file", .string(dump.source))])
    }

    private func section(_ section: SectionComparison) -> CanonicalValue {
        .members([
            ("kind", .string(section.kind.rawValue)),
            ("match", .flag(section.isMatch)),
            ("same", .literal(String(section.sameCount))),
            ("missingIn", .strings(section.missingIn.map(\.rawValue).sorted())),
            ("onlyFrom", .strings(section.onlyFrom)),
            ("onlyTo", .strings(section.onlyTo)),
            ("changed", .list(section.changed.map(resource))),
            ("notes", .list(section.notes.map(JSONReport.value))),
        ])
    }

    private func resource(_ resource: ResourceDifference) -> CanonicalValue {
        .members([
            ("name", .string(resource.name)),
            ("changes", .list(resource.changes.map(change))),
            ("notes", .list(resource.notes.map(JSONReport.value))),
        ])
    }

    private func change(_ change: Change) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [("path", .string(change.path.description))]
        if let from = change.from { members.append(("from", from)) }
        if let to = change.to { members.append(("to", to)) }
        return .members(members)
    }

    /// A note as JSON.
    public static func value(_ note: Note) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [
            ("kind", .string(note.kind.rawValue)), ("source", .string(note.source.rawValue)),
            ("text", .string(note.text)),
        ]
        if let resource = note.resource {
            members.append(
                (
                    "resource",
                    .members([
                        ("kind", .string(resource.kind.rawValue)), ("name", .string(resource.name)),
                    ])
                ))
        }
        return .members(members)
    }
}

extension CanonicalValue {
    /// An object of members in the order in which they are given.
    public static func members(_ members: [(String, CanonicalValue)]) -> CanonicalValue {
        .object(members.map { Member(key: $0.0, value: $0.1) })
    }

    fileprivate static func flag(_ value: Bool) -> CanonicalValue {
        .literal(value ? "true" : "false")
    }

    fileprivate static func strings(_ texts: [String]) -> CanonicalValue {
        .list(texts.map { .string($0) })
    }
}

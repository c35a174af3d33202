public import EnvoyConfig
public import Reporting

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
public struct ComparisonJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a comparison, a resource at a time.
    public func write(_ comparison: Comparison, to output: inout some ByteOutput) {
        var writer = JSONStreamWriter()
        writer.beginObject(to: &output)
        writer.member("match", .flag(comparison.isMatch), to: &output)
        writer.member("from", side(comparison.labels.from, comparison.from), to: &output)
        writer.member("to", side(comparison.labels.to, comparison.to), to: &output)
        writer.key("sections", to: &output)
        writer.beginList(to: &output)
        for section in comparison.sections { write(section, to: &writer, &output) }
        writer.endList(to: &output)
        let notes = comparison.notes + comparison.uncompared
        writer.member("notes", .list(notes.map(ComparisonJSON.value)), to: &output)
        writer.endObject(to: &output)
        output.write("\n")
    }

    private func side(_ label: String, _ dump: ConfigDump) -> CanonicalValue {
        .members([("label", .string(label)), ("file", .string(dump.source))])
    }

    private func write(
        _ section: SectionComparison, to writer: inout JSONStreamWriter,
        _ output: inout some ByteOutput
    ) {
        writer.beginObject(to: &output)
        writer.member("kind", .string(section.kind.rawValue), to: &output)
        writer.member("match", .flag(section.isMatch), to: &output)
        writer.member("same", .literal(String(section.sameCount)), to: &output)
        writer.member(
            "missingIn", .strings(section.missingIn.map(\.rawValue).sorted()), to: &output)
        for (key, status) in [("onlyFrom", ResourcePair.Status.onlyFrom), ("onlyTo", .onlyTo)] {
            writer.key(key, to: &output)
            writer.beginList(to: &output)
            for pair in section.pairs where pair.status == status {
                writer.element(.string(pair.name), to: &output)
            }
            writer.endList(to: &output)
        }
        writer.key("changed", to: &output)
        writer.beginList(to: &output)
        for difference in section.changed { writer.element(resource(difference), to: &output) }
        writer.endList(to: &output)
        writer.member("notes", .list(section.notes.map(ComparisonJSON.value)), to: &output)
        writer.endObject(to: &output)
    }

    private func resource(_ resource: ResourceDifference) -> CanonicalValue {
        .members([
            ("name", .string(resource.name)),
            ("changes", .list(resource.changes.map(change))),
            ("notes", .list(resource.notes.map(ComparisonJSON.value))),
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
    fileprivate static func flag(_ value: Bool) -> CanonicalValue {
        .literal(value ? "true" : "false")
    }

    fileprivate static func strings(_ texts: [String]) -> CanonicalValue {
        .list(texts.map { .string($0) })
    }
}

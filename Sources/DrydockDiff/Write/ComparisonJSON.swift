internal import EnvoyConfig
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
        writer.member("match", .bool(comparison.isMatch), to: &output)
        writer.member("from", side(comparison.labels.from, comparison.from), to: &output)
        writer.member("to", side(comparison.labels.to, comparison.to), to: &output)
        writer.key("sections", to: &output)
        writer.beginList(to: &output)
        for section in comparison.sections { write(section, to: &writer, &output) }
        writer.endList(to: &output)
        let notes = comparison.notes + comparison.uncompared
        writer.member("notes", .list(notes.map(\.reportValue)), to: &output)
        writer.endObject(to: &output)
        output.write("\n")
    }

    private func side(_ label: String, _ dump: ConfigDump) -> ReportValue {
        ["label": .string(label), "file": .string(dump.source)]
    }

    private func write(
        _ section: SectionComparison, to writer: inout JSONStreamWriter,
        _ output: inout some ByteOutput
    ) {
        writer.beginObject(to: &output)
        writer.member("kind", .string(section.kind.rawValue), to: &output)
        writer.member("match", .bool(section.isMatch), to: &output)
        writer.member("same", .int(section.sameCount), to: &output)
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
        writer.member("groups", .list(section.groups.map(\.reportValue)), to: &output)
        writer.member("notes", .list(section.notes.map(\.reportValue)), to: &output)
        writer.endObject(to: &output)
    }

    private func resource(_ resource: ResourceDifference) -> ReportValue {
        [
            "name": .string(resource.name),
            "changes": .list(resource.changes.map(change)),
            "notes": .list(resource.notes.map(\.reportValue)),
        ]
    }

    private func change(_ change: ValueChange) -> ReportValue {
        var members: ReportObject = ["path": .string(change.path.description)]
        members.append("from", change.from.map(ReportValue.resource))
        members.append("to", change.to.map(ReportValue.resource))
        return .object(members)
    }
}

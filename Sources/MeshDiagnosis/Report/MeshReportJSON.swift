public import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import SupportBundles

/// Writes a mesh's report as JSON, a stable contract for scripts.
public struct MeshReportJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the report as one document. `MeshReportJSONLines` writes one proxy a line.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        var buffer: [UInt8] = []
        CanonicalText.append(value(report), depth: 0, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        output.write(buffer[...])
    }

    private func value(_ report: MeshReport) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [
            ("istiods", .list(report.istiods.map(value))),
            ("proxies", .list(report.proxies.map(value))),
            ("notes", .list(report.notes.map(ComparisonJSON.value))),
            ("unreadable", .list(report.unreadable.map(value))),
            ("passedOver", .literal(String(report.passedOverCount))),
        ]
        if let error = report.interruption {
            members.append(("interruption", .string(error.message)))
        }
        return .members(members)
    }

    private func value(_ istiod: MeshReport.Istiod) -> CanonicalValue {
        .members([
            ("pod", .string(istiod.pod)), ("namespace", .string(istiod.namespace)),
            ("proxies", istiod.proxyCount.map { .literal(String($0)) } ?? .literal("null")),
        ])
    }

    private func value(_ entry: SupportBundle.UnreadableEntry) -> CanonicalValue {
        .members([("entry", .string(entry.entry)), ("error", .string(entry.error.message))])
    }

    /// One proxy.
    func value(_ proxy: ProxyReport) -> CanonicalValue {
        var sync: [(String, CanonicalValue)] = []
        for (kind, name) in ProxySyncStatus.typeNames {
            if let status = proxy.sync {
                sync.append((name, .string(status[kind].state.rawValue)))
            } else if proxy.isConnected == nil {
                sync.append((name, .string(ProxySyncStatus.State.unknown.rawValue)))
            }
        }
        let file = proxy.file.map { [("file", CanonicalValue.string($0))] } ?? []
        return .members(
            [("proxy", .string(proxy.name))] + file + [
                ("verdict", .string(proxy.verdict.rawValue)),
                ("checked", .list(proxy.checked.map { .string($0.rawValue) })),
                ("workload", optional(proxy.workload)),
                ("istio", optional(proxy.istioVersion)),
                ("envoy", optional(proxy.envoyVersion)),
                ("connected", proxy.isConnected.map(flag) ?? .literal("null")),
                ("istiod", optional(proxy.istiod)),
                ("sync", .members(sync)),
                ("dump", proxy.dump.map(value) ?? .literal("null")),
                ("drift", proxy.drift.map(drift) ?? .literal("null")),
                ("oddOneOut", proxy.oddOneOut.map(value) ?? .literal("null")),
                ("notes", .list(proxy.notes.map(ComparisonJSON.value))),
            ])
    }

    private func value(_ dump: ProxyReport.Dump) -> CanonicalValue {
        guard dump.isReadable else { return .members([("readable", flag(false))]) }
        let counts = ResourceDelta.kinds.map { kind in
            (kind.rawValue, CanonicalValue.literal(String(dump.counts[kind] ?? 0)))
        }
        return .members(
            [("readable", flag(true))] + counts + [
                ("warming", .literal(String(dump.warming))),
                ("rejected", .literal(String(dump.rejected))),
            ])
    }

    private func drift(_ deltas: [ResourceDelta]) -> CanonicalValue {
        .members(
            [("against", .string("istiod"))]
                + deltas.map { ($0.kind.rawValue, value($0, "onlyFrom", "onlyTo")) })
    }

    private func value(_ odd: ProxyReport.OddOneOut) -> CanonicalValue {
        .members(
            [("replicas", .list(odd.replicas.map { .string($0) }))]
                + odd.deltas.map { ($0.kind.rawValue, value($0, "onlyThere", "onlyHere")) })
    }

    private func value(_ delta: ResourceDelta, _ from: String, _ to: String) -> CanonicalValue {
        .members([
            (from, .list(delta.onlyFrom.map { .string($0) })),
            (to, .list(delta.onlyTo.map { .string($0) })),
            ("changed", .list(delta.changed.map { .string($0) })),
        ])
    }

    private func optional(_ text: String?) -> CanonicalValue {
        text.map { .string($0) } ?? .literal("null")
    }

    private func flag(_ value: Bool) -> CanonicalValue { .literal(value ? "true" : "false") }
}

internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import SupportBundles

/// Writes a mesh's report as JSON, a stable contract for scripts.
public struct MeshReportJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the report as one document, a proxy at a time. `MeshReportJSONLines` writes one proxy a
    /// line.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        var writer = JSONStreamWriter()
        writer.beginObject(to: &output)
        writer.member("istiods", .list(report.istiods.map(value)), to: &output)
        writer.member("causes", .list(report.causes.map(value)), to: &output)
        writer.member("findings", .list(report.findings.map(value)), to: &output)
        writer.key("proxies", to: &output)
        writer.beginList(to: &output)
        for proxy in report.proxies { writer.element(value(proxy), to: &output) }
        writer.endList(to: &output)
        writer.member("notes", .list(report.notes.map(\.reportValue)), to: &output)
        writer.member("unreadable", .list(report.unreadable.map(value)), to: &output)
        writer.member("passedOver", .int(report.passedOverCount), to: &output)
        if let error = report.interruption {
            writer.member("interruption", .string(error.message), to: &output)
        }
        writer.endObject(to: &output)
        output.write("\n")
    }

    /// Writes one proxy of a report as a document.
    public func write(proxy: ProxyReport, to output: inout some ByteOutput) {
        value(proxy).write(to: &output)
    }

    private func value(_ cause: Cause) -> ReportValue {
        var members: ReportObject = [
            "kind": .string(cause.kind.rawValue), "text": .string(cause.text),
        ]
        members.append("object", cause.object?.reportValue)
        if !cause.candidates.isEmpty {
            members.append("candidates", .list(cause.candidates.map(\.reportValue)))
        }
        members.append("proxies", .strings(cause.proxies))
        if !cause.analysis.isEmpty { members.append("analysis", .strings(cause.analysis)) }
        members.append("next", .strings(cause.nextSteps))
        return .object(members)
    }

    private func value(_ istiod: MeshReport.Istiod) -> ReportValue {
        [
            "pod": .string(istiod.pod), "namespace": .string(istiod.namespace),
            "proxies": ReportValue(istiod.proxyCount),
        ]
    }

    private func value(_ entry: SupportBundle.UnreadableEntry) -> ReportValue {
        ["entry": .string(entry.entry), "error": .string(entry.error.message)]
    }

    /// One proxy.
    func value(_ proxy: ProxyReport) -> ReportValue {
        var members: ReportObject = ["proxy": .string(proxy.name)]
        members.append("file", proxy.file.map(ReportValue.string))
        members.append("verdict", .string(proxy.verdict.rawValue))
        members.append("checked", .strings(proxy.checked.map(\.rawValue)))
        members.append("workload", ReportValue(proxy.workload))
        members.append("istio", ReportValue(proxy.istioVersion))
        members.append("envoy", ReportValue(proxy.envoyVersion))
        members.append("connected", ReportValue(proxy.isConnected))
        members.append("istiod", ReportValue(proxy.istiod))
        members.append("sync", sync(proxy))
        members.append("dump", proxy.dump.map(value) ?? .null)
        members.append("drift", proxy.drift.map(drift) ?? .null)
        members.append("differences", .list(proxy.differences.map(\.reportValue)))
        members.append("oddOneOut", proxy.oddOneOut.map(value) ?? .null)
        members.append("notes", .list(proxy.notes.map(\.reportValue)))
        return .object(members)
    }

    /// The state of each type; no members for a proxy that is known not to be connected.
    private func sync(_ proxy: ProxyReport) -> ReportValue {
        var types: ReportObject = [:]
        for (kind, name) in ProxySyncStatus.typeNames {
            if let status = proxy.sync {
                types.append(name, .string(status[kind].state.rawValue))
            } else if proxy.isConnected == nil {
                types.append(name, .string(ProxySyncStatus.State.unknown.rawValue))
            }
        }
        return .object(types)
    }

    private func value(_ dump: ProxyReport.Dump) -> ReportValue {
        var members: ReportObject = ["readable": .bool(dump.isReadable)]
        guard dump.isReadable else { return .object(members) }
        for kind in ResourceDelta.kinds {
            members.append(kind.rawValue, .int(dump.counts[kind] ?? 0))
        }
        members.append("warming", .int(dump.warming))
        members.append("rejected", .int(dump.rejected))
        return .object(members)
    }

    private func drift(_ deltas: [ResourceDelta]) -> ReportValue {
        var members: ReportObject = ["against": .string("istiod")]
        for delta in deltas {
            members.append(delta.kind.rawValue, value(delta, "onlyFrom", "onlyTo"))
        }
        return .object(members)
    }

    private func value(_ odd: ProxyReport.OddOneOut) -> ReportValue {
        var members: ReportObject = ["replicas": .strings(odd.replicas)]
        for delta in odd.deltas {
            members.append(delta.kind.rawValue, value(delta, "onlyThere", "onlyHere"))
        }
        return .object(members)
    }

    private func value(_ delta: ResourceDelta, _ from: String, _ to: String) -> ReportValue {
        [
            from: .strings(delta.onlyFrom), to: .strings(delta.onlyTo),
            "changed": .strings(delta.changed),
        ]
    }
}

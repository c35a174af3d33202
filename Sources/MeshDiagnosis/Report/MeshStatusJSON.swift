internal import DrydockDiff
internal import EnvoyConfig
public import Reporting

/// Writes the status of the proxies as JSON, a stable contract for scripts.
public struct MeshStatusJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the status of a mesh.
    public func write(_ status: MeshStatus, to output: inout some ByteOutput) {
        value(status).write(to: &output)
    }

    /// The status as a value, for writing it in another form.
    public func value(_ status: MeshStatus) -> ReportValue {
        .list(status.rows.map(value))
    }

    private func value(_ row: MeshStatus.Row) -> ReportValue {
        var types: ReportObject = [:]
        let unknown = ProxySyncStatus.TypeStatus(state: .unknown)
        if row.status != nil || row.isConnected == nil {
            for (kind, name) in MeshStatusText.columns {
                types.append(name, value(row.status?[kind] ?? unknown))
            }
        }
        var members: ReportObject = [
            "proxy": .string(row.proxy), "cluster": ReportValue(row.cluster),
            "istiod": ReportValue(row.istiod), "version": ReportValue(row.version),
            "connected": ReportValue(row.isConnected), "types": .object(types),
        ]
        if !row.notes.isEmpty { members.append("notes", .strings(row.notes)) }
        return .object(members)
    }

    private func value(_ status: ProxySyncStatus.TypeStatus) -> ReportValue {
        var members: ReportObject = ["status": .string(status.state.rawValue)]
        members.append("sentTime", status.sentTime.map(ReportValue.string))
        members.append("lastError", status.lastError.map(ReportValue.string))
        return .object(members)
    }
}

public import DrydockDiff
public import EnvoyConfig
public import Reporting

/// Writes the status of the proxies as JSON, a stable contract for scripts.
public struct MeshStatusJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the status of a mesh.
    public func write(_ status: MeshStatus, to output: inout some ByteOutput) {
        var buffer: [UInt8] = []
        CanonicalText.append(value(status), depth: 0, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        output.write(buffer[...])
    }

    /// The status as a value, for any writer of values.
    public func value(_ status: MeshStatus) -> CanonicalValue {
        .list(status.rows.map(value))
    }

    private func value(_ row: MeshStatus.Row) -> CanonicalValue {
        var types: [(String, CanonicalValue)] = []
        let unknown = ProxySyncStatus.TypeStatus(state: .unknown)
        if row.status != nil || row.isConnected == nil {
            for (kind, name) in MeshStatusText.columns {
                types.append((name, value(row.status?[kind] ?? unknown)))
            }
        }
        var members: [(String, CanonicalValue)] = [
            ("proxy", .string(row.proxy)), ("cluster", optional(row.cluster)),
            ("istiod", optional(row.istiod)), ("version", optional(row.version)),
            ("connected", .literal(row.isConnected.map { $0 ? "true" : "false" } ?? "null")),
            ("types", .members(types)),
        ]
        if !row.notes.isEmpty { members.append(("notes", .list(row.notes.map { .string($0) }))) }
        return .members(members)
    }

    private func value(_ status: ProxySyncStatus.TypeStatus) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [("status", .string(status.state.rawValue))]
        if let time = status.sentTime { members.append(("sentTime", .string(time))) }
        if let error = status.lastError { members.append(("lastError", .string(error))) }
        return .members(members)
    }

    private func optional(_ text: String?) -> CanonicalValue {
        text.map { .string($0) } ?? .literal("null")
    }
}

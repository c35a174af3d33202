internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON
internal import SupportBundles

/// Writes the status of the proxies as istioctl's verbose table, with the reason below a row that
/// has one.
///
///     NAME                      CLUSTER      CDS             ECDS        …   ISTIOD        VERSION
///     details-v1-….default      Kubernetes   SYNCED (11s)    IGNORED     …   istiod-…      1.32-dev
///         LDS: Error adding/updating listener(s) virtualInbound: Didn't find …
public struct MeshStatusText: ReportWriter {
    /// The types in the order of istioctl's columns: by name.
    static let columns = ProxySyncStatus.typeNames.sorted { $0.name < $1.name }

    /// How many characters fit into a line; nil for any number.
    private let width: Int?

    /// Makes a writer. A table wider than `width` goes on in further lines.
    public init(width: Int? = nil) {
        self.width = width
    }

    /// Writes the status of a mesh.
    public func write(_ status: MeshStatus, to output: inout some ByteOutput) {
        let header =
            ["NAME", "CLUSTER"] + MeshStatusText.columns.map(\.name) + ["ISTIOD", "VERSION"]
        TextTable(
            header, of: status.rows, details: details,
            cells: { row in
                let states = MeshStatusText.columns.map { column in
                    row.status.map { state($0[column.kind], status.newestTime) }
                        ?? (row.isConnected == nil ? "UNKNOWN" : "NOT CONNECTED")
                }
                return [row.proxy, row.cluster ?? ""] + states
                    + [row.istiod ?? "", row.version ?? ""]
            }
        ).write(width: width, to: &output)
    }

    /// Why the proxy is not connected, or what it refused.
    private func details(_ row: MeshStatus.Row) -> [String] {
        row.notes
            + ProxySyncStatus.typeNames.compactMap { kind, name in
                row.status?[kind].lastError.map { "\(name): \(RejectionText.line($0))" }
            }
    }

    private func state(_ status: ProxySyncStatus.TypeStatus, _ newest: CaptureTime?) -> String {
        let shown: Set<ProxySyncStatus.State> = [.synced, .stale, .error]
        guard shown.contains(status.state), let newest,
            let time = status.sentTime.flatMap({ CaptureTime($0) })
        else { return status.state.rawValue }
        return "\(status.state.rawValue) (\(MeshStatusText.age(newest.seconds(since: time))))"
    }

    /// An age as istioctl prints it: `11s`, `4m3s`, `2h5m0s`.
    static func age(_ seconds: Double) -> String {
        let seconds = max(0, Int(seconds))
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        if hours > 0 { return "\(hours)h\(minutes)m\(rest)s" }
        return minutes > 0 ? "\(minutes)m\(rest)s" : "\(rest)s"
    }
}

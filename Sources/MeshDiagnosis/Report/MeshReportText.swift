internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON
internal import SupportBundles

/// Writes a mesh's report for people: a header, a row a proxy with its causes below it, then what
/// differs between replicas.
///
///     2 Istiods: istiod-6b8f7c9d5c-2xqlp (4 proxies), istiod-6b8f7c9d5c-wv7rk (5 proxies)
///     10 proxies: 5 ok, 5 with problems
///
///     NAME                WORKLOAD       ISTIO      ENVOY      SYNC      RESOURCES    DRIFT
///     details-v1-….default details-v1    1.32-dev   1.40.0     LDS ERROR unreadable   -
///         rejected: 1 listener rejected by Envoy: virtualInbound: Didn't find …
public struct MeshReportText: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a report.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        header(report, &output)
        for note in report.notes { output.write("\(note.kind.rawValue): \(note.line)\n") }
        output.write("\n")
        table(report).write(to: &output)
        replicas(report, &output)
        passedOver(report, &output)
        guard !report.unreadable.isEmpty else { return }
        output.write("\nnot readable:\n")
        for entry in report.unreadable {
            output.write(
                "    \(PrintableText.line(entry.entry)): \(PrintableText.line(entry.error.message))\n"
            )
        }
    }

    private func table(_ report: MeshReport) -> TextTable {
        let header = ["NAME", "WORKLOAD", "ISTIO", "ENVOY", "SYNC", "RESOURCES", "DRIFT"]
        return TextTable(
            header, gap: 3, of: report.proxies,
            details: { $0.notes.map { "\($0.kind.rawValue): \($0.text)" } },
            cells: {
                [
                    $0.displayName, $0.workload ?? "", $0.istioVersion ?? "",
                    $0.envoyVersion ?? "", sync($0), resources($0), drift($0),
                ]
            })
    }

    /// Entries that looked like captures but are of a format that is not read.
    private func passedOver(_ report: MeshReport, _ output: inout some ByteOutput) {
        for entry in report.passedOver.filter({ !$0.reason.isEmpty }).prefix(8) {
            output.write("not read: \(PrintableText.line("\(entry.entry): \(entry.reason)"))\n")
        }
    }

    private func header(_ report: MeshReport, _ output: inout some ByteOutput) {
        let istiods = report.istiods.map {
            let proxies = $0.proxyCount.map { count($0, "proxy", "proxies") } ?? "sync not known"
            return PrintableText.line("\($0.pod) (\(proxies))")
        }
        if !istiods.isEmpty {
            output.write(
                "\(count(istiods.count, "Istiod", "Istiods")): \(istiods.joined(separator: ", "))\n"
            )
        }
        let versions = Set(report.proxies.compactMap(\.istioVersion)).sorted()
        if !versions.isEmpty {
            output.write("\(PrintableText.line("Istio \(versions.joined(separator: ", "))"))\n")
        }
        output.write("\(MeshReportText.verdict(report))\n")
    }

    /// `10 proxies: 9 ok (drift not compared), 1 with problems`
    static func verdict(_ report: MeshReport) -> String {
        let proxies = report.judged
        let problems = proxies.count { $0.verdict == .problem }
        let unchecked = proxies.count { $0.verdict == .notChecked }
        let clean = proxies.filter { $0.verdict == .ok || $0.verdict == .partial }
        let ok = clean.filter { !$0.isIncomplete }
        let incomplete = clean.count - ok.count
        var lacking: [String] = []
        for (check, words) in [
            (ProxyReport.Check.drift, "drift not compared"), (.sync, "sync not known"),
        ] {
            let missing = ok.count { !$0.checked.contains(check) }
            if missing == ok.count, missing > 0 { lacking.append(words) }
            if missing < ok.count, missing > 0 { lacking.append("\(words) for \(missing)") }
        }
        let limits = lacking.isEmpty ? "" : " (\(lacking.joined(separator: ", ")))"
        var text =
            "\(proxies.count) \(proxies.count == 1 ? "proxy" : "proxies"): \(ok.count) ok\(limits)"
        text += ", \(problems) with problems"
        if incomplete > 0 { text += ", \(incomplete) not fully checked" }
        return unchecked > 0 ? "\(text), \(unchecked) not checked" : text
    }

    private func count(_ count: Int, _ one: String, _ several: String) -> String {
        "\(count) \(count == 1 ? one : several)"
    }

    private func sync(_ proxy: ProxyReport) -> String {
        guard let status = proxy.sync else {
            return proxy.isConnected == false ? "not connected" : "unknown"
        }
        let parts = ProxySyncStatus.typeNames.compactMap { kind, name -> String? in
            switch status[kind].state {
            case .synced, .ignored: nil
            case let state: "\(name) \(state.rawValue)"
            }
        }
        return parts.isEmpty ? "SYNCED" : parts.joined(separator: ", ")
    }

    private func resources(_ proxy: ProxyReport) -> String {
        guard let dump = proxy.dump else { return "no dump" }
        guard dump.isReadable else { return "unreadable" }
        // Few proxies have extensions of their own.
        let kinds = ResourceDelta.kinds.filter { $0 != .ecds || dump.counts[$0] ?? 0 > 0 }
        var text = kinds.map { $0.count(dump.counts[$0] ?? 0) }.joined(separator: ", ")
        if dump.warming > 0 { text += ", \(dump.warming) warming" }
        if dump.rejected > 0 { text += ", \(dump.rejected) rejected" }
        return text
    }

    private func drift(_ proxy: ProxyReport) -> String {
        guard let drift = proxy.drift else { return "not compared" }
        let failed = proxy.failedKinds.map(\.rawValue).joined(separator: ", ")
        guard !failed.isEmpty else { return DriftText.counts(drift) ?? "none" }
        let found = DriftText.counts(drift).map { "\($0), " } ?? ""
        return "\(found)\(failed) not compared"
    }

    /// What differs between replicas, by name.
    private func replicas(_ report: MeshReport, _ output: inout some ByteOutput) {
        for proxy in report.proxies {
            guard let odd = proxy.oddOneOut else { continue }
            output.write(
                "\nodd one out: \(PrintableText.line(proxy.displayName)), against "
                    + "\(PrintableText.line(odd.replicas.joined(separator: ", ")))\n")
            for delta in odd.deltas where !delta.isEmpty {
                for (mark, names) in [
                    ("-", delta.onlyFrom), ("+", delta.onlyTo), ("~", delta.changed),
                ] {
                    for name in names {
                        output.write(
                            "    \(mark) \(delta.kind.rawValue) \(PrintableText.line(name))\n")
                    }
                }
            }
        }
    }
}

internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON
internal import SupportBundles

/// Writes a mesh's report for people: a header, the causes with the objects to change, what else is to
/// be said, then a row a proxy, problems first.
///
///     2 Istiods: istiod-6b8f7c9d5c-2xqlp (4 proxies), istiod-6b8f7c9d5c-wv7rk (5 proxies)
///     10 proxies: 5 ok, 5 with problems
///
///     1. rejected: 2 clusters rejected by Envoy: outbound|9080|v1|ratings.…: Invalid duration: …
///        Change:  EnvoyFilter ratings-broken in default
///        Affects: 1 proxy: reviews-v2-6f85cb9b7c-4gd2b.default
///        Next:    kubectl -n default edit envoyfilter ratings-broken
///
///     NAME                 CAUSE   WORKLOAD     ISTIO      ENVOY    SYNC        RESOURCES    DRIFT
///     reviews-v2-….default 1       reviews-v2   1.32-dev   1.40.0   CDS ERROR   30 clusters  …
public struct MeshReportText: ReportWriter {
    /// How many characters fit into a line; nil for a file or a pipe.
    private let width: Int?
    /// Which rows are written.
    private let filter: ProxyFilter

    /// How many causes are told in full; the others have a line each.
    private static let fullCauses = 8
    /// How wide texts are where no terminal sets a width.
    private static let standardWidth = 100

    /// Which proxies have a row.
    public struct ProxyFilter: Sendable, Hashable {
        /// Only those with a problem, or of which something was not checked.
        public var problemsOnly: Bool
        /// Only those of this namespace.
        public var namespace: String?

        /// Makes a filter.
        public init(problemsOnly: Bool = false, namespace: String? = nil) {
            self.problemsOnly = problemsOnly
            self.namespace = namespace
        }

        /// Whether a proxy passes.
        public func admits(_ proxy: ProxyReport) -> Bool {
            (namespace == nil || proxy.namespace == namespace)
                && (!problemsOnly || proxy.verdict == .problem || proxy.verdict == .notChecked
                    || proxy.isIncomplete)
        }
    }

    /// Makes a writer.
    public init(width: Int? = nil, filter: ProxyFilter = ProxyFilter()) {
        self.width = width
        self.filter = filter
    }

    private var lineWidth: Int { max(40, width ?? MeshReportText.standardWidth) }

    /// Writes a report.
    public func write(_ report: MeshReport, to output: inout some ByteOutput) {
        header(report, &output)
        causes(report, &output)
        findings(report, &output)
        asides(report, &output)
        output.write("\n")
        table(report).write(width: width, to: &output)
        certificates(report).map { table in
            output.write("\n")
            table.write(width: width, to: &output)
        }
        passedOver(report, &output)
        guard !report.unreadable.isEmpty else { return }
        output.write("\nnot readable:\n")
        for entry in report.unreadable {
            output.write(
                "    \(PrintableText.line(entry.entry)): \(PrintableText.line(entry.error.message))\n"
            )
        }
    }

    // MARK: - Causes

    private func causes(_ report: MeshReport, _ output: inout some ByteOutput) {
        for (index, cause) in report.causes.enumerated() {
            if index < MeshReportText.fullCauses {
                output.write("\n")
                write(cause, after: "\(index + 1). ", &output)
            } else {
                if index == MeshReportText.fullCauses { output.write("\n") }
                let line = "\(index + 1). \(cause.kind.rawValue): \(cause.text)"
                let affected = affected(cause, limit: 0)
                output.write("\(cut(line, to: lineWidth - affected.count - 2)) (\(affected))\n")
            }
        }
    }

    /// What else goes wrong for requests, and the command that explains it all.
    private func findings(_ report: MeshReport, _ output: inout some ByteOutput) {
        if !report.findings.isEmpty { output.write("\nAlso found, whatever the sync:\n") }
        for finding in report.findings.prefix(MeshReportText.fullFindings) {
            write(finding, after: "- ", &output)
        }
        let rest = report.findings.count - MeshReportText.fullFindings
        if rest > 0 { output.write("and \(rest) more: drydock bundle -o json\n") }
        let kinds = Set((report.causes + report.findings).map(\.kind.rawValue)).sorted()
        if !kinds.isEmpty {
            output.write("\nWhat these mean: drydock explain \(kinds.joined(separator: " "))\n")
        }
    }

    private static let fullFindings = 4

    /// A cause with its object, its proxies and the next steps.
    private func write(_ cause: Cause, after mark: String, _ output: inout some ByteOutput) {
        let indent = String(repeating: " ", count: mark.count)
        paragraph(
            "\(cause.kind.rawValue): \(cause.text)", after: mark, indent: indent, limit: 5, &output)
        if let object = cause.object {
            labelled("Change:", object.description, indent, limit: 2, &output)
        } else if !cause.candidates.isEmpty {
            let names = NameList.text(cause.candidates.map(\.description), limit: 4)
            labelled(
                "Change:", "one of these, which all have it: \(names)", indent, limit: 3, &output)
        }
        differences(cause, indent, &output)
        for message in cause.analysis.prefix(2) {
            labelled("Analyze:", message, indent, limit: 2, &output)
        }
        if !cause.proxies.isEmpty {
            labelled("Affects:", affected(cause, limit: 3), indent, limit: 3, &output)
        }
        for (index, command) in cause.nextSteps.enumerated() {
            // A command is one line, to be pasted.
            let label = index == 0 ? "Next:    " : "         "
            output.write("\(indent)\(label)\(PrintableText.line(command))\n")
        }
    }

    /// What differs, where that is the cause or its effect.
    private func differences(
        _ cause: Cause, _ indent: String, _ output: inout some ByteOutput
    ) {
        guard [.stale, .drift, .rejected].contains(cause.kind) else { return }
        let text = ChangeGroupText(Comparison.Labels(), namesKind: true)
        let shown = cause.differences.prefix(MeshReportText.listedDifferences)
        for (index, group) in shown.enumerated() {
            let isLast = index + 1 == shown.count
            let more = isLast ? cause.differences.count - shown.count : 0
            labelled(
                index == 0 ? "Differs:" : "",
                text.line(group) + (more > 0 ? " (and \(more) more)" : ""), indent, limit: 3,
                &output)
        }
    }

    private static let listedDifferences = 4

    private func labelled(
        _ label: String, _ text: String, _ indent: String, limit: Int,
        _ output: inout some ByteOutput
    ) {
        let mark = indent + label + String(repeating: " ", count: 9 - label.count)
        paragraph(
            text, after: mark, indent: String(repeating: " ", count: mark.count), limit: limit,
            &output)
    }

    /// `303 proxies: a.default, b.default, c.default and 300 more`
    private func affected(_ cause: Cause, limit: Int) -> String {
        let total = count(cause.proxies.count, "proxy", "proxies")
        return limit == 0 || cause.proxies.isEmpty
            ? total : "\(total): \(NameList.text(cause.proxies, limit: limit))"
    }

    /// A text in lines, the first one after a mark; beyond the limit it is cut off.
    private func paragraph(
        _ text: String, after mark: String = "", indent: String, limit: Int,
        _ output: inout some ByteOutput
    ) {
        let lines = TextLines.wrapped(
            PrintableText.line(text), width: lineWidth - max(mark.count, indent.count))
        for (index, line) in lines.prefix(limit).enumerated() {
            let isCut = index + 1 == limit && lines.count > limit
            output.write("\(index == 0 ? mark : indent)\(line)\(isCut ? " …" : "")\n")
        }
    }

    private func cut(_ text: String, to count: Int) -> String {
        let line = PrintableText.line(text)
        return line.count <= count ? line : "\(line.prefix(max(1, count - 2))) …"
    }

    // MARK: - Asides

    /// What is not a cause, of the mesh and of proxies: each sentence once.
    private func asides(_ report: MeshReport, _ output: inout some ByteOutput) {
        var order: [String] = []
        var proxies: [String: [String]] = [:]
        for note in report.notes where !note.kind.isTrouble {
            let line = "\(note.kind.rawValue): \(note.text)"
            if proxies[line] == nil { order.append(line) }
            proxies[line] = []
        }
        for proxy in report.proxies {
            for note in proxy.notes where !note.kind.isTrouble {
                let line = "\(note.kind.rawValue): \(note.headline ?? note.text)"
                if proxies[line] == nil { order.append(line) }
                proxies[line, default: []].append(proxy.displayName)
            }
        }
        if !order.isEmpty { output.write("\n") }
        for line in order.prefix(MeshReportText.listedAsides) {
            let names = proxies[line] ?? []
            let whose =
                names.isEmpty
                ? ""
                : " (\(count(names.count, "proxy", "proxies")): \(NameList.text(names, limit: 3)))"
            paragraph("\(line)\(whose)", indent: "    ", limit: 4, &output)
        }
        if order.count > MeshReportText.listedAsides {
            output.write(
                "and \(order.count - MeshReportText.listedAsides) more notes: drydock bundle -o json\n"
            )
        }
    }

    private static let listedAsides = 12

    // MARK: - Proxies

    private func table(_ report: MeshReport) -> TextTable {
        var numbers: [String: [Int]] = [:]
        for (index, cause) in report.causes.enumerated() {
            for proxy in cause.proxies { numbers[proxy, default: []].append(index + 1) }
        }
        let rank: [ProxyReport.Verdict: Int] = [.problem: 0, .notChecked: 1, .partial: 2, .ok: 2]
        let rows = report.proxies.filter(filter.admits).enumerated().sorted {
            (rank[$0.element.verdict] ?? 0, $0.offset) < (rank[$1.element.verdict] ?? 0, $1.offset)
        }.map(\.element)
        return TextTable(
            ["NAME", "CAUSE", "WORKLOAD", "ISTIO", "ENVOY", "SYNC", "RESOURCES", "DRIFT"], gap: 3,
            of: rows, details: { _ in [] },
            cells: {
                [
                    $0.displayName, cause($0, numbers[$0.displayName] ?? []), $0.workload ?? "",
                    $0.istioVersion ?? "", $0.envoyVersion ?? "", MeshReportText.sync($0),
                    MeshReportText.resources($0), MeshReportText.drift($0),
                ]
            })
    }

    /// The certificates that expire first; nil if none is known.
    private func certificates(_ report: MeshReport) -> TextTable? {
        let known = report.proxies.filter(filter.admits).filter { $0.certificateEnd != nil }
            .sorted { ($0.certificateEnd ?? "", $0.name) < ($1.certificateEnd ?? "", $1.name) }
        guard !known.isEmpty else { return nil }
        return TextTable(
            ["CERTIFICATES THAT EXPIRE FIRST", "VALID UNTIL"], gap: 3,
            of: Array(known.prefix(MeshReportText.listedCertificates)), details: { _ in [] },
            cells: { [$0.displayName, $0.certificateEnd ?? ""] })
    }

    private static let listedCertificates = 5

    /// The numbers of its causes, or that it has none.
    private func cause(_ proxy: ProxyReport, _ numbers: [Int]) -> String {
        if !numbers.isEmpty { return numbers.map(String.init).joined(separator: ", ") }
        switch proxy.verdict {
        case .problem: return "problem"
        case .notChecked: return proxy.isZtunnel ? "" : "not checked"
        case .ok, .partial: return proxy.isIncomplete ? "not fully checked" : "ok"
        }
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

    static func sync(_ proxy: ProxyReport) -> String {
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

    static func resources(_ proxy: ProxyReport) -> String {
        guard let dump = proxy.dump else { return "no dump" }
        guard dump.isReadable else { return "unreadable" }
        // Few proxies have extensions of their own.
        let kinds = ResourceDelta.kinds.filter { $0 != .ecds || dump.counts[$0] ?? 0 > 0 }
        var text = kinds.map { $0.count(dump.counts[$0] ?? 0) }.joined(separator: ", ")
        if dump.warming > 0 { text += ", \(dump.warming) warming" }
        if dump.rejected > 0 { text += ", \(dump.rejected) rejected" }
        return text
    }

    static func drift(_ proxy: ProxyReport) -> String {
        guard let drift = proxy.drift else { return "not compared" }
        let failed = proxy.failedKinds.map(\.rawValue).joined(separator: ", ")
        guard !failed.isEmpty else { return DriftText.counts(drift) ?? "none" }
        let found = DriftText.counts(drift).map { "\($0), " } ?? ""
        return "\(found)\(failed) not compared"
    }
}

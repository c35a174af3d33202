internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes what a check found: a finding a paragraph, with its object, its proxies and what to run next.
///
///     error missing-cluster: there is no cluster outbound|9080|v9|reviews.…, and routes send to it
///         change VirtualService bookinfo in default
///         2 proxies: details-v1-….default, productpage-v1-….default
///         next: kubectl -n default edit virtualservice bookinfo
public struct CheckReportText: ReportWriter {
    private let level: CheckReport.Level

    /// Makes a writer of the findings of a level and the worse ones.
    public init(level: CheckReport.Level = .warning) {
        self.level = level
    }

    /// Writes a report.
    public func write(_ report: CheckReport, to output: inout some ByteOutput) {
        func line(_ text: String) { output.write("\(PrintableText.line(text))\n") }
        let findings = report.findings(from: level)
        for finding in findings {
            line("\(finding.level.rawValue) \(finding.kind.rawValue): \(finding.text)")
            if let object = finding.object {
                line("    change \(object.description)")
            } else if !finding.candidates.isEmpty {
                let names = NameList.text(finding.candidates.map(\.description), limit: 4)
                line("    change one of \(names)")
            }
            let count = finding.proxies.count
            if count > 0 {
                line(
                    "    \(count) \(count == 1 ? "proxy" : "proxies"): "
                        + NameList.text(finding.proxies, limit: 4))
            }
            for command in finding.nextSteps { line("    next: \(command)") }
        }
        if !findings.isEmpty { output.write("\n") }
        let counts = CheckReport.Level.allCases.map { level in
            let count = report.findings.count { $0.level == level }
            let noun = level == .info ? "other" : level.rawValue
            return "\(count) \(noun)\(count == 1 || level == .info ? "" : "s")"
        }
        let proxies = report.proxyCount
        line(
            "\(proxies) \(proxies == 1 ? "proxy" : "proxies") checked: \(counts.joined(separator: ", "))"
        )
        if !report.unknown.isEmpty {
            line("not checked: \(NameList.text(report.unknown, limit: 8)): no readable dump")
        }
        if report.unreadCount > 0 {
            line("not checked: \(report.unreadCount) resources, not readable")
        }
        let kinds = Set(findings.map(\.kind.rawValue)).sorted()
        if !kinds.isEmpty {
            line("What these mean: drydock explain \(kinds.joined(separator: " "))")
        }
    }
}

/// Writes what a check found as JSON.
public struct CheckReportJSON: ReportWriter {
    private let level: CheckReport.Level

    /// Makes a writer of the findings of a level and the worse ones.
    public init(level: CheckReport.Level = .warning) {
        self.level = level
    }

    /// Writes a report.
    public func write(_ report: CheckReport, to output: inout some ByteOutput) {
        let findings = report.findings(from: level).map { finding -> ReportValue in
            var members: ReportObject = [
                "id": .string(finding.kind.rawValue), "level": .string(finding.level.rawValue),
                "text": .string(finding.text),
            ]
            members.append(
                "resource",
                finding.resource.map {
                    ["kind": .string($0.kind.rawValue), "name": .string($0.name)]
                })
            members.append("object", finding.object?.reportValue)
            if !finding.candidates.isEmpty {
                members.append("candidates", .list(finding.candidates.map(\.reportValue)))
            }
            members.append("proxies", .strings(finding.proxies))
            members.append("next", .strings(finding.nextSteps))
            return .object(members)
        }
        let document: ReportValue = [
            "proxies": .int(report.proxyCount), "unknown": .strings(report.unknown),
            "unread": .int(report.unreadCount), "findings": .list(findings),
        ]
        document.write(to: &output)
    }
}

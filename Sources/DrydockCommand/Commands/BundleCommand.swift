internal import Drydock

/// `drydock bundle BUNDLE`
enum BundleCommand {
    private enum Output: String, CaseIterable {
        case text, markdown, html, json, ndjson
    }

    private struct Options {
        var output = Output.text
        var diagnosis = BundleDiagnosis.Options()
        var showsDiff = false
        var filter = MeshReportText.ProxyFilter()
    }

    static let command = Command(
        CommandPage(
            names: ["bundle"], usages: ["[OPTIONS] BUNDLE", "[OPTIONS] BUNDLE POD.NAMESPACE"],
            summary: "say which proxies of a bundle have a problem, and why",
            about: """
                Reads what istioctl bug-report made, the archive or the same unpacked, or a folder of
                loose dumps, and says what is wrong: each root cause once, with the object to change, the
                proxies that it affects, and what to run next. Then a row a proxy, problems first. With
                the name of a proxy: all that is known of it.

                A proxy is ok where nothing was found wrong, and what could not be compared is said: a
                bug report holds no dumps by Istiod, so that drift is not compared unless they are added.
                It has a problem where its notes say so. It is not checked where neither its sync status,
                nor a dump by Istiod, nor a healthy replica is there: that is neither ok nor a problem.
                """,
            exitStatus: """
                0 no problem; 1 a problem, an entry that is not readable, a proxy of which nothing was
                checked, or an Istiod without its sync status; 2 trouble: the archive is cut off or
                refused, nothing in it is recognized, or of no proxy anything could be checked.
                """,
            examples: [
                "drydock bundle bug-report.tar.gz",
                "drydock bundle -o html bug-report.tar.gz > report.html",
                "drydock bundle bug-report.tar.gz reviews-v1-6584ddcf65-hq2mc.default",
                "drydock bundle -o json bug-report.tar.gz | jq '.proxies[] | select(.notes[0])'",
            ],
            operandCount: 1...2, operands: "one archive or folder, and the name of a proxy or none"),
        Options(),
        options: [
            .choice(
                "output", "o", "FORMAT",
                "text (the default), markdown for a ticket, html: one page for a browser, json, or "
                    + "ndjson: one proxy a line", \.output),
            .flag("problems", nil, "only the rows of proxies with problems", \.filter.problemsOnly),
            .text(
                "namespace", "n", "NAME", "only the rows of proxies of this namespace",
                \.filter.namespace),
            .flag("diff", nil, "after the report, unified diffs between replicas", \.showsDiff),
            .value(
                "grace", nil, "SECONDS", "how long a push may take before it counts as stale: 3",
                \.diagnosis.grace, expected: "a number of seconds"
            ) { text in Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil } },
        ]
    ) { options, operands, output throws(CommandFailure) in
        if options.output == .html, operands.count == 1, SupportBundle.isSingleFile(operands[0]) {
            let dump = try DumpInput.dump(operands[0], limits: JSONLimits())
            MeshPageHTML().write(MeshPage(dump), to: &output)
            return .same
        }
        let bundle = try await BundleInput.bundle(operands[0])
        if let failure = BundleInput.nothingRecognized(bundle) { throw failure }
        BundleInput.warnOfUnreadable(bundle)
        return try await write(bundle, operands.dropFirst().first, options, &output)
    }

    private static func write(
        _ bundle: SupportBundle, _ name: String?, _ options: Options,
        _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        do throws(ConfigDumpError) {
            let report = try await BundleDiagnosis(bundle, options: options.diagnosis).report()
            if let name { return try write(name, of: report, bundle, options, &output) }
            switch options.output {
            case .text:
                MeshReportText(width: Terminal.width, filter: options.filter)
                    .write(report, to: &output)
            case .markdown: MeshReportMarkdown().write(report, to: &output)
            case .html: MeshPageHTML().write(try await MeshPage(report, of: bundle), to: &output)
            case .json: MeshReportJSON().write(report, to: &output)
            case .ndjson: MeshReportJSONLines().write(report, to: &output)
            }
            if options.showsDiff, options.output == .text {
                for proxy in report.proxies where proxy.oddOneOut != nil {
                    try await writeDiff(of: proxy, bundle, &output)
                }
            }
            return BundleInput.finish(
                bundle, isWell: report.isWell, hasChecked: report.hasChecked)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The page of one proxy.
    private static func write(
        _ name: String, of report: MeshReport, _ bundle: SupportBundle, _ options: Options,
        _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) -> ExitStatus {
        var found = report[name]
        if found == nil { found = report[try bundle.proxy(named: name).displayName] }
        guard let proxy = found else {
            throw ConfigDumpError(
                .notFound, "the bundle holds no proxy named \(name)", source: bundle.source)
        }
        switch options.output {
        case .text, .markdown, .html: ProxyReportText().write(proxy, of: report, to: &output)
        case .json: MeshReportJSON().write(proxy: proxy, to: &output)
        case .ndjson: MeshReportJSONLines().write(proxy: proxy, to: &output)
        }
        return proxy.verdict == .problem || proxy.verdict == .notChecked || proxy.isIncomplete
            ? .different : .same
    }

    /// What differs between a proxy and the first of its healthy replicas.
    private static func writeDiff(
        of proxy: ProxyReport, _ bundle: SupportBundle, _ output: inout DescriptorOutput
    ) async throws(ConfigDumpError) {
        guard let replica = proxy.oddOneOut?.replicas.first,
            let comparison = try await BundleComparison(bundle).compare(replica, with: proxy.name)
        else { return }
        output.write("\n")
        try ComparisonUnifiedDiff(zone: Terminal.localZone).write(comparison, to: &output)
    }
}

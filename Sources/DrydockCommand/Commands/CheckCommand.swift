internal import Drydock

/// `drydock check BUNDLE|DUMP…`
enum CheckCommand {
    private enum Output: String, CaseIterable {
        case text, json
    }

    private struct Options {
        var output = Output.text
        var level = CheckReport.Level.warning
        var limits = JSONLimits()
    }

    static let command = Command(
        CommandPage(
            names: ["check"], usages: ["[OPTIONS] BUNDLE|DUMP…"],
            summary: "find what cannot work in the configuration that proxies hold",
            about: """
                Checks the configuration itself, whether proxies are in step or not: routes to clusters
                that are not there, listeners without their route configuration, secrets or extensions
                that nobody sent, routes that an earlier one hides, domains that stand twice, plain text
                to a workload that takes mTLS alone, certificates that expire and hosts that take no
                requests; with --level info also clusters that nothing uses. Each finding has an id that
                stays, the object to change where that is known, and what to run next.
                """,
            exitStatus: "0 nothing found, 1 something, 2 trouble.",
            examples: [
                "drydock check bug-report.tar.gz", "drydock check --level error config_dump.json",
                "drydock check -o json bug-report.tar.gz | jq '.findings[].id'",
            ],
            operandCount: 1...Int.max, operands: "bundles or dumps"),
        Options(),
        options: [
            .choice("output", "o", "FORMAT", "text (the default) or json", \.output),
            .choice(
                "level", nil, "LEVEL", "error, warning (the default) or info, and what is worse",
                \.level),
            .maxDepth(\.limits),
        ]
    ) { options, operands, output throws(CommandFailure) in
        let input = try await InventoryInput(operands, limits: options.limits)
        let report: CheckReport
        do throws(ConfigDumpError) {
            report = try await MeshCheck(bundles: input.bundles, dumps: input.dumps).report()
        } catch {
            throw CommandFailure(error)
        }
        guard report.proxyCount > 0 else {
            throw CommandFailure(
                code: "not-a-dump", message: "nothing to check: no proxy's dump can be read",
                file: operands.first)
        }
        switch options.output {
        case .text: CheckReportText(level: options.level).write(report, to: &output)
        case .json: CheckReportJSON(level: options.level).write(report, to: &output)
        }
        return report.findings(from: options.level).isEmpty ? .same : .different
    }
}

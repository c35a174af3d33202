internal import Drydock

/// `drydock diff ISTIOD ENVOY`
enum DiffCommand {
    static let command = Command(
        CommandPage(
            names: ["diff"],
            usages: [
                "[OPTIONS] ISTIOD ENVOY",
                "[OPTIONS] BUNDLE POD.NAMESPACE [OTHER.NAMESPACE]",
                "[OPTIONS] BUNDLE BUNDLE [POD|WORKLOAD]",
            ],
            summary: "compare two captured config dumps, or two sides out of a support bundle",
            about: """
                Compares what Istiod would send with what an Envoy holds: clusters, listeners and routes,
                each as a unified diff that patch applies, behind the reasons that the captures hold. Any
                two dumps compare: yesterday's with today's, two replicas of one workload. From a bundle:
                Istiod's dump of a proxy with its own, or a healthy replica's where Istiod's is not
                there; or those of two proxies. Of two bundles: which proxies came and went, versions,
                causes that are new or gone, and each change once with the proxies that share it; or one
                proxy in both.
                """,
            exitStatus: "0 the same, 1 different, 2 trouble.",
            examples: [
                "drydock diff istiod.json envoy.json",
                "drydock diff --kind clusters --name reviews --output summary istiod.json envoy.json",
                "drydock diff --syncz istiod-1.syncz.json --syncz istiod-2.syncz.json istiod.json envoy.json",
                "drydock diff --from-label yesterday --to-label today old.json.gz new.json",
                "drydock diff bug-report.tar.gz reviews-v1-6584ddcf65-hq2mc.default",
                "drydock diff monday.tar.gz incident.tar.gz",
                """
                kubectl exec -n NS POD -c istio-proxy -- pilot-agent request GET config_dump |
                  drydock diff istiod.json -
                """,
            ],
            operandCount: 2...3,
            operands: "two files, a bundle and one or two proxies, or two bundles"),
        DiffOptions(), options: DiffOptions.table
    ) { options, operands, output throws(CommandFailure) in
        try await run(options, operands, &output)
    }

    private static func run(
        _ options: DiffOptions, _ operands: [String], _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        guard operands != ["-", "-"] else {
            throw CommandFailure(UsageError("only one of the files can be standard input"))
        }
        if operands[1] != "-", SupportBundle.isBundle(operands[0]),
            SupportBundle.isBundle(operands[1]), !isPairOfDumps(operands)
        {
            return try await BundlePairDiff(options).run(
                operands[0], operands[1], operands.count > 2 ? operands[2] : nil, &output)
        }
        if SupportBundle.isBundle(operands[0]), !isPairOfFiles(operands) {
            return try await BundleDiff(options).run(
                operands[0], operands[1], operands.count > 2 ? operands[2] : nil, &output)
        }
        if operands.count > 2 || isNameOfProxy(operands) {
            throw notABundle(operands)
        }
        return try await compare(operands[0], operands[1], options, &output)
    }

    /// Whether both words are archives of one dump each.
    private static func isPairOfDumps(_ operands: [String]) -> Bool {
        operands.count == 2
            && operands.allSatisfy { path in
                Terminal.isFile(path)
                    && (try? ConfigDump(contentsOfFile: path, retaining: .nothing)) != nil
            }
    }

    /// Whether both words are files: then an archive is one of a single dump.
    private static func isPairOfFiles(_ operands: [String]) -> Bool {
        operands.count == 2 && Terminal.isFile(operands[0])
            && (operands[1] == "-" || Terminal.isFile(operands[1]))
    }

    /// Whether the second word can only be a proxy's name: there is no file of this name.
    private static func isNameOfProxy(_ operands: [String]) -> Bool {
        guard operands[0] != "-", operands[1] != "-" else { return false }
        return Terminal.fileExists(operands[0]) && !Terminal.fileExists(operands[1])
    }

    private static func notABundle(_ operands: [String]) -> CommandFailure {
        do throws(ConfigDumpError) {
            let format = try CaptureFormat(contentsOfFile: operands[0])
            let other =
                operands.count > 2 ? "diff takes two files" : "there is no file \(operands[1])"
            return CommandFailure(
                code: operands.count > 2 ? "usage" : "io",
                message: "this is \(format.name), not a bundle, and \(other)", file: operands[0])
        } catch {
            return CommandFailure(error)
        }
    }

    private static func compare(
        _ fromPath: String, _ toPath: String, _ options: DiffOptions,
        _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let (from, to) = try await read(fromPath, toPath, options)
        var statuses: [SyncStatus] = []
        for path in options.syncStatusPaths { statuses.append(try DumpInput.syncStatus(path)) }
        do throws(ConfigDumpError) {
            let comparison = try Comparison(
                from: from, to: to, options: options.comparison(of: from, to),
                labels: options.labels(instead: Comparison.Labels(from: from, to: to))
            ).explained(by: Evidence(syncStatuses: statuses, proxy: options.proxy))
            try write(comparison, options, &output)
            return comparison.isMatch ? .same : .different
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Two dumps without anything that was asked for: to call that the same would be a lie.
    private static func nothingCompared(_ comparison: Comparison) -> ConfigDumpError {
        if let name = comparison.unmatchedNameFilter {
            let kinds = comparison.sections.map(\.kind.rawValue).joined(separator: ", ")
            return ConfigDumpError(
                .notFound,
                "nothing to compare: neither this nor \(comparison.to.source) has \(kinds) with "
                    + "\(name) in the name", source: comparison.from.source)
        }
        let sections = comparison.sections.map(\.kind.sectionName).joined(separator: ", ")
        return ConfigDumpError(
            .notADump,
            "nothing to compare: neither this nor \(comparison.to.source) has \(sections)",
            source: comparison.from.source)
    }

    /// Reads the two dumps, each on a thread of its own.
    private static func read(
        _ fromPath: String, _ toPath: String, _ options: DiffOptions
    ) async throws(CommandFailure) -> (from: ConfigDump, to: ConfigDump) {
        let limits = options.limits
        async let first = result { () throws(CommandFailure) in
            try DumpInput.dump(fromPath, limits: limits)
        }
        let second = result { () throws(CommandFailure) in
            try DumpInput.dump(toPath, limits: limits)
        }
        let from = try await first.get()
        switch second {
        case .success(let to):
            return (from, to)
        case .failure(var failure):
            failure.notes = notes(for: failure, istiod: from)
            throw failure
        }
    }

    private static func result(
        _ body: () throws(CommandFailure) -> ConfigDump
    ) -> Result<ConfigDump, CommandFailure> {
        Result(catching: body)
    }

    /// What Istiod's dump says of a line of text in place of Envoy's.
    private static func notes(for failure: CommandFailure, istiod: ConfigDump) -> [Note] {
        guard let error = failure.dumpError else { return [] }
        return (try? UnprintableDump.notes(for: error, istiod: istiod)) ?? []
    }

    /// Writes a comparison in the format that was asked for.
    ///
    /// - Throws: `ConfigDumpError` if there was nothing to compare, or a dump cannot be read again.
    static func write(
        _ comparison: Comparison, _ options: DiffOptions, _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) {
        guard !comparison.isEmpty else { throw nothingCompared(comparison) }
        if options.isQuiet { return }
        switch options.output {
        case .unified:
            var writer = ComparisonUnifiedDiff(
                context: options.context, style: options.style, zone: Terminal.localZone)
            writer.marksWords = options.marksWords
            try writer.write(comparison, to: &output)
        case .json:
            ComparisonJSON().write(comparison, to: &output)
        case .summary:
            ComparisonSummary(style: options.style).write(comparison, to: &output)
        case .stat:
            ComparisonStat(style: options.style).write(comparison, to: &output)
        case .names:
            ComparisonStat(namesOnly: true).write(comparison, to: &output)
        case .html:
            MeshPageHTML().write(try MeshPage(comparison), to: &output)
        case .markdown:
            ComparisonMarkdown().write(comparison, to: &output)
        }
    }
}

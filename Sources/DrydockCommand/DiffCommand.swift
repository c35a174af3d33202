internal import Drydock

/// `drydock diff ISTIOD ENVOY`
enum DiffCommand {
    static func run(
        _ words: [String], to output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        let options: DiffOptions
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: DiffOptions.options)
            if arguments.has("help") {
                output.write("\(HelpText.diff)\n")
                return .same
            }
            options = try DiffOptions(arguments)
            guard arguments.operands.count == 2 || arguments.operands.count == 3 else {
                throw UsageError(
                    "diff takes two files, or a bundle and one or two proxies: see drydock diff --help"
                )
            }
            guard arguments.operands != ["-", "-"] else {
                throw UsageError("only one of the files can be standard input")
            }
        } catch {
            throw CommandFailure(error)
        }
        let operands = arguments.operands
        if SupportBundle.isBundle(operands[0]), !isPairOfFiles(operands) {
            return try await BundleDiff(options).run(
                operands[0], operands[1], operands.count > 2 ? operands[2] : nil, &output)
        }
        if operands.count > 2 || isNameOfProxy(operands) {
            throw notABundle(operands)
        }
        return try await compare(operands[0], operands[1], options, &output)
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
                from: from, to: to, options: options.comparison,
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
    /// - Throws: `ConfigDumpError` where there was nothing to compare, or a dump cannot be read again.
    static func write(
        _ comparison: Comparison, _ options: DiffOptions, _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) {
        guard !comparison.isEmpty else { throw nothingCompared(comparison) }
        switch options.output {
        case .unified:
            let writer = ComparisonUnifiedDiff(
                context: options.context, style: options.usesColor ? .ansi : .plain,
                zone: Terminal.localZone)
            try writer.write(comparison, to: &output)
        case .json:
            ComparisonJSON().write(comparison, to: &output)
        case .summary:
            ComparisonSummary().write(comparison, to: &output)
        }
    }
}

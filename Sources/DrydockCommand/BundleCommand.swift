internal import Drydock

/// `drydock bundle BUNDLE`
enum BundleCommand {
    private enum Output: String, CaseIterable {
        case text, json, ndjson
    }

    private static let options = [
        CommandOption("output", "o"), CommandOption("grace"),
        CommandOption("diff", takesArgument: false),
        CommandOption("help", "h", takesArgument: false),
    ]

    static func run(
        _ words: [String], to output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        var format = Output.text
        var options = MeshDiagnosis.Options()
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: BundleCommand.options)
            if arguments.has("help") {
                output.write("\(HelpText.bundle)\n")
                return .same
            }
            format = try arguments.choice("output", else: format)
            options.grace = try BundleInput.grace(arguments) ?? options.grace
            guard arguments.operands.count == 1 else {
                throw UsageError("bundle takes one archive or folder: see drydock bundle --help")
            }
        } catch {
            throw CommandFailure(error)
        }
        let bundle = try await BundleInput.bundle(arguments.operands[0])
        if let failure = BundleInput.nothingRecognized(bundle) { throw failure }
        BundleInput.warnOfUnreadable(bundle)
        return try await write(bundle, options, format, arguments.has("diff"), &output)
    }

    private static func write(
        _ bundle: SupportBundle, _ options: MeshDiagnosis.Options, _ format: Output,
        _ showsDiff: Bool, _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        do throws(ConfigDumpError) {
            let report = try await MeshDiagnosis(bundle, options: options).report()
            switch format {
            case .text: MeshReportText().write(report, to: &output)
            case .json: MeshReportJSON().write(report, to: &output)
            case .ndjson: MeshReportJSONLines().write(report, to: &output)
            }
            if showsDiff, format == .text {
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

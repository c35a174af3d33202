internal import Drydock

/// `drydock status BUNDLE|FILE…`
enum StatusCommand {
    private enum Output: String, CaseIterable {
        case table, json, yaml
    }

    private static let options = [
        CommandOption("output", "o"), CommandOption("namespace", "n"), CommandOption("service"),
        CommandOption("help", "h", takesArgument: false),
    ]

    static func run(
        _ words: [String], to output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        var format = Output.table
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: options)
            if arguments.has("help") {
                output.write("\(HelpText.status)\n")
                return .same
            }
            format = try arguments.choice("output", else: format)
            guard !arguments.operands.isEmpty else {
                throw UsageError(
                    "status takes a bundle or sync statuses: see drydock status --help")
            }
        } catch {
            throw CommandFailure(error)
        }
        return try await run(arguments, format, &output)
    }

    private static func run(
        _ arguments: ParsedArguments, _ format: Output, _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        var statuses: [SyncStatus] = []
        var bundles: [SupportBundle] = []
        for path in arguments.operands {
            if SupportBundle.isBundle(path) {
                bundles.append(try await BundleInput.bundle(path))
            } else {
                statuses.append(try DumpInput.syncStatus(path))
            }
        }
        let isWell: Bool
        if let name = arguments.value("service") {
            isWell = try writeService(name, bundles, format, &output)
        } else {
            try requireStatus(statuses, bundles)
            var table = ProxyStatusTable(statuses, bundles: bundles)
            if let namespace = arguments.value("namespace") {
                table.rows.removeAll { $0.namespace != namespace }
            }
            switch format {
            case .table: ProxyStatusWriter().write(table, to: &output)
            case .json: ProxyStatusJSON().write(table, to: &output)
            case .yaml: try writeYAML(ProxyStatusJSON().value(table), &output)
            }
            isWell = table.isWell && bundles.allSatisfy(\.unreadable.isEmpty)
        }
        let ends = bundles.map { BundleInput.finish($0, isWell: isWell) }
        return ends.contains(.trouble) ? .trouble : isWell ? .same : .different
    }

    /// A bundle without any Istiod's answer has no status to show; one that breaks off may have had.
    private static func requireStatus(
        _ statuses: [SyncStatus], _ bundles: [SupportBundle]
    ) throws(CommandFailure) {
        guard let bundle = bundles.first, statuses.isEmpty,
            bundles.allSatisfy({ bundle in
                bundle.interruption == nil && bundle.istiods.allSatisfy { $0.syncStatus == nil }
            })
        else { return }
        throw CommandFailure(
            code: "not-a-dump", message: "no Istiod's debug/syncz is in the bundle",
            file: bundle.source)
    }

    /// Whether the Istiods know a service and its endpoints.
    private static func writeService(
        _ name: String, _ bundles: [SupportBundle], _ format: Output,
        _ output: inout DescriptorOutput
    ) throws(CommandFailure) -> Bool {
        guard let bundle = bundles.first, bundles.count == 1 else {
            throw CommandFailure(UsageError("--service: one bundle is wanted"))
        }
        let registration = ServiceRegistration(name, in: bundle)
        guard !registration.entries.isEmpty else {
            throw CommandFailure(
                code: "not-a-dump", message: "no Istiod's debug/registryz is in the bundle",
                file: bundle.source)
        }
        switch format {
        case .table: ServiceRegistrationWriter().write(registration, name: name, to: &output)
        case .json: ServiceRegistrationJSON().write(registration, to: &output)
        case .yaml: try writeYAML(ServiceRegistrationJSON().value(registration), &output)
        }
        return registration.isWell
    }

    private static func writeYAML(
        _ value: CanonicalValue, _ output: inout DescriptorOutput
    ) throws(CommandFailure) {
        do throws(YAMLError) {
            let emitter = try YAMLEmitter()
            try emitter.append(value)
            output.write(try emitter.finish()[...])
        } catch {
            throw CommandFailure(code: "io", message: error.message)
        }
    }
}

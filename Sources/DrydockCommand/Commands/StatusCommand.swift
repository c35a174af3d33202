internal import Drydock

/// `drydock status BUNDLE|FILE…`
enum StatusCommand {
    private enum Output: String, CaseIterable {
        case table, json, yaml
    }

    private struct Options {
        var output = Output.table
        var namespace: String?
        var service: String?
    }

    static let command = Command(
        CommandPage(
            names: ["status", "proxy-status", "ps"], usages: ["[OPTIONS] BUNDLE|FILE…"],
            summary: "say how far the proxies have what Istiod sent them",
            about: """
                Prints istioctl's proxy-status table from a bundle, or from what one or more Istiods
                answered: /debug/syncz or the xDS debug form. Ages are counted to the newest time that
                was captured.

                UNKNOWN is a proxy whose Istiod's sync status is not in the bundle.
                """,
            exitStatus: """
                0 no problem, 1 a problem or an unknown status, 2 trouble: no status of any proxy is
                known, or no proxy is in the namespace.
                """,
            examples: [
                "drydock status bug-report.tar.gz",
                "drydock status istiod-1.syncz.json istiod-2.syncz.json",
                "drydock status --service reviews.default bug-report.tar.gz",
            ],
            operandCount: 1...Int.max, operands: "a bundle or sync statuses"),
        Options(),
        options: [
            .choice("output", "o", "FORMAT", "table (the default), json or yaml", \.output),
            .text("namespace", "n", "NAME", "only proxies of this namespace", \.namespace),
            .text(
                "service", nil, "NAME",
                "instead: what each Istiod of a bundle knows of a service: ports, address, endpoints",
                \.service),
        ]
    ) { options, operands, output throws(CommandFailure) in
        try await run(options, operands, &output)
    }

    private static func run(
        _ options: Options, _ paths: [String], _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        var statuses: [SyncStatus] = []
        var bundles: [SupportBundle] = []
        for path in paths {
            if SupportBundle.isBundle(path) {
                bundles.append(try await BundleInput.bundle(path))
            } else {
                statuses.append(try DumpInput.syncStatus(path))
            }
        }
        let isWell: Bool
        let hasChecked: Bool
        if let name = options.service {
            isWell = try writeService(name, bundles, options.output, &output)
            hasChecked = true
        } else {
            for bundle in bundles where statuses.isEmpty && bundle.recognizesNothing {
                if let failure = BundleInput.nothingRecognized(bundle) { throw failure }
            }
            var status = MeshStatus(statuses, bundles: bundles)
            try requireStatus(status, bundles)
            hasChecked = status.hasChecked
            if let namespace = options.namespace {
                try keep(namespace, in: &status, paths[0])
            } else {
                bundles.forEach(BundleInput.warnOfUnreadable)
            }
            Terminal.warn(
                status.silentIstiods.map {
                    "the sync status of \($0) is not in the bundle: the state of its proxies is unknown"
                })
            switch options.output {
            case .table: MeshStatusText(width: Terminal.width).write(status, to: &output)
            case .json: MeshStatusJSON().write(status, to: &output)
            case .yaml: try writeYAML(MeshStatusJSON().value(status), &output)
            }
            let isWhole =
                options.namespace != nil || bundles.allSatisfy(\.unreadable.isEmpty)
            isWell = status.isWell && isWhole
        }
        let ends = bundles.map { BundleInput.finish($0, isWell: isWell, hasChecked: hasChecked) }
        return ends.contains(.trouble) ? .trouble : isWell ? .same : .different
    }

    /// A bundle without any Istiod's answer has no status to show; one that breaks off may have had.
    private static func requireStatus(
        _ status: MeshStatus, _ bundles: [SupportBundle]
    ) throws(CommandFailure) {
        guard let bundle = bundles.first, !status.hasChecked,
            bundles.allSatisfy({ $0.interruption == nil })
        else { return }
        let reasons = bundle.istiods.compactMap { istiod in
            istiod.syncStatusError.map { "; \(istiod.pod) answered: \($0.message)" }
        }
        throw CommandFailure(
            code: "not-a-dump",
            message: "no Istiod's debug/syncz is in the bundle: the status of no proxy is known"
                + reasons.joined(), file: bundle.source)
    }

    /// Keeps the rows of one namespace.
    private static func keep(
        _ namespace: String, in status: inout MeshStatus, _ path: String
    ) throws(CommandFailure) {
        let known = Set(status.rows.map(\.namespace)).sorted()
        status.rows.removeAll { $0.namespace != namespace }
        guard status.rows.isEmpty else { return }
        throw CommandFailure(
            code: "not-found",
            message: "no proxy is in the namespace \(namespace)"
                + (known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))"), file: path)
    }

    /// Whether the Istiods know a service and its endpoints.
    private static func writeService(
        _ name: String, _ bundles: [SupportBundle], _ format: Output,
        _ output: inout DescriptorOutput
    ) throws(CommandFailure) -> Bool {
        guard let bundle = bundles.first, bundles.count == 1 else {
            throw CommandFailure(UsageError("--service: expected one bundle"))
        }
        let registration = ServiceRegistration(name, in: bundle)
        guard !registration.entries.isEmpty else {
            throw CommandFailure(
                code: "not-a-dump", message: "no Istiod's debug/registryz is in the bundle",
                file: bundle.source)
        }
        switch format {
        case .table: ServiceRegistrationText(width: Terminal.width).write(registration, to: &output)
        case .json: ServiceRegistrationJSON().write(registration, to: &output)
        case .yaml: try writeYAML(ServiceRegistrationJSON().value(registration), &output)
        }
        return registration.isWell
    }

    private static func writeYAML(
        _ value: ReportValue, _ output: inout DescriptorOutput
    ) throws(CommandFailure) {
        do throws(YAMLError) {
            let emitter = try YAMLEmitter()
            try emitter.append(value.canonicalValue)
            output.write(try emitter.finish()[...])
        } catch {
            throw CommandFailure(code: "io", message: error.message)
        }
    }
}

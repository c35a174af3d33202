internal import Drydock

/// What the command line of a view names.
struct ViewInput {
    /// The captures that the view can be made of, the best first: a file, or the answers of a bundle's
    /// proxy.
    var captures: [AdminCapture]
    /// The newest time in the bundle, in seconds since 1970, where the view judges certificates.
    var bundleTime: Int?

    /// Opens it.
    init(
        _ view: ViewKind, _ operands: [String], _ options: ViewOptions
    ) async throws(CommandFailure) {
        let operands = (options.path.map { [$0] } ?? []) + operands
        if operands.count == 1 {
            captures = [try DumpInput.capture(operands[0], limits: options.limits)]
            return
        }
        guard operands.count == 2 else {
            throw CommandFailure(
                UsageError(
                    "\(view.rawValue) takes a file, or a bundle and a proxy: "
                        + "see drydock \(view.rawValue) --help"))
        }
        guard SupportBundle.isBundle(operands[0]) else {
            throw DumpInput.notABundle(operands[0], "\(view.rawValue) takes one file")
        }
        do throws(ConfigDumpError) {
            let answers = try await ProxyAnswers(of: operands[1], in: operands[0])
            let found = ViewInput.answers(answers, view, options).map {
                AdminCapture(bytes: $0.bytes, source: $0.entry, limits: options.limits)
            }
            guard !found.isEmpty else {
                throw ConfigDumpError(
                    .notADump, "the bundle holds no dump of \(operands[1])", source: operands[0])
            }
            captures = found
            guard [.secrets, .all].contains(view), options.moment == .capture else { return }
            // Sync states, logs and metrics are newer than the last change of a dump.
            bundleTime = try await SupportBundle.reading(operands[0]).newestTime?.seconds
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What stands in where a dump is missing, cannot be read or has no such section.
    private static func answers(
        _ answers: ProxyAnswers, _ view: ViewKind, _ options: ViewOptions
    ) -> [ProxyAnswers.Answer] {
        // It knows the health of each host, as istioctl's table of a running proxy does.
        if view == .endpoints { return [answers.clusters, answers.dump].compactMap { $0 } }
        let others =
            switch view {
            case .secrets: answers.certificates
            // It tells the versions, and nothing else of the bootstrap.
            case .bootstrap where options.output == .short: answers.serverInfo
            default: ProxyAnswers.Answer?.none
            }
        return [answers.dump, others].compactMap { $0 }
    }
}

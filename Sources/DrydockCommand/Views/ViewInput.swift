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
        _ view: ProxyView, _ operands: [String], _ options: ViewOptions
    ) async throws(CommandFailure) {
        let operands = (options.path.map { [$0] } ?? []) + operands
        if operands.count == 1 {
            captures = [try DumpInput.capture(operands[0], limits: options.limits)]
            return
        }
        guard operands.count == 2 else {
            throw CommandFailure(
                UsageError(
                    "\(view.name) takes a file, or a bundle and a proxy: "
                        + "see drydock \(view.name) --help"))
        }
        guard SupportBundle.isBundle(operands[0]) else {
            throw DumpInput.notABundle(operands[0], "\(view.name) takes one file")
        }
        do throws(ConfigDumpError) {
            let answers = try await ProxyAnswers(of: operands[1], in: operands[0])
            let found = view.answers(answers, options).compactMap(\.self).map {
                AdminCapture(bytes: $0.bytes, source: $0.entry, limits: options.limits)
            }
            guard !found.isEmpty else {
                throw ConfigDumpError(
                    .notADump, "the bundle holds no dump of \(operands[1])", source: operands[0])
            }
            captures = found
            guard view.judgesCertificates, options.moment == .capture else { return }
            // Sync states, logs and metrics are newer than the last change of a dump.
            bundleTime = try await SupportBundle.reading(operands[0]).newestTime?.seconds
        } catch {
            throw CommandFailure(error)
        }
    }
}

internal import Drydock

/// `drydock clusters FILE` and the other tables of `istioctl proxy-config`.
enum ViewCommand {
    static func command(_ view: ViewKind) -> Command {
        Command(
            page(view), ViewOptions(view), options: ViewOptions.table(view)
        ) { options, operands, output throws(CommandFailure) in
            let input = try await ViewInput(view, operands, options)
            do throws(ConfigDumpError) {
                try write(view, of: input, options, &output)
                return .same
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    /// Writes the view of the first capture that it can be made of.
    private static func write(
        _ view: ViewKind, of input: ViewInput, _ options: ViewOptions,
        _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) {
        let captures = input.captures
        for (index, first) in captures.enumerated() {
            var capture = first
            let isLast = index + 1 == captures.count
            let summary: ProxySummary
            do throws(ConfigDumpError) {
                // Nothing is printed of a capture that cannot be printed whole.
                if options.output != .short { capture = try capture.kept() }
                summary = try capture.summary(
                    of: view.kinds(options.output), readsWhole: options.output != .short)
            } catch {
                if isLast { throw error }
                Terminal.warn([
                    "\(error.source): \(error.message)",
                    "taking \(captures[index + 1].source) instead",
                ])
                continue
            }
            if !isLast, summary.kinds.isDisjoint(with: view.kinds(options.output)) { continue }
            if view == .endpoints, !isLast {
                Terminal.warn([
                    "\(capture.source): Envoy's /clusters, which knows each host's health"
                ])
            }
            let moment = CertificateMoment(
                options.moment, summary.newestTime, bundle: input.bundleTime, now: Terminal.now)
            return try write(view, summary, of: capture, options, moment, &output)
        }
    }

    private static func write(
        _ view: ViewKind, _ summary: ProxySummary, of capture: AdminCapture,
        _ options: ViewOptions, _ moment: CertificateMoment, _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) {
        let rows = ViewRows(summary, options, at: moment.seconds)
        switch options.output {
        case .short:
            rows.write(view, to: &output)
        case .json:
            let document = try ProxyDocument(rows.content(view), of: capture, summary)
            try ProxyDocumentJSON().write(document, to: &output)
        case .yaml:
            let document = try ProxyDocument(rows.content(view), of: capture, summary)
            try ProxyDocumentYAML().write(document, to: &output)
        }
        var notes = rows.notes(view)
        if view == .secrets || view == .all, options.output == .short, !summary.secrets.isEmpty {
            notes += moment.notes
        }
        Terminal.warn(notes.map { "\(capture.source): \($0)" })
    }
}

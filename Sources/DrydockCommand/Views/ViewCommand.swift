internal import Drydock

/// `drydock clusters FILE` and the other tables of `istioctl proxy-config`.
enum ViewCommand {
    static func command(_ view: ProxyView) -> Command {
        Command(
            page(view), ViewOptions(output: view.output.standard),
            options: view.options + ViewOptions.common(view.output)
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

    private static func page(_ view: ProxyView) -> CommandPage {
        let header = view.answersEmpty.map {
            " The header alone is an answer, and standard error says which: \($0)."
        }
        return CommandPage(
            names: view.names, usages: ["[OPTIONS] FILE", "[OPTIONS] BUNDLE POD.NAMESPACE"],
            summary: "print \(view.content)", about: view.about,
            exitStatus: "0, or 2 for trouble: a file of another kind, or a dump without "
                + "\(view.needs).\(header ?? "")",
            examples: ["drydock \(view.name) \(view.example)"],
            // -f names the file as well.
            operandCount: 0...2, operands: "a file, or a bundle and a proxy")
    }

    /// Writes the view of the first capture that it can be made of.
    private static func write(
        _ view: ProxyView, of input: ViewInput, _ options: ViewOptions,
        _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) {
        let captures = input.captures
        let kinds = view.kinds(options.output)
        for (index, first) in captures.enumerated() {
            var capture = first
            let isLast = index + 1 == captures.count
            let summary: ProxySummary
            do throws(ConfigDumpError) {
                // Nothing is printed of a capture that cannot be printed whole.
                if options.output != .short { capture = try capture.kept() }
                summary = try capture.summary(of: kinds, readsWhole: options.output != .short)
            } catch {
                if isLast { throw error }
                Terminal.warn([
                    "\(error.source): \(error.message)",
                    "taking \(captures[index + 1].source) instead",
                ])
                continue
            }
            if !isLast, summary.kinds.isDisjoint(with: kinds) { continue }
            if !isLast, summary.kinds.contains(.clusterStatus) {
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
        _ view: ProxyView, _ summary: ProxySummary, of capture: AdminCapture,
        _ options: ViewOptions, _ moment: CertificateMoment, _ output: inout DescriptorOutput
    ) throws(ConfigDumpError) {
        let rows = view.rows(summary, options, moment.seconds)
        switch options.output {
        case .short:
            rows.write(false, &output)
        case .json:
            let document = try ProxyDocument(rows.content(), of: capture, summary)
            try ProxyDocumentJSON().write(document, to: &output)
        case .yaml:
            let document = try ProxyDocument(rows.content(), of: capture, summary)
            try ProxyDocumentYAML().write(document, to: &output)
        }
        var notes = ViewNotes(summary, options, moment.seconds).notes(view)
        if view.judgesCertificates, options.output == .short, !summary.secrets.isEmpty {
            notes += moment.notes
        }
        Terminal.warn(notes.map { "\(capture.source): \($0)" })
    }
}

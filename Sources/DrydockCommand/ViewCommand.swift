internal import Drydock

/// `drydock clusters FILE` and the other tables of `istioctl proxy-config`.
enum ViewCommand {
    static func run(
        _ view: ViewKind, _ words: [String], to output: inout DescriptorOutput
    ) throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        let options: ViewOptions
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: ViewOptions.options(view))
            if arguments.has("help") {
                output.write("\(HelpText.view(view))\n")
                return .same
            }
            options = try ViewOptions(view, arguments)
        } catch {
            throw CommandFailure(error)
        }
        let capture = try capture(view, arguments, options)
        try write(view, of: capture, options, &output)
        return .same
    }

    /// Opens what the command line names.
    private static func capture(
        _ view: ViewKind, _ arguments: ParsedArguments, _ options: ViewOptions
    ) throws(CommandFailure) -> AdminCapture {
        let paths = arguments.values("file") + arguments.operands
        guard paths.count == 1, let path = paths.first else {
            throw CommandFailure(
                UsageError("\(view.rawValue) takes a file: see drydock \(view.rawValue) --help"))
        }
        return try DumpInput.capture(path, limits: options.limits)
    }

    private static func write(
        _ view: ViewKind, of capture: AdminCapture, _ options: ViewOptions,
        _ output: inout DescriptorOutput
    ) throws(CommandFailure) {
        do throws(ConfigDumpError) {
            // Nothing is printed of a capture that cannot be printed whole.
            let summary = try capture.summary(
                of: view.kinds, readsWhole: options.output != .short)
            let rows = ViewRows(summary, options)
            switch options.output {
            case .short:
                rows.write(view, to: &output)
            case .json:
                try ProxyDocument(capture, summary)
                    .write(rows.content(view), as: .json, to: &output)
            case .yaml:
                try ProxyDocument(capture, summary)
                    .write(rows.content(view), as: .yaml, to: &output)
            }
            Terminal.warn(rows.notes(view).map { "\(capture.source): \($0)" })
        } catch {
            throw CommandFailure(error)
        }
    }
}

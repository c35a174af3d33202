internal import Drydock

/// `drydock trace DUMP URL` and `drydock trace BUNDLE POD.NAMESPACE URL`
enum TraceCommand {
    static func run(
        _ words: [String], to output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        let options: TraceOptions
        let request: Request
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: TraceOptions.options)
            if arguments.has("help") {
                output.write("\(HelpText.trace)\n")
                return .same
            }
            options = try TraceOptions(arguments)
            guard let url = arguments.operands.last, 2...3 ~= arguments.operands.count else {
                throw UsageError(
                    "trace takes a dump and a URL, or a bundle, POD.NAMESPACE and a URL: "
                        + "see drydock trace --help")
            }
            request = try TraceOptions.request(url: url, arguments)
        } catch {
            throw CommandFailure(error)
        }
        let (dump, hosts) = try await source(arguments, options)
        let trace: RequestTrace
        do throws(ConfigDumpError) {
            trace = try dump.trace(request, hosts: hosts)
        } catch {
            throw CommandFailure(error)
        }
        switch options.output {
        case .text: RequestTraceText(explains: options.explains).write(trace, to: &output)
        case .json: RequestTraceJSON(explains: options.explains).write(trace, to: &output)
        }
        return trace.outcome.isAnswer ? .same : .different
    }

    /// The dump, alone or of a bundle, and the endpoints by `/clusters`: those of the option, else
    /// those that the bundle brings.
    private static func source(
        _ arguments: ParsedArguments, _ options: TraceOptions
    ) async throws(CommandFailure) -> (dump: ConfigDump, hosts: LiveHosts?) {
        let path = arguments.operands[0]
        let given = try arguments.value("clusters").map { (path) throws(CommandFailure) in
            try hosts(DumpInput.capture(path, limits: options.limits))
        }
        guard arguments.operands.count == 3 else {
            guard !SupportBundle.isBundle(path) || Terminal.isFile(path) else {
                throw CommandFailure(
                    code: "usage",
                    message: "this is a bundle or an archive: name the proxy, "
                        + "trace BUNDLE POD.NAMESPACE URL", file: path)
            }
            let dump = try DumpInput.dump(path, limits: options.limits)
            guard !dump.sections.isEmpty else {
                throw CommandFailure(
                    code: "not-a-dump",
                    message: "this config dump has no section at all: there is nothing to trace",
                    file: path)
            }
            return (dump, given)
        }
        guard SupportBundle.isBundle(path) else {
            throw DumpInput.notABundle(path, "trace takes a dump and a URL")
        }
        let answers: ProxyAnswers
        let dump: ConfigDump
        do throws(ConfigDumpError) {
            answers = try await ProxyAnswers(of: arguments.operands[1], in: path)
            guard let found = answers.dump else {
                throw ConfigDumpError(
                    .notADump, "the bundle holds no dump of \(arguments.operands[1])", source: path)
            }
            dump = try ConfigDump(
                bytes: found.bytes, source: found.entry, limits: options.limits)
        } catch {
            throw CommandFailure(error)
        }
        if given != nil { return (dump, given) }
        return (dump, hosts(of: answers, limits: options.limits))
    }

    /// The endpoints by the `/clusters` of a bundle. Where that cannot be read, the dump's own are
    /// followed, and standard error says so.
    private static func hosts(of answers: ProxyAnswers, limits: JSONLimits) -> LiveHosts? {
        guard let answer = answers.clusters else { return nil }
        do throws(ConfigDumpError) {
            return try LiveHosts(
                AdminCapture(bytes: answer.bytes, source: answer.entry, limits: limits))
        } catch {
            Terminal.warn([
                "\(error.source): \(error.message)",
                "the endpoints and their health are those of the dump",
            ])
            return nil
        }
    }

    private static func hosts(_ capture: AdminCapture) throws(CommandFailure) -> LiveHosts {
        do throws(ConfigDumpError) {
            return try LiveHosts(capture)
        } catch {
            throw CommandFailure(error)
        }
    }
}

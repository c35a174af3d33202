internal import Drydock

/// `drydock trace DUMP URL` and `drydock trace BUNDLE POD.NAMESPACE URL`
enum TraceCommand {
    static let command = Command(
        CommandPage(
            names: ["trace"],
            usages: ["[OPTIONS] DUMP URL", "[OPTIONS] BUNDLE POD.NAMESPACE URL"],
            summary: "follow a request: listener, route, cluster, endpoint",
            about: """
                Follows a request through one proxy as its Envoy would: which listener takes the
                connection, which filter chain, virtual host and route, which clusters, which of their
                endpoints. URL is http://HOST[:PORT]/PATH, https:// (TLS that the client begins) or
                tcp://HOST:PORT.

                What a dump cannot tell (Lua, Wasm, an authorization service) is named and passed.
                """,
            exitStatus: """
                0 forwarded, redirected or answered by Envoy as configured; 1 it ends on its way: no
                listener, filter chain, route, cluster or endpoint, denied, of another protocol, or not
                decided by the dump; 2 trouble.
                """,
            examples: [
                "drydock trace config_dump.json http://reviews:9080/reviews/1",
                "drydock trace bug-report.tar.gz productpage-v1-x.default http://reviews:9080/reviews/1",
                "drydock trace --explain -H end-user=jason config_dump.json http://reviews:9080/reviews/1",
                "drydock trace --destination 10.96.10.5:27017 config_dump.json tcp://mongodb:27017",
                """
                drydock trace --direction inbound --principal spiffe://cluster.local/ns/default/sa/shop \\
                  config_dump.json http://ratings:9080/ratings/0
                """,
            ],
            operandCount: 2...3, operands: "a dump and a URL, or a bundle, POD.NAMESPACE and a URL"),
        TraceOptions(), options: TraceOptions.table
    ) { options, operands, output throws(CommandFailure) in
        try await run(options, operands, &output)
    }

    private static func run(
        _ options: TraceOptions, _ operands: [String], _ output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let request: TracedRequest
        do throws(UsageError) {
            request = try options.request(url: operands[operands.count - 1])
        } catch {
            throw CommandFailure(error)
        }
        let (dump, hosts) = try await source(operands, options)
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
        _ operands: [String], _ options: TraceOptions
    ) async throws(CommandFailure) -> (dump: ConfigDump, hosts: LiveHosts?) {
        let path = operands[0]
        let given = try options.hostsPath.map { (path) throws(CommandFailure) in
            try hosts(DumpInput.capture(path, limits: options.limits))
        }
        guard operands.count == 3 else {
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
            answers = try await ProxyAnswers(of: operands[1], in: path)
            guard let found = answers.dump else {
                throw ConfigDumpError(
                    .notFound, "the bundle holds no dump of \(operands[1])", source: path)
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

internal import Drydock

/// The options of `drydock trace`.
struct TraceOptions {
    enum Output: String, CaseIterable {
        case text, json
    }

    /// What an option changes in the request of the URL.
    typealias Change = @Sendable (inout TracedRequest) -> Void

    var output = Output.text
    var explains = false
    var hostsPath: String?
    var limits = JSONLimits()
    private var changes: [Change] = []

    static let table: [CommandOption<TraceOptions>] = [
        request(
            "destination", "IP:PORT",
            "where the client connects to; else the URL's port on any address",
            expected: "IP:PORT", read: AddressAndPort.init
        ) { request, destination in
            request.destination = AddressAndPort(
                address: destination.address, port: destination.port ?? request.destination.port)
        },
        choice(
            "direction", "WAY", "outbound, inbound or gateway; else from the dump's node",
            TracedRequest.Direction.self
        ) { $0.direction = $1 },
        request("method", "METHOD", "the request's method: GET", read: \.self) {
            $0.method = $1
        },
        .option(
            "header", "H", "N=VALUE",
            "a header of the request, once for each; Host is the authority"
        ) { (options, text) throws(UsageError) in
            options.changes.append(try header(text))
        },
        choice(
            "protocol", "PROTOCOL", "http, https or tcp; else the URL's scheme",
            TracedRequest.ApplicationProtocol.self
        ) { $0.applicationProtocol = $1 },
        choice(
            "http", "VERSION", "1.0, 1.1 (the default) or 2", TracedRequest.HTTPVersion.self
        ) { $0.httpVersion = $1 },
        request("sni", "NAME", "the SNI of TLS; else the URL's host", read: \.self) {
            $0.serverName = $1
        },
        request(
            "alpn", "NAMES", "what TLS offers: h2,http/1.1, and istio between sidecars",
            read: { $0.split(separator: ",").map(String.init) }
        ) { $0.applicationProtocols = $1 },
        request(
            "principal", "ID", "the peer's identity in mutual TLS, spiffe://...", read: \.self
        ) { $0.principal = $1 },
        request(
            "source", "IP[:PORT]", "where the connection comes from",
            expected: "IP or IP:PORT",
            read: { AddressAndPort($0).flatMap { $0.address == nil ? nil : $0 } }
        ) { $0.source = $1 },
        .text(
            "clusters", nil, "FILE",
            """
            Envoy's /clusters, in either form: health that a dump does not know; a bundle brings its
            own
            """, \.hostsPath, completes: .files),
        CommandOption(
            description: OptionDescription(
                long: "plaintext", text: "inbound without the mesh's mutual TLS")
        ) { options, _ in options.changes.append { $0.usesMutualTLS = false } },
        .flag(
            "explain", nil, "every step, the rejected candidates with their reasons", \.explains),
        .choice("output", "o", "FORMAT", "text (the default) or json", \.output),
        .maxDepth(\.limits),
    ]

    /// The request that a URL and the options describe.
    func request(url: String) throws(UsageError) -> TracedRequest {
        do throws(RequestError) {
            var request = try TracedRequest(url: url)
            for change in changes { change(&request) }
            return request
        } catch {
            throw UsageError(error.description)
        }
    }

    // MARK: - Kinds of options

    /// An option that changes the request; nil from `read` is an error.
    private static func request<Value: Sendable>(
        _ long: String, _ argument: String, _ text: String, expected: String? = nil,
        read: @escaping @Sendable (String) -> Value?,
        change: @escaping @Sendable (inout TracedRequest, Value) -> Void
    ) -> CommandOption<TraceOptions> {
        .option(long, nil, argument, text) { (options, text) throws(UsageError) in
            guard let value = read(text) else {
                throw UsageError("--\(long) \(text): expected \(expected ?? argument)")
            }
            options.changes.append { change(&$0, value) }
        }
    }

    /// An option of a few words that changes the request.
    private static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ long: String, _ argument: String, _ text: String, _: Choice.Type,
        change: @escaping @Sendable (inout TracedRequest, Choice) -> Void
    ) -> CommandOption<TraceOptions> {
        let words = Choice.allCases.map(\.rawValue)
        return .option(long, nil, argument, text, completes: .words(words)) {
            (options, text) throws(UsageError) in
            guard let choice = Choice(rawValue: text) else { throw .unknownWord(long, text, words) }
            options.changes.append { change(&$0, choice) }
        }
    }

    /// `NAME=VALUE` or, as curl has it, `NAME: VALUE`. `Host` is the authority.
    private static func header(_ text: String) throws(UsageError) -> Change {
        guard let mark = text.dropFirst().firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw UsageError("--header \(text): expected NAME=VALUE")
        }
        let name = String(text[..<mark])
        var rest = text[text.index(after: mark)...]
        if text[mark] == ":" { rest = rest.drop { $0 == " " } }
        let value = String(rest)
        return switch name.lowercased() {
        case "host", ":authority": { $0.authority = value }
        case ":method": { $0.method = value }
        case ":path": { $0.path = value }
        default: { $0.headers.append(TracedRequest.Header(name, value)) }
        }
    }
}

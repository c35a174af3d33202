internal import Drydock

/// The options of `drydock trace`.
struct TraceOptions {
    enum Output: String, CaseIterable {
        case text, json
    }

    var output = Output.text
    var explains = false
    var limits = JSONLimits()

    static let options = [
        CommandOption("destination"), CommandOption("direction"), CommandOption("method"),
        CommandOption("header", "H"), CommandOption("sni"), CommandOption("alpn"),
        CommandOption("principal"), CommandOption("source"), CommandOption("clusters"),
        CommandOption("http"), CommandOption("plaintext", takesArgument: false),
        CommandOption("protocol"),
        CommandOption("explain", takesArgument: false), CommandOption("output", "o"),
        CommandOption("max-depth"), CommandOption("help", "h", takesArgument: false),
    ]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        output = try arguments.choice("output", else: output)
        explains = arguments.has("explain")
        limits = try DumpInput.limits(arguments)
    }

    /// The request that a URL and the options describe.
    static func request(
        url: String, _ arguments: ParsedArguments
    ) throws(UsageError) -> Request {
        var request: Request
        do throws(RequestError) {
            request = try Request(url: url)
        } catch {
            throw UsageError(error.description)
        }
        if let text = arguments.value("destination") {
            guard let destination = SocketAddress(text) else {
                throw UsageError("--destination \(text): expected IP:PORT")
            }
            request.destination = SocketAddress(
                address: destination.address, port: destination.port ?? request.destination.port)
        }
        request.direction = try arguments.choice("direction", of: Request.Direction.self)
        request.applicationProtocol = try arguments.choice(
            "protocol", else: request.applicationProtocol)
        request.httpVersion = try arguments.choice("http", else: request.httpVersion)
        if let text = arguments.value("source") {
            guard let source = SocketAddress(text), source.address != nil else {
                throw UsageError("--source \(text): expected IP or IP:PORT")
            }
            request.source = source
        }
        request.method = arguments.value("method") ?? request.method
        request.serverName = arguments.value("sni") ?? request.serverName
        request.principal = arguments.value("principal")
        request.usesMutualTLS = !arguments.has("plaintext")
        request.applicationProtocols = arguments.value("alpn").map {
            $0.split(separator: ",").map(String.init)
        }
        try take(headers: arguments.values("header"), into: &request)
        return request
    }

    /// `NAME=VALUE` or, as curl has it, `NAME: VALUE`. `Host` is the authority.
    private static func take(
        headers: [String], into request: inout Request
    ) throws(UsageError) {
        for text in headers {
            guard let mark = text.dropFirst().firstIndex(where: { $0 == "=" || $0 == ":" }) else {
                throw UsageError("--header \(text): expected NAME=VALUE")
            }
            let name = String(text[..<mark])
            var value = text[text.index(after: mark)...]
            if text[mark] == ":" { value = value.drop { $0 == " " } }
            switch name.lowercased() {
            case "host", ":authority": request.authority = String(value)
            case ":method": request.method = String(value)
            case ":path": request.path = String(value)
            default: request.headers.append(Request.Header(name, String(value)))
            }
        }
    }
}

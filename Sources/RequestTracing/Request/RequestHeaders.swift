internal import StrictJSON

extension TracedRequest {
    /// Whether it is a CONNECT of HTTP/2 that names a protocol, as a WebSocket over HTTP/2 begins.
    var isExtendedConnect: Bool {
        httpVersion == .http2 && method == "CONNECT"
            && headers.contains { $0.name.asciiLowercased == ":protocol" }
    }
}

/// The head of an HTTP request as Envoy's routing sees it.
struct RequestHeaders: Sendable, Hashable {
    /// The method.
    var method: String
    /// `http` or `https`, as `X-Forwarded-Proto` or the connection has it.
    var scheme: String
    /// The authority; the connection manager may take a port or a dot off it.
    var authority: String
    /// The path with its query; the connection manager may normalize it.
    var path: String
    private var fields: [TracedRequest.Header]

    init(_ request: TracedRequest, isSecure: Bool) {
        method = request.method
        scheme = isSecure ? "https" : "http"
        authority = request.authority
        path = request.path
        // The codec takes spaces off both ends of a value.
        fields = request.headers.map { field in
            let value = field.value.drop { $0 == " " || $0 == "\t" }
            let end = value.lastIndex { $0 != " " && $0 != "\t" }
            return TracedRequest.Header(
                field.name.asciiLowercased, end.map { String(value[...$0]) } ?? "")
        }
        guard request.isExtendedConnect, let upgrade = value(":protocol") else { return }
        // The codec makes of it what an upgrade of HTTP/1.1 looks like.
        method = "GET"
        remove(":protocol")
        set("connection", "upgrade")
        set("upgrade", upgrade)
    }

    /// Reads the request's target: a path, or a whole URL, whose host then counts. False if it is
    /// neither, which the codec refuses.
    mutating func takeTarget() -> Bool {
        if isConnect || path.hasPrefix("/") || method == "OPTIONS" && path == "*" { return true }
        guard let mark = path.firstRange(of: "://"),
            ["http", "https"].contains(path[..<mark.lowerBound].lowercased())
        else { return false }
        let rest = path[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard end > rest.startIndex else { return false }
        authority = String(rest[..<end])
        path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/\(rest[end...])"
        return true
    }

    // MARK: - Changes

    /// Takes headers off.
    mutating func remove(_ names: String...) { remove(names) }

    /// Takes headers off.
    mutating func remove(_ names: [String]) {
        fields.removeAll { names.contains($0.name) }
    }

    /// Sets a header to one value.
    mutating func set(_ name: String, _ value: String) {
        remove(name)
        fields.append(TracedRequest.Header(name, value))
    }

    /// Adds a value to a header.
    mutating func add(_ name: String, _ value: String) {
        fields.append(TracedRequest.Header(name, value))
    }

    /// The names of all headers, in small letters, in their order.
    var names: [String] { fields.map(\.name) }

    /// What it asks to upgrade to: `websocket` in `Upgrade` where `Connection` names that too, or
    /// CONNECT; nil for neither.
    var upgrade: String? {
        if isConnect { return "CONNECT" }
        return isUpgrade ? value("upgrade") : nil
    }

    /// Takes upgrades off that the codec does not offer: `h2c` never, others by configuration.
    mutating func ignoreUpgrades(_ isIgnored: (String) -> Bool) {
        guard let text = value("upgrade") else { return }
        let tokens = RequestHeaders.tokens(text)
        let kept = tokens.filter { !isIgnored($0.asciiLowercased) }
        guard kept.count < tokens.count else { return }
        remove("http2-settings")
        guard kept.isEmpty else { return set("upgrade", kept.joined(separator: ",")) }
        remove("upgrade")
        let others = RequestHeaders.tokens(value("connection") ?? "").filter {
            !["upgrade", "http2-settings"].contains($0.asciiLowercased)
        }
        if others.isEmpty {
            remove("connection")
        } else {
            set("connection", others.joined(separator: ","))
        }
    }

    private static func tokens(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    }

    /// Whether it asks to upgrade the connection.
    var isUpgrade: Bool {
        guard let connection = value("connection"), value("upgrade") != nil else { return false }
        return connection.split(separator: ",").contains {
            $0.filter { $0 != " " }.asciiLowercased == "upgrade"
        }
    }

    // MARK: - Reading

    /// The headers of which Envoy keeps one value: it joins those that come several times.
    private static let joined: Set<String> = [
        "accept", "accept-encoding", "access-control-request-headers",
        "access-control-request-method", "authorization", "cache-control", "connection",
        "content-encoding", "content-length", "content-type", "expect", "grpc-accept-encoding",
        "grpc-timeout", "if-match", "if-modified-since", "if-none-match", "if-range",
        "if-unmodified-since", "keep-alive", "origin", "pragma", "proxy-connection", "referer",
        "te",
        "transfer-encoding", "upgrade", "user-agent", "via", "x-client-trace-id",
        "x-forwarded-client-cert", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
        "x-forwarded-proto", "x-request-id",
    ]

    /// The values of a header, one for each time that it was sent, unless Envoy joins them. `host`
    /// is `:authority`.
    func values(_ name: String) -> [String] {
        switch name.asciiLowercased {
        case ":method": [method]
        case ":scheme": [scheme]
        case ":authority", "host": [authority]
        case ":path": [path]
        case let name:
            RequestHeaders.values(name, fields.filter { $0.name == name }.map(\.value))
        }
    }

    private static func values(_ name: String, _ values: [String]) -> [String] {
        if values.count < 2 { return values }
        let isJoined = joined.contains(name) || name.hasPrefix("x-envoy-")
        return isJoined ? [values.joined(separator: ",")] : values
    }

    /// The values of a header joined by commas; nil if it is missing.
    func value(_ name: String) -> String? {
        let values = values(name)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// The path without query and fragment.
    var plainPath: String { String(path.prefix { $0 != "?" && $0 != "#" }) }

    /// Whether a route's matcher sees CONNECT.
    var isConnect: Bool { method == "CONNECT" }

    /// Whether it is a call of gRPC.
    var isGRPC: Bool {
        guard let type = value("content-type") else { return false }
        return type == "application/grpc" || type.beginsWith("application/grpc+")
    }

    /// The first value of a query parameter, as it stands, without percent-decoding: so Envoy
    /// matches it. Nil if the query has none.
    func queryParameter(_ name: String) -> String? {
        guard let mark = path.firstIndex(of: "?") else { return nil }
        let query = path[path.index(after: mark)...].prefix { $0 != "#" }
        for pair in query.split(separator: "&") {
            let parts = pair.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, String(key).isSameText(as: name) else { continue }
            return parts.count > 1 ? String(parts[1]) : ""
        }
        return nil
    }

    /// A cookie's value; nil if it is missing.
    func cookie(_ name: String) -> String? {
        guard let cookies = value("cookie") else { return nil }
        for part in cookies.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, pair[0].drop(while: { $0 == " " }) == name else { continue }
            return String(pair[1])
        }
        return nil
    }
}

/// A request, or a connection, whose way through a proxy is asked for.
///
///     var request = try Request(url: "http://reviews:9080/reviews/1")
///     request.headers = [Request.Header("end-user", "jason")]
public struct Request: Sendable, Hashable {
    /// Where the proxy stands in the request's way.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// A sidecar's workload sends it.
        case outbound
        /// A sidecar's workload receives it.
        case inbound
        /// It comes to a gateway.
        case gateway
    }

    /// What the first bytes of the connection are, inside the mesh's own TLS.
    public enum ApplicationProtocol: String, Sendable, Hashable, CaseIterable {
        /// HTTP/1.1 in plain text.
        case http
        /// TLS that the client begins.
        case https
        /// Anything else.
        case tcp
    }

    /// A version of HTTP.
    public enum HTTPVersion: String, Sendable, Hashable, CaseIterable {
        /// HTTP/1.0, which Envoy refuses with 426 unless told otherwise.
        case http10 = "1.0"
        /// HTTP/1.1.
        case http11 = "1.1"
        /// HTTP/2; without TLS `h2c`.
        case http2 = "2"
    }

    /// A header of a request.
    public struct Header: Sendable, Hashable {
        /// The name; capitals and small letters are the same.
        public var name: String
        /// The value, as it stands.
        public var value: String

        /// Makes a header.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the connection carries.
    public var applicationProtocol: ApplicationProtocol
    /// The version of HTTP; a connection of TLS says it by its own `applicationProtocols`.
    public var httpVersion = HTTPVersion.http11
    /// The method of HTTP.
    public var method = "GET"
    /// The `Host` header or `:authority`, verbatim.
    public var authority: String
    /// The path with its query; begins with a slash.
    public var path: String
    /// The other headers. A name that comes several times has several values.
    public var headers: [Header] = []

    /// Where the client connects to: the original destination of a sidecar's connection. An address
    /// that is nil stands for any.
    public var destination: SocketAddress
    /// The host that the client asked for, which tells one listener from another where the
    /// destination's address is not known; nil where there is none.
    public var host: String?
    /// Where the proxy stands; nil lets the dump's node decide.
    public var direction: Direction?

    /// The SNI of a TLS connection; nil where none is sent.
    public var serverName: String?
    /// The protocols that a TLS connection offers (ALPN); nil for what a client usually does:
    /// `h2` and `http/1.1`, and `istio` between sidecars.
    public var applicationProtocols: [String]?
    /// Whether the peer comes over the mesh's mutual TLS. Counts for inbound requests alone.
    public var usesMutualTLS = true
    /// The peer's identity in mutual TLS, `spiffe://…`; nil where it is not known.
    public var principal: String?
    /// Where the connection comes from; nil where it is not known.
    public var source: SocketAddress?

    /// Makes a request.
    public init(
        _ applicationProtocol: ApplicationProtocol, authority: String = "", path: String = "/",
        destination: SocketAddress
    ) {
        self.applicationProtocol = applicationProtocol
        self.authority = authority
        self.path = path
        self.destination = destination
    }
}

/// Why a text is no request.
public struct RequestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var description: String
}

extension Request {
    /// Reads `http://HOST[:PORT][/PATH][?QUERY]`, the same with `https`, or `tcp://HOST:PORT`.
    ///
    /// As a client would, it sends the port in the authority where it is not the scheme's own, no
    /// fragment, and the host as SNI where it is a name. A host that is an IP address is the
    /// destination; otherwise the destination is the port alone.
    ///
    /// - Throws: `RequestError` where it is none of these.
    public init(url: String) throws(RequestError) {
        guard let mark = url.firstRange(of: "://") else {
            throw RequestError(
                description: "\(url): http://HOST:PORT/PATH, https:// or tcp:// is wanted")
        }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard let applicationProtocol = ApplicationProtocol(rawValue: scheme) else {
            throw RequestError(description: "\(url): the scheme is http, https or tcp")
        }
        let rest = url[mark.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let path = String(rest[end...])
        let place = rest[..<end].split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let (literal, given) = try Request.parts(of: place, url: url)
        let standard = ["http": 80, "https": 443][scheme]
        guard let port = given ?? standard else {
            throw RequestError(description: "\(url): a port is wanted")
        }
        let isBracketed = literal.hasPrefix("[")
        let host = isBracketed ? String(literal.dropFirst().dropLast()) : literal
        let address = IPAddress(host)
        self.init(
            applicationProtocol, authority: port == standard ? literal : String(place),
            path: path.hasPrefix("/") ? path : "/\(path)",
            destination: SocketAddress(address: address, port: port))
        self.host = host
        if applicationProtocol == .https, address == nil { serverName = host }
    }

    /// The host, with its brackets if it has some, and the port.
    private static func parts(
        of place: Substring, url: String
    ) throws(RequestError) -> (host: String, port: Int?) {
        var host = place
        var port: Int?
        let bracket = place.lastIndex(of: "]")
        if let colon = place.lastIndex(of: ":"), bracket.map({ $0 < colon }) ?? true {
            host = place[..<colon]
            let digits = place[place.index(after: colon)...]
            guard let number = Int(digits), (1...65535).contains(number) else {
                throw RequestError(description: "\(url): \(digits) is no port")
            }
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard IPAddress(host.dropFirst().dropLast()) != nil else {
                throw RequestError(description: "\(url): \(host) is no IPv6 address")
            }
        }
        guard !host.isEmpty else { throw RequestError(description: "\(url): a host is wanted") }
        return (String(host), port)
    }
}

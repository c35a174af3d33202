/// A request, or a connection, whose way through a proxy is asked for.
///
///     var request = try TracedRequest(url: "http://reviews:9080/reviews/1")
///     request.headers = [TracedRequest.Header("end-user", "jason")]
public struct TracedRequest: Sendable, Hashable {
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
    public var destination: AddressAndPort
    /// The host that the client asked for, which tells one listener from another where the
    /// destination's address is not known; nil if absent.
    public var host: String?
    /// Where the proxy stands; nil lets the dump's node decide.
    public var direction: Direction?

    /// The SNI of a TLS connection; nil if none is sent.
    public var serverName: String?
    /// The protocols that a TLS connection offers (ALPN); nil for what a client usually does:
    /// `h2` and `http/1.1`, and `istio` between sidecars.
    public var applicationProtocols: [String]?
    /// Whether the peer comes over the mesh's mutual TLS. Counts for inbound requests alone.
    public var usesMutualTLS = true
    /// The peer's identity in mutual TLS, `spiffe://…`; nil if it is not known.
    public var principal: String?
    /// Where the connection comes from; nil if it is not known.
    public var source: AddressAndPort?

    /// Makes a request.
    public init(
        _ applicationProtocol: ApplicationProtocol, authority: String = "", path: String = "/",
        destination: AddressAndPort
    ) {
        self.applicationProtocol = applicationProtocol
        self.authority = authority
        self.path = path
        self.destination = destination
    }
}

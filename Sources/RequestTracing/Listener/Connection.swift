/// What is known of a connection when a policy asks.
struct Connection: Sendable {
    /// Where the client connected to.
    var destination: AddressAndPort
    /// Whether the original destination is known, as it is after a redirection.
    var isRedirected = false
    /// Where it comes from, by a PROXY header where one is read; nil if that is not known.
    var source: AddressAndPort?
    /// Where it comes from directly: the load balancer where there is a PROXY header.
    var directSource: AddressAndPort?
    /// Where it comes from by `X-Forwarded-For`, where the connection manager trusts that.
    var forwardedSource: IPAddress?
    /// Whether the connection manager takes the request for one from inside.
    var isInternal = false
    /// What filters have made of the request, the claims of tokens among it.
    var metadata = RequestMetadata()
    /// `tls` where a TLS inspector saw TLS, else `raw_buffer`.
    var transportProtocol = "raw_buffer"
    /// ALPN, or what an HTTP inspector found.
    var applicationProtocols: [String] = []
    /// The SNI; empty without TLS, or where no inspector read it.
    var serverName = ""
    /// Whether a filter chain's transport socket ended its TLS.
    var isSecure = false
    /// Whether the peer showed a certificate.
    var showsCertificate = false
    /// The peer's identity; nil if it is not known.
    var principal: String?

    /// Whether it comes from the same address, or over the loopback interface. What is not known
    /// comes from elsewhere: nearly every connection does.
    var isLocal: Bool {
        source?.address.map { $0.isLoopback || $0 == destination.address } ?? false
    }

    /// The client's address as filters see it.
    var remoteAddress: IPAddress? { forwardedSource ?? source?.address }
}

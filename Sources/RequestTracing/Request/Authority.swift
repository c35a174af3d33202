internal import EnvoyResources

/// The authority of a request: `HOST[:PORT]`.
enum Authority {
    /// Where the port begins, the colon included; nil if absent. An IPv6 address stands in
    /// brackets.
    static func portStart(_ authority: String) -> String.Index? {
        guard let colon = authority.lastIndex(of: ":") else { return nil }
        if let bracket = authority.lastIndex(of: "]"), bracket > colon { return nil }
        return colon
    }

    /// The authority as a connection manager leaves it: without a trailing dot of the host, and
    /// without its port, each where it is told so.
    ///
    /// `listenerPort` is the port that the connection was made to.
    static func stripped(
        _ authority: String, by manager: HTTPConnectionManager, listenerPort: Int?
    ) -> String {
        var authority = authority
        if manager.stripsAnyHostPort || manager.stripsMatchingHostPort,
            let colon = portStart(authority),
            let port = Int(authority[authority.index(after: colon)...]),
            manager.stripsAnyHostPort || port == listenerPort
        {
            authority = String(authority[..<colon])
        }
        if manager.stripsTrailingHostDot {
            let colon = portStart(authority) ?? authority.endIndex
            let host = authority[..<colon]
            if host.hasSuffix(".") {
                authority = "\(host.dropLast())\(authority[colon...])"
            }
        }
        return authority
    }
}

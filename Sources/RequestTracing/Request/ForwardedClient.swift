internal import EnvoyConfig
internal import EnvoyResources

/// What a connection manager believes of `X-Forwarded-For` and `X-Forwarded-Proto`.
struct ForwardedClient {
    /// The client's address by the headers; nil where the connection's own counts.
    let address: IPAddress?
    /// `http` or `https`.
    let scheme: String

    /// With `use_remote_address` the headers count only as far as hops are trusted; without it the
    /// last address before the trusted hops is the client's, and the scheme is believed.
    init(_ manager: HTTPConnectionManager, _ headers: RequestHeaders, _ connection: Connection) {
        let usesRemoteAddress = manager.value.flag("useRemoteAddress") ?? false
        let hops = max(0, manager.value.integer("xffNumTrustedHops") ?? 0)
        let forwarded = (headers.value("x-forwarded-for") ?? "").split(separator: ",").map {
            $0.filter { $0 != " " }
        }
        // The connection itself is the first trusted hop where the remote address is used.
        let skipped = usesRemoteAddress ? hops - 1 : hops
        let isBelieved = !usesRemoteAddress || hops > 0
        address =
            isBelieved && skipped >= 0 && skipped < forwarded.count
            ? IPAddress(forwarded[forwarded.count - 1 - skipped]) : nil
        let own = connection.isSecure ? "https" : "http"
        let claimed = headers.value("x-forwarded-proto")
        scheme = isBelieved ? claimed ?? own : own
    }
}

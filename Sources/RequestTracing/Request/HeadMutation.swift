internal import StrictJSON
internal import EnvoyConfig
internal import EnvoyResources

/// What the connection manager does to a request's head before it looks for a route: routes, access
/// control and redirects see what it leaves.
///
/// In the order of `ConnectionManagerUtility::mutateRequestHeaders`: hop-by-hop headers go,
/// `x-forwarded-for` grows, `x-forwarded-proto` and the scheme are set, it is told whether the request
/// comes from inside, and headers that only those inside may send are taken off.
struct HeadMutation {
    private let manager: HTTPConnectionManager
    private let connection: Connection
    /// Envoy's version, which decides which addresses count as internal; nil if it is not known.
    private let version: [Int]?

    /// The client's address by the headers; nil if the connection's own counts.
    private(set) var client: IPAddress?
    /// Whether the request comes from inside.
    private(set) var isInternal = false

    /// What stands in a header whose value only Envoy knows.
    static let unknown = "(set by Envoy)"

    init(_ manager: HTTPConnectionManager, _ connection: Connection, envoyVersion: String?) {
        self.manager = manager
        self.connection = connection
        version = envoyVersion?.split(separator: ".").map { Int($0) ?? 0 }
    }

    /// Changes a head as Envoy does.
    mutating func apply(to headers: inout RequestHeaders) {
        if !headers.isUpgrade {
            headers.remove("connection", "upgrade")
        }
        headers.remove("x-envoy-internal", "keep-alive", "proxy-connection", "transfer-encoding")
        let isEdge = forward(&headers)
        if let scheme = manager.value["schemeHeaderTransformation"]?.text("schemeToOverwrite") {
            headers.set("x-forwarded-proto", scheme)
        }
        let claimed = headers.value("x-forwarded-proto") ?? ""
        headers.scheme =
            ["http", "https"].contains(claimed.asciiLowercased)
            ? claimed.asciiLowercased : connection.isSecure ? "https" : "http"
        if isInternal {
            headers.set("x-envoy-internal", "true")
        } else {
            headers.remove(HeadMutation.internalHeaders)
            if isEdge { headers.remove(HeadMutation.edgeHeaders) }
        }
        if isEdge {
            headers.set("x-envoy-external-address", remoteAddress ?? HeadMutation.unknown)
        }
        identify(&headers, isEdge: isEdge)
        forwardCertificate(&headers)
        for early in manager.value["earlyHeaderMutationExtensions"]?.elements ?? [] {
            HeaderMutations(early["typedConfig"]?["mutations"]?.elements ?? []).apply(to: &headers)
        }
    }

    /// The client's address by what is trusted.
    private var remoteAddress: String? {
        (client ?? connection.source?.address)?.description
    }

    // MARK: - X-Forwarded-For

    /// Takes the client's address from `x-forwarded-for`, and appends the connection's to it. Returns
    /// whether the request comes from outside to a proxy at the edge.
    ///
    /// With `use_remote_address` the headers count only as far as hops are trusted; without it the
    /// last address before the trusted hops is the client's, and the scheme is believed.
    private mutating func forward(_ headers: inout RequestHeaders) -> Bool {
        let own = connection.isSecure ? "https" : "http"
        let usesRemoteAddress = manager.value.flag("useRemoteAddress") ?? false
        let hops = max(0, manager.value.integer("xffNumTrustedHops") ?? 0)
        let forwarded = (headers.value("x-forwarded-for") ?? "").split(separator: ",").map {
            $0.filter { $0 != " " }
        }
        // The connection itself is the first trusted hop where the remote address is used.
        let skipped = usesRemoteAddress ? hops - 1 : hops
        if skipped >= 0, skipped < forwarded.count {
            client = IPAddress(forwarded[forwarded.count - 1 - skipped])
        }
        guard usesRemoteAddress else {
            if headers.value("x-forwarded-proto") == nil { headers.set("x-forwarded-proto", own) }
            isInternal = forwarded.count == 1 && client.map(isInside) ?? false
            return false
        }
        isInternal =
            forwarded.isEmpty && (client ?? connection.source?.address).map(isInside) ?? false
        if manager.value.flag("skipXffAppend") != true {
            let source = connection.source?.address
            // Of a loopback connection Envoy appends its own address.
            let address = source.flatMap { $0.isLoopback ? nil : $0.description }
            headers.set(
                "x-forwarded-for",
                (forwarded + [address ?? HeadMutation.unknown]).joined(separator: ","))
        }
        if hops == 0 || headers.value("x-forwarded-proto") == nil {
            headers.set("x-forwarded-proto", own)
        }
        return !isInternal
    }

    /// Whether an address counts as internal: those of `internal_address_config`; without it, up to Envoy
    /// 1.35, private and loopback ones.
    private func isInside(_ address: IPAddress) -> Bool {
        if let config = manager.value["internalAddressConfig"] {
            return (config["cidrRanges"]?.elements ?? []).contains { range in
                let prefix = AddressPrefix(range)
                return IPAddress(prefix.address).map { address.isIn($0, bits: prefix.length) }
                    ?? false
            }
        }
        guard let version, version.count > 1, (version[0], version[1]) < (1, 36) else {
            return false
        }
        return HeadMutation.privateNetworks.contains { network, bits in
            IPAddress(network).map { address.isIn($0, bits: bits) } ?? false
        }
    }

    /// RFC 1918, RFC 4193 and loopback.
    private static let privateNetworks: [(String, Int)] = [
        ("10.0.0.0", 8), ("172.16.0.0", 12), ("192.168.0.0", 16), ("127.0.0.1", 32),
        ("fd00::", 8), ("::1", 128),
    ]

    // MARK: - Other headers

    /// Sets `x-request-id`, a new one at the edge unless that is preserved.
    private func identify(_ headers: inout RequestHeaders, isEdge: Bool) {
        guard manager.value.flag("generateRequestId") ?? true else { return }
        let preserves = manager.value.flag("preserveExternalRequestId") ?? false
        if headers.value("x-request-id") == nil || isEdge && !preserves {
            headers.set("x-request-id", HeadMutation.unknown)
        }
    }

    /// Drops, keeps or sets `x-forwarded-client-cert`: only what comes over mutual TLS may bring one,
    /// unless it is always forwarded.
    private func forwardCertificate(_ headers: inout RequestHeaders) {
        let name = "x-forwarded-client-cert"
        let details = manager.value.text("forwardClientCertDetails") ?? "SANITIZE"
        if details == "ALWAYS_FORWARD_ONLY" { return }
        guard connection.showsCertificate, details != "SANITIZE" else {
            headers.remove(name)
            return
        }
        guard details != "FORWARD_ONLY" else { return }
        let own = connection.principal.map { "URI=\($0)" } ?? HeadMutation.unknown
        let known = details == "APPEND_FORWARD" ? headers.value(name) : nil
        headers.set(name, known.map { "\($0),\(own)" } ?? own)
    }

    /// What only requests from inside may bring.
    private static let internalHeaders = [
        "x-envoy-retriable-status-codes", "x-envoy-retriable-header-names", "x-envoy-retry-on",
        "x-envoy-retry-grpc-on", "x-envoy-max-retries", "x-envoy-upstream-alt-stat-name",
        "x-envoy-upstream-rq-timeout-ms", "x-envoy-upstream-rq-per-try-timeout-ms",
        "x-envoy-upstream-rq-timeout-alt-response", "x-envoy-expected-rq-timeout-ms",
        "x-envoy-force-trace", "x-envoy-ip-tags", "x-envoy-original-url",
        "x-envoy-hedge-on-per-try-timeout",
    ]

    /// What a proxy at the edge takes off in addition.
    private static let edgeHeaders = [
        "x-envoy-decorator-operation", "x-envoy-downstream-service-cluster",
        "x-envoy-downstream-service-node",
    ]
}

internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// What the bytes of a connection are, layer by layer, and what a listener's filters find out.
struct ConnectionFacts: Equatable {
    /// The outermost layer of what the proxy receives.
    enum Layer: Equatable {
        case http, tcp
        /// TLS of the client's own.
        case tls
        /// The mesh's mutual TLS.
        case mutualTLS
    }

    /// The outermost layer.
    var layer: Layer
    /// `tls` where a TLS inspector saw TLS, else `raw_buffer`, even for bytes of TLS.
    var transportProtocol = "raw_buffer"
    /// The SNI in small letters; empty if no TLS inspector read it.
    var serverName = ""
    /// ALPN where a TLS inspector read it, else what an HTTP inspector found.
    var applicationProtocols: [String] = []
    /// Whether the filters change the addresses in a way that the trace cannot follow.
    var readsProxyProtocol = false

    init(
        _ request: TracedRequest, _ direction: TracedRequest.Direction, listener: Listener,
        port: Int?
    ) {
        layer =
            if direction == .inbound, request.usesMutualTLS {
                .mutualTLS
            } else {
                switch request.applicationProtocol {
                case .http: .http
                case .https: .tls
                case .tcp: .tcp
                }
            }
        for filter in listener.listenerFilters {
            if filter.value["filterDisabled"].map({ ConnectionFacts.disables($0, port: port) })
                ?? false
            {
                continue
            }
            switch ConnectionFacts.kind(of: filter) {
            case "tls_inspector": inspectTLS(request)
            case "http_inspector": inspectHTTP(request.httpVersion)
            case "proxy_protocol": readsProxyProtocol = true
            default: continue
            }
        }
    }

    private mutating func inspectTLS(_ request: TracedRequest) {
        guard layer == .tls || layer == .mutualTLS else { return }
        transportProtocol = "tls"
        serverName = (request.serverName ?? "").asciiLowercased
        applicationProtocols =
            request.applicationProtocols ?? (layer == .mutualTLS ? ["istio"] : ["h2", "http/1.1"])
    }

    /// Does not run on what is known to be TLS.
    private mutating func inspectHTTP(_ version: TracedRequest.HTTPVersion) {
        guard transportProtocol == "raw_buffer", layer == .http else { return }
        applicationProtocols = [version == .http2 ? "h2c" : "http/\(version.rawValue)"]
    }

    /// What a listener filter is: the part of its type's or its name's end that says so.
    private static func kind(of filter: Extension) -> String {
        let type = filter.configTypeName ?? ""
        let parts = type.split(separator: ".")
        if parts.count > 4, type.contains(".filters.listener.") { return String(parts[4]) }
        return filter.name.split(separator: ".").last.map(String.init) ?? filter.name
    }

    /// Whether an `envoy.config.listener.v3.ListenerFilterChainMatchPredicate` switches a filter off.
    /// Its port ranges exclude their end.
    static func disables(_ predicate: CanonicalValue, port: Int?) -> Bool {
        if let rules = predicate["orMatch"]?["rules"]?.elements {
            return rules.contains { disables($0, port: port) }
        }
        if let rules = predicate["andMatch"]?["rules"]?.elements {
            return rules.allSatisfy { disables($0, port: port) }
        }
        if let rule = predicate["notMatch"] { return !disables(rule, port: port) }
        if let range = predicate["destinationPortRange"], let port {
            return port >= range.integer("start") ?? 0 && port < range.integer("end") ?? 0
        }
        return predicate.flag("anyMatch") ?? false
    }
}

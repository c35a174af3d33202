internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// A filter chain, as the listeners' table shows it.
public struct FilterChainSummary: Sendable, Hashable {
    /// The chain's name; empty if it has none.
    public var name: String
    /// Which connections take it: `SNI: a.b; Trans: tls; App: istio; Addr: *:9080`, or `ALL`. Source
    /// addresses are not shown.
    public var match: String
    /// Where they go: `Route: 9080`, `Cluster: outbound|443||a.b`, `Inline Route: /stats*`, the name
    /// of a cluster that leads out of the mesh, or `Non-HTTP/Non-TCP`.
    public var destination: String

    init(_ chain: FilterChain) {
        name = chain.name
        match = FilterChainSummary.text(of: chain.match)
        destination =
            chain.filters.lazy.compactMap(FilterChainSummary.destination).first
            ?? "Non-HTTP/Non-TCP"
    }

    // MARK: - Match

    private static func text(of match: FilterChainMatch?) -> String {
        guard let match else { return "ALL" }
        var parts: [String] = []
        if !match.serverNames.isEmpty {
            parts.append("SNI: \(match.serverNames.joined(separator: ","))")
        }
        if let transport = match.transportProtocol, !transport.isEmpty {
            parts.append("Trans: \(transport)")
        }
        if !match.applicationProtocols.isEmpty {
            parts.append("App: \(applicationText(match.applicationProtocols))")
        }
        let port = match.destinationPort.map { ":\($0)" } ?? ""
        if !match.prefixRanges.isEmpty {
            let ranges = match.prefixRanges.map(\.description).joined(separator: ",")
            parts.append("Addr: \(ranges)\(port)")
        } else if !port.isEmpty {
            parts.append("Addr: *\(port)")
        }
        return parts.isEmpty ? "ALL" : parts.joined(separator: "; ")
    }

    /// Sets of ALPN values that Istio's chains share have names.
    private static func applicationText(_ protocols: [String]) -> String {
        switch protocols {
        case ["http/1.0", "http/1.1", "h2c"]: "HTTP"
        case ["istio", "istio-http/1.0", "istio-http/1.1", "istio-h2"]: "Istio HTTP Plain"
        case ["http/1.0", "http/1.1", "h2c", "istio-http/1.0", "istio-http/1.1", "istio-h2"]:
            "HTTP TLS"
        case ["istio-peer-exchange", "istio"]: "TCP TLS"
        default: protocols.joined(separator: ",")
        }
    }

    // MARK: - Destination

    /// Where a filter sends its connections; nil for one that sends them nowhere.
    private static func destination(_ filter: Extension) -> String? {
        if filter.isHTTPConnectionManager {
            guard let manager = filter.httpConnectionManager else { return "HTTP" }
            if let routes = manager.routeConfiguration { return text(of: routes) }
            guard let name = manager.routeConfigurationName, !name.isEmpty else { return "HTTP" }
            return "Route: \(name)"
        }
        guard filter.isTCPProxy, !filter.leadsNowhere else { return nil }
        return text(ofCluster: filter.tcpProxy?.cluster ?? "")
    }

    /// Clusters like `PassthroughCluster` speak for themselves.
    private static func text(ofCluster name: String) -> String {
        name.containsBytes("Cluster") ? name : "Cluster: \(name)"
    }

    private static func text(of routes: RouteConfiguration) -> String {
        if let cluster = onlyCluster(of: routes) { return text(ofCluster: cluster) }
        let hosts = routes.virtualHosts.map { host in
            let matches = host.routes.map { $0.match.tableText }.joined(separator: ", ")
            return host.domains == ["*"]
                ? matches : "\(host.domains.joined(separator: "/")) \(matches)"
        }
        return "Inline Route: \(hosts.joined(separator: "; "))"
    }

    /// The cluster that every request goes to; nil if there are several, or another action.
    private static func onlyCluster(of routes: RouteConfiguration) -> String? {
        guard routes.virtualHosts.count == 1, let host = routes.virtualHosts.first,
            host.domains == ["*"], host.routes.count == 1, let route = host.routes.first,
            route.match.path == .prefix("/"), case .forward(let action) = route.action
        else { return nil }
        return action.cluster
    }
}

extension RouteMatch {
    /// The path as the tables show it; headers and the rest are not shown.
    var tableText: String {
        switch path {
        case .prefix(let text) where !text.isEmpty: "\(text)*"
        case .pathSeparatedPrefix(let text) where !text.isEmpty: "PathPrefix:\(text)"
        case .exact(let text): text
        case .regex(let text): "regex \(text)"
        default: ""
        }
    }
}

extension Extension {
    /// By the type of its configuration, as Envoy goes; by its name only where it has none. istioctl
    /// goes by the name, which is free.
    var isHTTPConnectionManager: Bool {
        httpConnectionManager != nil
            || typedConfig == nil && name == "envoy.filters.network.http_connection_manager"
    }
    var isTCPProxy: Bool { tcpProxy != nil }

    /// Whether connections end in Istio's black hole.
    var leadsNowhere: Bool {
        guard let config = typedConfig else { return false }
        let names =
            [config["statPrefix"]?.stringValue, config["cluster"]?.stringValue]
            .compactMap { $0 } + (tcpProxy?.weightedClusters.map(\.name) ?? [])
        return names.contains { $0.containsBytes("BlackHoleCluster") }
    }
}

/// What an entry of a bundle is, by its path.
///
///     bug-report/proxies/default/details-v1-…/config_dump?include_eds     a proxy's dump
///     bug-report/istio/istio-system/istiod-…/debug/syncz                  an Istiod's answer
///     bug-report/istio/istio-system/istiod-…/debug/config_dump?proxyID=details-v1-….default
///
/// The first folder may be missing or have another name.
struct BundlePath: Sendable, Hashable {
    /// What there is to read.
    enum Content: Sendable, Hashable {
        /// An Envoy's `/config_dump`.
        case dump
        /// Istiod's `/debug/config_dump` of a proxy, `POD.NAMESPACE`.
        case istiodDump(proxy: String)
        case serverInfo, clusters, certificates, proxyLog
        case syncz, adsz, configz, registryz, endpointShardz, pushStatus, metrics, discoveryLog
        /// What `istioctl analyze` said.
        case analysis
        /// Another answer of an Istiod: an error begins with the time.
        case otherAnswer
        /// A file outside of the layout: its content tells.
        case loose
    }

    /// A pod.
    struct Pod: Sendable, Hashable {
        var name: String
        var namespace: String

        /// `POD.NAMESPACE`.
        var proxy: String { "\(name).\(namespace)" }
    }

    /// The path as it stands.
    var path: String
    var content: Content
    /// Whose answer it is; nil outside of the layout.
    var pod: Pod?

    /// Nil for what is not read.
    init?(_ path: String) {
        self.path = path
        let parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        // After nothing, or the bundle's own folder, or a few more that it was put into.
        for start in 0..<min(6, parts.count) {
            let rest = Array(parts[start...])
            guard rest.count >= 4, rest[0] == "proxies" || rest[0] == "istio" else { continue }
            pod = Pod(name: rest[2], namespace: rest[1])
            let name = rest[3...].joined(separator: "/")
            let content =
                rest[0] == "proxies" ? BundlePath.ofProxy(name) : BundlePath.ofIstiod(name)
            guard let content else { return nil }
            self.content = content
            return
        }
        if parts.dropLast().suffix(3).contains("analyze") {
            content = .analysis
            return
        }
        guard BundlePath.isLoose(parts) else { return nil }
        content = .loose
    }

    private static func ofProxy(_ name: String) -> Content? {
        switch name {
        case _ where name == "config_dump" || name.hasPrefix("config_dump?"): .dump
        case "server_info": .serverInfo
        case "clusters": .clusters
        case "certs": .certificates
        case "istio-proxy.log": .proxyLog
        default: nil
        }
    }

    private static let proxyMark = "config_dump?proxyID="

    private static func ofIstiod(_ name: String) -> Content? {
        switch name {
        case "metrics": return .metrics
        case "discovery.log": return .discoveryLog
        case "debug/syncz": return .syncz
        case "debug/adsz": return .adsz
        case "debug/configz": return .configz
        case "debug/registryz": return .registryz
        case "debug/endpointShardz": return .endpointShardz
        case "debug/push_status": return .pushStatus
        default:
            guard name.hasPrefix("debug/\(proxyMark)") else {
                return name.hasPrefix("debug/") ? .otherAnswer : nil
            }
            let query = name.dropFirst("debug/\(proxyMark)".count)
            // Other parameters may follow.
            return .istiodDump(proxy: String(query.prefix { $0 != "&" }))
        }
    }

    /// The proxy that the name of a file outside of the layout gives for Istiod's dump.
    static func looseProxy(_ path: String) -> String? {
        guard let mark = path.firstRange(of: proxyMark) else { return nil }
        let name = path[mark.upperBound...].prefix { $0 != "&" && $0 != "/" }
        return String(name.hasSuffix(".json") ? name.dropLast(5) : name)
    }

    /// Dumps and sync statuses that somebody put into a folder, whatever they are called: not what
    /// else a bug report holds.
    private static func isLoose(_ parts: [String]) -> Bool {
        let others: Set<String> = ["cluster", "analyze", "golden", "proxies", "istio", "operator"]
        return !parts.isEmpty && others.isDisjoint(with: parts.dropLast())
    }
}

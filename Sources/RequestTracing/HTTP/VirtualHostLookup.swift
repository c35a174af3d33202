internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// Which virtual host of a route configuration a request goes to.
struct VirtualHostLookup {
    /// The host that was looked up: in small letters, without its port where that is passed over.
    let host: String
    /// The virtual host and the domain of it that matched; nil if none does.
    let found: (virtualHost: VirtualHost, domain: String)?

    /// Looks up the authority, or the header that stands in for it: the exact domain, else the
    /// longest `*.suffix`, else the longest `prefix.*`, else `*`.
    init(_ configuration: RouteConfiguration, headers: RequestHeaders) {
        let header = configuration.virtualHostHeader.flatMap { $0.isEmpty ? nil : $0 }
        var host = header.map { headers.value($0) ?? "" } ?? headers.authority
        if configuration.ignoresPortInHost, let colon = Authority.portStart(host) {
            host = String(host[..<colon])
        }
        host = host.asciiLowercased
        self.host = host
        let virtualHosts = configuration.virtualHosts
        // Domains of one configuration are unique: the first found is the only one.
        var best: (rank: Int, length: Int, virtualHost: VirtualHost, domain: String)?
        for virtualHost in virtualHosts {
            for domain in virtualHost.domains {
                guard let rank = VirtualHostLookup.rank(domain.asciiLowercased, of: host) else {
                    continue
                }
                let length = domain.utf8.count
                if best.map({ (rank, length) > ($0.rank, $0.length) }) ?? true {
                    best = (rank, length, virtualHost, domain)
                }
            }
        }
        found = best.map { ($0.virtualHost, $0.domain) }
    }

    /// How specific a domain is that matches a host; nil if it does not match. A wildcard stands
    /// for at least one character.
    private static func rank(_ domain: String, of host: String) -> Int? {
        if domain == "*" { return 0 }
        // A request without a host takes `*` at most.
        if host.isEmpty { return nil }
        if domain.isSameText(as: host) { return 3 }
        guard host.utf8.count >= domain.utf8.count else { return nil }
        if domain.hasPrefix("*") {
            return host.endsWith(String(domain.dropFirst())) ? 2 : nil
        }
        if domain.hasSuffix("*") {
            return host.beginsWith(String(domain.dropLast())) ? 1 : nil
        }
        return nil
    }
}

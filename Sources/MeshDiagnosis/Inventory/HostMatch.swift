internal import EnvoyConfig
internal import EnvoyResources

extension VirtualHost {
    /// Whether it is for a host, with a port or without: `reviews.default` will do for
    /// `reviews.default.svc.cluster.local`.
    func serves(_ host: String) -> Bool {
        domains.contains { domain in
            domain == host || domain.hasPrefix("\(host):") || domain.hasPrefix("\(host).svc.")
        }
    }
}

extension ClusterNameParts {
    /// Whether it is of a service with this host, or the beginning of that.
    func isOfService(_ host: String) -> Bool {
        !serviceName.isEmpty && (serviceName == host || serviceName.hasPrefix("\(host).svc."))
    }
}

internal import Certificates
internal import DrydockDiff
public import Reporting
internal import StrictJSON

extension TextTable {
    /// The clusters' table. `named` puts `cluster/NAME` before the other columns, as `all` has it.
    public static func clusters(_ clusters: [ClusterSummary], named: Bool = false) -> TextTable {
        let header = [
            "SERVICE FQDN", "PORT", "SUBSET", "DIRECTION", "TYPE", "DESTINATION RULE",
        ]
        return TextTable((named ? ["NAME"] : []) + header) { body in
            for cluster in clusters {
                let name = named ? "cluster/\(cluster.name)" : cluster.name
                var cells = named ? [name] : []
                if let parts = cluster.parts {
                    let subset = parts.subset.isEmpty ? "-" : parts.subset
                    cells += [parts.serviceName, String(parts.port), subset, parts.direction]
                } else {
                    cells += [name, "-", "-", "-"]
                }
                body(cells + [cluster.type, cluster.destinationRule])
            }
        }
    }

    /// The listeners' table: a row a filter chain, those of one listener by destination, descending.
    public static func listeners(
        _ listeners: [ListenerSummary], named: Bool = false
    ) -> TextTable {
        let header = ["ADDRESSES", "PORT", "MATCH", "DESTINATION"]
        return TextTable((named ? ["NAME"] : []) + header, gap: 1) { body in
            for listener in listeners {
                let first = named ? ["listener/\(listener.name)"] : []
                let address = [listener.addresses.joined(separator: ","), String(listener.port)]
                for chain in listener.chainsByDestination {
                    body(first + address + [chain.match, chain.destination])
                }
            }
        }
    }

    /// The listeners' table with a row a listener.
    public static func listenerTypes(
        _ listeners: [ListenerSummary], named: Bool = false
    ) -> TextTable {
        let header = ["ADDRESSES", "PORT", "TYPE"]
        return TextTable((named ? ["NAME"] : []) + header, gap: 1) { body in
            for listener in listeners {
                let first = named ? ["listener/\(listener.name)"] : []
                let address = [listener.addresses.joined(separator: ","), String(listener.port)]
                body(first + address + [listener.type.rawValue])
            }
        }
    }

    /// The listeners' table for waypoints, whose listeners differ by name: a row a filter
    /// chain, in the dump's order.
    public static func waypointListeners(_ listeners: [ListenerSummary]) -> TextTable {
        TextTable(["LISTENER", "CHAIN", "MATCH", "DESTINATION"], gap: 1) { body in
            for listener in listeners {
                for chain in listener.chains {
                    body(["envoy://\(listener.name)", chain.name, chain.match, chain.destination])
                }
            }
        }
    }

    /// The routes' table: a row a route.
    public static func routes(_ routes: [RouteSummary], named: Bool = false) -> TextTable {
        let header = ["NAME", "VHOST NAME", "DOMAINS", "MATCH", "VIRTUAL SERVICE"]
        return TextTable(header) { body in
            for route in routes {
                let name = named ? "route/\(route.name)" : route.name
                for host in route.virtualHosts {
                    let first = [name, host.name, host.domainsText]
                    for row in host.routes { body(first + [row.match, row.virtualService]) }
                    if host.isEmpty { body(first + ["/*", "404"]) }
                }
            }
        }
    }

    /// The routes' table with a row a route configuration.
    public static func virtualHostCounts(
        _ routes: [RouteSummary], named: Bool = false
    ) -> TextTable {
        TextTable(["NAME", "VIRTUAL HOSTS"]) { body in
            for route in routes {
                let name = named ? "route/\(route.name)" : route.name
                body([name, String(route.virtualHosts.count)])
            }
        }
    }

    /// The table of a config dump's endpoints.
    public static func endpoints(
        _ endpoints: [EndpointSummary], named: Bool = false
    ) -> TextTable {
        TextTable(["NAME", "STATUS", "LOCALITY", "CLUSTER"]) { body in
            for endpoint in endpoints {
                let name = named ? "endpoint/\(endpoint.address)" : endpoint.address
                body([name, endpoint.status, endpoint.locality, endpoint.cluster])
            }
        }
    }

    /// The table of the hosts of `/clusters`.
    public static func hosts(_ hosts: [HostSummary]) -> TextTable {
        TextTable(["ENDPOINT", "STATUS", "OUTLIER CHECK", "CLUSTER"]) { body in
            for host in hosts {
                let address = host.port == 0 ? host.address : "\(host.address):\(host.port)"
                body([address, host.status, host.isEjected ? "FAILED" : "OK", host.cluster])
            }
        }
    }

    /// The secrets' table, with a column for trust domains where a secret has one. `time` is the moment of VALID CERT, in seconds since 1970.
    public static func secrets(
        _ secrets: [SecretSummary], at time: Int, named: Bool = false
    ) -> TextTable {
        let header = [
            "RESOURCE NAME", "TYPE", "STATUS", "VALID CERT", "SERIAL NUMBER", "NOT AFTER",
            "NOT BEFORE",
        ]
        let hasDomains = secrets.contains { $0.trustDomain != nil }
        return TextTable(header + (hasDomains ? ["TRUST DOMAIN"] : [])) { body in
            for secret in secrets {
                let certificate = secret.certificate
                let isValid = certificate?.isValid(at: time) ?? false
                let domain = hasDomains ? [secret.trustDomain ?? ""] : []
                body(
                    [
                        named ? "secret/\(secret.name)" : secret.name, secret.type, secret.state,
                        isValid ? "true" : "false", certificate?.serialNumber ?? "",
                        certificate.map { ClockTime.text($0.notAfter) } ?? "",
                        certificate.map { ClockTime.text($0.notBefore) } ?? "",
                    ] + domain)
            }
        }
    }

    /// The table of what ECDS delivered.
    public static func extensions(_ extensions: [ExtensionSummary]) -> TextTable {
        TextTable(["ECDS NAME", "TYPE"]) { body in
            for configuration in extensions { body([configuration.name, configuration.type]) }
        }
    }
}

internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// What one content of a resource says that matters for others: what it refers to, and what is wrong with
/// it by itself.
struct ResourceFacts {
    let resource: Resource
    /// The clusters that it sends to.
    private(set) var references: [ClusterReference] = []
    /// The route configurations, secrets and extensions that it asks for over xDS.
    private(set) var routeConfigurations: Set<String> = []
    private(set) var secrets: Set<String> = []
    private(set) var extensions: Set<String> = []
    /// The clusters that any text in it names.
    private(set) var namedClusters: Set<String> = []
    /// What is wrong with it by itself.
    private(set) var notes: [Note] = []
    /// Of a cluster: the host that it sends plain text to; nil if it may use TLS.
    private(set) var plainHost: String?
    /// Of an inbound cluster: its port, and the hosts of its services.
    private(set) var inbound: (port: Int, hosts: [String])?
    /// Of a listener for inbound connections: the ports that take TLS alone.
    private(set) var strictPorts: Set<Int> = []

    init(of resource: Resource, _ value: CanonicalValue, clusters: Set<String>) {
        self.resource = resource
        collect(value, clusters)
        switch resource.kind {
        case .clusters: take(Cluster(value))
        case .listeners:
            take(Listener(value))
            references = ClusterReference.all(in: value, .listeners, named: resource.name)
        case .routes:
            references = ClusterReference.all(in: value, .routes, named: resource.name)
            notes = RouteCheck(RouteConfiguration(value), of: resource).notes
        default: break
        }
    }

    private mutating func take(_ cluster: Cluster) {
        if let parts = ClusterNameParts(cluster.name) {
            let hasTLS =
                ([cluster.transportSocket?.value].compactMap { $0 }
                + cluster.transportSocketMatches.map(\.value))
                .contains { $0.holdsTLS }
            if parts.direction == "outbound", !hasTLS { plainHost = parts.serviceName }
            if parts.direction == "inbound" {
                let services = cluster.istioMetadata?.value["services"]?.elements ?? []
                inbound = (parts.port, services.compactMap { $0.text("host") })
            }
        }
    }

    private mutating func take(_ listener: Listener) {
        for chain in listener.allFilterChains {
            guard let manager = chain.httpConnectionManager else { continue }
            if let name = manager.routeConfigurationName { routeConfigurations.insert(name) }
            if let inline = manager.routeConfiguration {
                notes += RouteCheck(inline, of: resource).notes
            }
        }
        guard listener.trafficDirection == .inbound else { return }
        var takesTLS: Set<Int> = []
        var takesPlain: Set<Int> = []
        for chain in listener.filterChains {
            guard let port = chain.match?.destinationPort else { continue }
            if chain.match?.transportProtocol == "tls" {
                takesTLS.insert(port)
            } else {
                takesPlain.insert(port)
            }
        }
        strictPorts = takesTLS.subtracting(takesPlain)
    }

    /// Goes through every field: names of secrets and extensions, and texts that are a cluster's name.
    private mutating func collect(_ value: CanonicalValue, _ clusters: Set<String>) {
        switch value {
        case .literal: break
        case .string(let text):
            if resource.kind != .clusters, clusters.contains(text) { namedClusters.insert(text) }
        case .list(let elements):
            for element in elements { collect(element, clusters) }
        case .object(let members):
            for member in members {
                if member.key.hasSuffix("SdsSecretConfig") || member.key == "sdsConfig" {
                    add(secret: member.value)
                } else if member.key.hasSuffix("SdsSecretConfigs") {
                    for element in member.value.elements { add(secret: element) }
                } else if member.key == "configDiscovery", let name = value.text("name") {
                    extensions.insert(name)
                }
                collect(member.value, clusters)
            }
        }
    }

    /// A secret without a source of its own stands in the bootstrap.
    private mutating func add(secret: CanonicalValue) {
        if secret["sdsConfig"] != nil, let name = secret.text("name") { secrets.insert(name) }
    }
}

extension CanonicalValue {
    /// Whether a transport socket, or a match with one, is TLS.
    fileprivate var holdsTLS: Bool {
        let socket = self["transportSocket"] ?? self
        return socket["typedConfig"]?.typeName?.contains("UpstreamTlsContext") ?? false
    }
}

internal import DrydockDiff
public import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// The ways that a dump has for requests: listener → virtual host → cluster → endpoint.
public struct ConfigurationGraph: Sendable {
    /// What a node is.
    public enum NodeKind: String, Sendable, Hashable {
        case listener, virtualHost, cluster, endpoint
    }

    /// A node.
    public struct Node: Sendable, Hashable {
        /// What it is.
        public var kind: NodeKind
        /// What it is called: `80 reviews.default…:80` for a virtual host, an address for an endpoint.
        public var name: String
        /// Whether it is named and not there, or takes no requests.
        public var isBroken = false
    }

    /// The nodes, in the order of the dump.
    public private(set) var nodes: [Node] = []
    /// From which node to which, by their places, each once.
    public private(set) var edges: [(from: Int, to: Int)] = []

    private struct Key: Hashable {
        var kind: NodeKind
        var name: String
    }

    private var places: [Key: Int] = [:]
    private var outgoing: [Int: Set<Int>] = [:]

    /// Makes the graph of a dump: of everything, or of the ways to `host` alone, which are virtual hosts
    /// with the domain (`reviews.default` will do) and clusters of the service.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read again.
    /// - Complexity: linear in the size of the dump.
    public init(_ dump: ConfigDump, host: String? = nil) throws(ConfigDumpError) {
        let clusters = try dump.clusters
        let assignments = try dump.loadAssignments
        let byName = Dictionary(clusters.map { ($0.name, $0) }) { first, _ in first }
        let endpoints = Dictionary(assignments.map { ($0.clusterName, $0) }) { first, _ in first }
        let routes = Dictionary(
            try dump.routeConfigurations.map { ($0.name, $0) }
        ) { first, _ in first }
        for listener in try dump.listeners {
            var ways: [(virtualHost: String?, cluster: String)] = []
            for chain in listener.allFilterChains {
                let manager = chain.httpConnectionManager
                let configuration =
                    manager?.routeConfigurationName.flatMap { routes[$0] }
                    ?? manager?.routeConfiguration
                for virtualHost in configuration?.virtualHosts ?? []
                where host.map(virtualHost.serves) ?? true {
                    let name = "\(configuration?.name ?? "") \(virtualHost.name)"
                    for route in virtualHost.routes {
                        guard case .forward(let action) = route.action else { continue }
                        let names =
                            action.cluster.map { [$0] } ?? action.weightedClusters.map(\.name)
                        ways += names.map { (name, $0) }
                    }
                }
                guard let proxy = chain.tcpProxy else { continue }
                let names = proxy.cluster.map { [$0] } ?? proxy.weightedClusters.map(\.name)
                ways += names.filter { name in
                    host.map { ClusterNameParts(name)?.isOfService($0) ?? false } ?? true
                }.map { (nil, $0) }
            }
            for way in ways {
                let start = place(.listener, listener.name)
                var last = start
                if let virtualHost = way.virtualHost {
                    let next = place(.virtualHost, virtualHost)
                    connect(start, next)
                    last = next
                }
                let isKnown = byName[way.cluster] != nil
                let cluster = place(.cluster, way.cluster, isBroken: !isKnown)
                connect(last, cluster)
                addEndpoints(of: byName[way.cluster], at: cluster, endpoints)
            }
        }
    }

    private mutating func addEndpoints(
        of cluster: Cluster?, at place: Int, _ assignments: [String: LoadAssignment]
    ) {
        guard let cluster, outgoing[place] == nil else { return }
        let assignment = assignments[cluster.loadAssignmentName] ?? cluster.loadAssignment
        for endpoint in assignment?.endpoints ?? [] {
            let name = endpoint.address?.text ?? endpoint.hostname ?? "?"
            connect(
                place, self.place(.endpoint, name, isBroken: !endpoint.takesRequests))
        }
    }

    private mutating func place(_ kind: NodeKind, _ name: String, isBroken: Bool = false) -> Int {
        let key = Key(kind: kind, name: name)
        if let place = places[key] { return place }
        places[key] = nodes.count
        nodes.append(Node(kind: kind, name: name, isBroken: isBroken))
        return nodes.count - 1
    }

    private mutating func connect(_ from: Int, _ to: Int) {
        if outgoing[from, default: []].insert(to).inserted { edges.append((from, to)) }
    }
}

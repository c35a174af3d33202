public import EnvoyConfig

extension Envoy {
    /// An `envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy`: the network filter that passes bytes
    /// on to a cluster.
    public struct TCPProxy: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        static let typeName = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy"

        /// The cluster; nil where `weightedClusters` share the connections.
        public var cluster: String? { value.text("cluster") }

        /// The clusters that share the connections; empty if there is one.
        public var weightedClusters: [WeightedCluster] {
            value["weightedClusters"]?.messages("clusters", as: WeightedCluster.self) ?? []
        }
    }

    /// One of several clusters that share requests or connections.
    public struct WeightedCluster: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The cluster's name; empty if a request's header names it.
        public var name: String { value.text("name") ?? "" }

        /// Its share, in proportion to the sum of all weights. Absent means 0: never.
        public var weight: Int { value.integer("weight") ?? 0 }
    }
}

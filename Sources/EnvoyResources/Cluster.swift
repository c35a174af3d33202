public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.cluster.v3.Cluster`: a group of endpoints and how connections to them are made.
    public struct Cluster: MetadataCarrying {
        /// How a cluster finds its endpoints.
        public enum DiscoveryType: String, Sendable, Hashable {
            /// The endpoints stand in the cluster's load assignment.
            case fixed = "STATIC"
            /// Host names of the load assignment; each answer replaces all endpoints.
            case strictDNS = "STRICT_DNS"
            /// The first address of an answer is used for new connections.
            case logicalDNS = "LOGICAL_DNS"
            /// The control plane sends them as a load assignment.
            case eds = "EDS"
            /// The connection's own destination.
            case originalDestination = "ORIGINAL_DST"
        }

        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name; routes refer to it. Istio's names are `direction|port|subset|fqdn`.
        public var name: String { value.text("name") ?? "" }

        /// How endpoints are found. A dump leaves the default, `STATIC`, out. Nil for a custom cluster
        /// type (see `customTypeName`) and for a type that is not known here.
        public var discoveryType: DiscoveryType? {
            guard value["clusterType"] == nil else { return nil }
            return DiscoveryType(rawValue: value.text("type") ?? DiscoveryType.fixed.rawValue)
        }

        /// The name of a custom cluster type, such as `envoy.clusters.aggregate`; nil for the built-in
        /// ones.
        public var customTypeName: String? { value["clusterType"]?.text("name") }

        /// The name under which the control plane sends an EDS cluster's endpoints. Nil for other
        /// clusters, and where it is the cluster's own `name`: see `loadAssignmentName`.
        public var edsServiceName: String? { value["edsClusterConfig"]?.text("serviceName") }

        /// The name of the load assignment that belongs to the cluster: `edsServiceName`, else `name`.
        public var loadAssignmentName: String {
            guard let service = edsServiceName, !service.isEmpty else { return name }
            return service
        }

        /// How long a new connection may take. Nil means Envoy's default, 5 seconds.
        public var connectTimeout: Duration? { value.duration("connectTimeout") }

        /// The load-balancing policy, such as `LEAST_REQUEST`. A dump leaves the default,
        /// `ROUND_ROBIN`, out.
        public var lbPolicy: String { value.text("lbPolicy") ?? "ROUND_ROBIN" }

        /// The endpoints that stand in the cluster itself. Nil for EDS and ORIGINAL_DST. A cluster of a
        /// DNS type holds host names here, not the addresses that they were resolved to.
        public var loadAssignment: LoadAssignment? {
            value.message("loadAssignment", as: LoadAssignment.self)
        }

        /// How much at once the cluster may carry; nil if nothing is set, which is Envoy's 1024 for
        /// connections, pending requests and requests, and 3 for retries.
        public var circuitBreakers: CircuitBreakers? {
            value.message("circuitBreakers", as: CircuitBreakers.self)
        }

        /// When endpoints are ejected; nil where outlier detection is off.
        public var outlierDetection: OutlierDetection? {
            value.message("outlierDetection", as: OutlierDetection.self)
        }

        /// How connections are secured, in the order in which they are tried: the matches by an
        /// endpoint's metadata. Empty where all endpoints take `transportSocket`.
        public var transportSocketMatches: [TransportSocketMatch] {
            value.messages("transportSocketMatches", as: TransportSocketMatch.self)
        }

        /// How connections are secured; nil for plain TCP.
        public var transportSocket: Extension? {
            value.message("transportSocket", as: Extension.self)
        }
    }
}

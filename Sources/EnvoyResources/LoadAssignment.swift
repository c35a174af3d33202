public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.endpoint.v3.ClusterLoadAssignment`: the endpoints of a cluster.
    public struct LoadAssignment: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The cluster's name, or the name under which EDS delivers it: see
        /// `Cluster.loadAssignmentName`.
        public var clusterName: String { value.text("clusterName") ?? "" }

        /// The endpoints by locality and priority, in the dump's order.
        public var localities: [LocalityEndpoints] {
            value.messages("endpoints", as: LocalityEndpoints.self)
        }

        /// All endpoints, in the dump's order.
        public var endpoints: [Endpoint] { localities.flatMap(\.endpoints) }
    }

    /// An `envoy.config.endpoint.v3.LocalityLbEndpoints`: endpoints of one place and priority.
    public struct LocalityEndpoints: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// Where they are.
        public var locality: Locality { Locality(value["locality"] ?? .object([])) }

        /// 0, which a dump leaves out, is the highest; higher numbers are used when it fails.
        public var priority: Int { value.integer("priority") ?? 0 }

        /// The share of the locality among those of its priority; nil where localities are not weighed.
        public var weight: Int? { value.integer("loadBalancingWeight") }

        /// The endpoints.
        public var endpoints: [Endpoint] { value.messages("lbEndpoints", as: Endpoint.self) }
    }

    /// An `envoy.config.core.v3.Locality`.
    public struct Locality: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The region; empty if it is not known.
        public var region: String { value.text("region") ?? "" }
        /// The zone within the region; empty if it is not known.
        public var zone: String { value.text("zone") ?? "" }
        /// The part of the zone; empty if it is not known.
        public var subZone: String { value.text("subZone") ?? "" }
    }

    /// An `envoy.config.endpoint.v3.LbEndpoint`: one place that a cluster's requests go to.
    public struct Endpoint: MetadataCarrying {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// Where it is; nil if the endpoint only refers to one by `name`.
        public var address: Address? { value["endpoint"]?.message("address", as: Address.self) }

        /// The host name that health checks and strict DNS use; nil if absent.
        public var hostname: String? { value["endpoint"]?.text("hostname") }

        /// Its health as the control plane says and Envoy sees it: `HEALTHY`, `UNHEALTHY`, `DRAINING`,
        /// `TIMEOUT`, `DEGRADED`. `UNKNOWN`, which a dump leaves out, takes requests as `HEALTHY` does.
        public var healthStatus: String { value.text("healthStatus") ?? "UNKNOWN" }

        /// Whether requests go to it at all.
        public var takesRequests: Bool {
            healthStatus == "HEALTHY" || healthStatus == "UNKNOWN" || healthStatus == "DEGRADED"
        }

        /// Its share among the endpoints of its locality. Nil means 1.
        public var weight: Int? { value.integer("loadBalancingWeight") }
    }
}

public import EnvoyConfig

extension Envoy {
    /// An `envoy.admin.v3.HostStatus`: a host of a cluster as Envoy's `/clusters` lists it.
    public struct HostStatus: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        private var health: CanonicalValue? { value["healthStatus"] }

        /// Where it is.
        public var address: Address? { value.message("address", as: Address.self) }

        /// The health according to the control plane: `HEALTHY`, `UNHEALTHY` …; `UNKNOWN` where it did
        /// not say.
        public var controlPlaneHealth: String { health?.text("edsHealthStatus") ?? "UNKNOWN" }

        /// Whether outlier detection has ejected it.
        public var isEjected: Bool { health?.flag("failedOutlierCheck") ?? false }

        /// Whether Envoy's own health checks, or an answer that said so, keep requests off it.
        public var isFailing: Bool {
            ["failedActiveHealthCheck", "excludedViaImmediateHcFail", "activeHcTimeout"].contains {
                health?.flag($0) ?? false
            }
        }

        /// 0 is the highest; others are used when it fails.
        public var priority: Int { value.integer("priority") ?? 0 }

        /// Where its zone is.
        public var locality: Locality { Locality(value["locality"] ?? .object([])) }
    }
}

extension Projection {
    /// What of a `ClusterStatus` tells its hosts.
    package static let clusterHosts = Projection([
        .whole("name"),
        .part(
            "host_statuses",
            [.whole("address"), .whole("health_status"), .whole("priority"), .whole("locality")]),
    ])
}

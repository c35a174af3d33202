public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.cluster.v3.CircuitBreakers`: how much at once a cluster may carry.
    public struct CircuitBreakers: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The limits of each priority that has some.
        public var thresholds: [Threshold] {
            value.messages("thresholds", as: Threshold.self)
        }

        /// The limits of the default priority; nil if none are set.
        public var defaultPriority: Threshold? { thresholds.first { $0.priority == "DEFAULT" } }
    }

    /// The limits of one priority. A limit that is nil is Envoy's default.
    public struct Threshold: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// `DEFAULT` or `HIGH`. A dump leaves `DEFAULT` out.
        public var priority: String { value.text("priority") ?? "DEFAULT" }

        /// How many connections there may be; nil means 1024.
        public var maxConnections: Int? { value.integer("maxConnections") }

        /// How many requests may wait for a connection; nil means 1024.
        public var maxPendingRequests: Int? { value.integer("maxPendingRequests") }

        /// How many requests may be under way; nil means 1024.
        public var maxRequests: Int? { value.integer("maxRequests") }

        /// How many retries may be under way; nil means 3.
        public var maxRetries: Int? { value.integer("maxRetries") }

        /// Whether a gauge says how much is left. Absent means no.
        public var tracksRemaining: Bool { value.flag("trackRemaining") ?? false }
    }

    /// An `envoy.config.cluster.v3.OutlierDetection`: when endpoints are ejected.
    public struct OutlierDetection: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// After how many answers of 5xx in a row; nil means 5, zero never.
        public var consecutive5xx: Int? { value.integer("consecutive5xx") }

        /// After how many answers of 502, 503 or 504 in a row; nil means 5.
        public var consecutiveGatewayFailures: Int? { value.integer("consecutiveGatewayFailure") }

        /// After how many failures to connect in a row, where these are counted apart; nil means 5.
        public var consecutiveLocalFailures: Int? {
            value.integer("consecutiveLocalOriginFailure")
        }

        /// How often endpoints are looked at; nil means 10 seconds.
        public var interval: Duration? { value.duration("interval") }

        /// How long an endpoint is ejected the first time; nil means 30 seconds.
        public var baseEjectionTime: Duration? { value.duration("baseEjectionTime") }

        /// How many of the endpoints may be ejected, in per cent; nil means 10.
        public var maxEjectionPercent: Int? { value.integer("maxEjectionPercent") }
    }
}

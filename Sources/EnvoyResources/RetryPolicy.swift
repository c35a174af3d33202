public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.route.v3.RetryPolicy`: when a request is tried again.
    public struct RetryPolicy: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// On what, such as `connect-failure` and `retriable-status-codes`.
        public var conditions: [String] {
            (value.text("retryOn") ?? "").split(separator: ",").map(String.init)
        }

        /// How often; nil means once.
        public var retries: Int? { value.integer("numRetries") }

        /// How long each try may take; nil means as long as the whole answer.
        public var perTryTimeout: Duration? { value.duration("perTryTimeout") }

        /// The statuses that `retriable-status-codes` is for.
        public var retriableStatuses: [Int] {
            value["retriableStatusCodes"]?.elements.compactMap(\.intValue) ?? []
        }
    }
}

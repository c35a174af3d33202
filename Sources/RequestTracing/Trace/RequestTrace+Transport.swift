extension RequestTrace {
    /// The kind of connection that leaves for an endpoint.
    public struct Transport: Sendable, Hashable {
        /// How it is secured.
        public enum Kind: String, Sendable, Hashable {
            /// Not at all.
            case plain
            /// TLS, in which Envoy shows no certificate.
            case tls
            /// TLS, in which Envoy shows its own certificate.
            case mutualTLS = "mtls"
            /// By an extension that is not followed.
            case other
        }

        /// How it is secured.
        public var kind: Kind
        /// The `transport_socket_match` that the endpoint's metadata chose, such as `tlsMode-istio`; nil
        /// where the cluster's own socket counts.
        public var match: String?
        /// The SNI that is sent; nil if absent.
        public var serverName: String?
        /// The names of which the endpoint's certificate has to bear one, `*` for any rest; empty where
        /// none is asked for.
        public var identities: [String] = []
    }

    /// How long an answer may take, and how often it is tried.
    public struct Patience: Sendable, Hashable {
        /// How long the whole answer may take, `15s` where the route says nothing; nil for ever.
        public var timeout: String?
        /// How often it is tried again; 0 if it is not.
        public var retries = 0
        /// On what, such as `connect-failure`.
        public var retryOn: [String] = []
        /// How long each try may take; nil for as long as the whole.
        public var perTryTimeout: String?
    }
}

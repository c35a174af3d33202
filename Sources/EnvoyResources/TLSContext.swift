public import EnvoyConfig

extension Envoy {
    /// An `UpstreamTlsContext` or a `DownstreamTlsContext` of `envoy.extensions.transport_sockets.tls.v3`.
    public struct TLSContext: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name that a client asks for (SNI); nil if it asks for none, and for a server.
        public var serverName: String? { value.text("sni") }

        /// Whether a server refuses clients without a certificate; nil for a client. Absent means no.
        public var requiresClientCertificate: Bool? {
            value.flag("requireClientCertificate")
        }

        /// The protocols that are offered (ALPN), such as `h2`.
        public var applicationProtocols: [String] { common?.texts("alpnProtocols") ?? [] }

        /// The names of the secrets that hold its own certificates, such as `default`.
        public var certificateSecrets: [String] {
            common?["tlsCertificateSdsSecretConfigs"]?.elements.compactMap { $0.text("name") } ?? []
        }

        /// The name of the secret that says whom to trust, such as `ROOTCA`; nil if none does.
        public var validationSecret: String? {
            let combined = common?["combinedValidationContext"]?["validationContextSdsSecretConfig"]
            return (common?["validationContextSdsSecretConfig"] ?? combined)?.text("name")
        }

        /// The oldest version of TLS, such as `TLSv1_2`; nil means Envoy's default.
        public var minimumVersion: String? {
            common?["tlsParams"]?.text("tlsMinimumProtocolVersion")
        }

        private var common: CanonicalValue? { value["commonTlsContext"] }
    }

    /// How connections to some endpoints of a cluster are secured.
    public struct TransportSocketMatch: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// Its name, which statistics bear.
        public var name: String { value.text("name") ?? "" }

        /// The metadata of the endpoints that it is for; one without conditions takes all.
        public var match: CanonicalValue? { value["match"] }

        /// How their connections are secured.
        public var transportSocket: Extension? {
            value.message("transportSocket", as: Extension.self)
        }
    }
}

extension Envoy.Extension {
    /// The TLS that a transport socket is of; nil for another one.
    public var tlsContext: Envoy.TLSContext? {
        let prefix = "envoy.extensions.transport_sockets.tls.v3."
        return config(prefix + "UpstreamTlsContext", as: Envoy.TLSContext.self)
            ?? config(prefix + "DownstreamTlsContext", as: Envoy.TLSContext.self)
    }
}

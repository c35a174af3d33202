public import EnvoyConfig

extension Envoy {
    /// An `envoy.extensions.transport_sockets.tls.v3.Secret`. Private keys are never in it: they are
    /// redacted by the canonical form.
    public struct Secret: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name under which it is asked for; Istio's are `default` and `ROOTCA`.
        public var name: String { value.text("name") ?? "" }

        /// The chain of a TLS certificate, its own first; nil for another kind of secret.
        public var certificateChain: DataSource? {
            value["tlsCertificate"]?.message("certificateChain", as: DataSource.self)
        }

        /// The certificates that peers are checked against; nil for another kind of secret.
        public var trustedCertificates: DataSource? {
            value["validationContext"]?.message("trustedCa", as: DataSource.self)
        }

        /// What a SPIFFE validator trusts, a bundle for each trust domain: those of its
        /// `envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig`, in order; none for
        /// another kind of secret.
        public var trustDomains: [TrustDomain] {
            let validator = value["validationContext"]?["customValidatorConfig"]?["typedConfig"]
            guard let validator,
                validator.typeName
                    == "envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig"
            else { return [] }
            return validator.messages("trustDomains", as: TrustDomain.self)
        }

        /// Whether it is a TLS certificate with its key.
        public var isCertificate: Bool { value["tlsCertificate"] != nil }

        /// Whether it says whom to trust.
        public var isValidationContext: Bool { value["validationContext"] != nil }
    }

    /// A trust domain of a SPIFFE validator and the certificates that it trusts there.
    public struct TrustDomain: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// Its name, such as `cluster.local`.
        public var name: String { value.text("name") ?? "" }

        /// The certificates of its authorities.
        public var bundle: DataSource? { value.message("trustBundle", as: DataSource.self) }
    }

    /// An `envoy.config.core.v3.DataSource`: bytes, or where they are.
    public struct DataSource: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The bytes in base64; nil if they are elsewhere.
        public var inlineBytes: String? { value.text("inlineBytes") }
        /// The text; nil if it is elsewhere.
        public var inlineString: String? { value.text("inlineString") }
        /// The file that holds them; nil if they are elsewhere.
        public var filename: String? { value.text("filename") }
        /// The environment variable that holds them; nil if they are elsewhere.
        public var environmentVariable: String? { value.text("environmentVariable") }
    }
}

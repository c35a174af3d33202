internal import EnvoyConfig
internal import EnvoyResources

/// Secrets that have not arrived: whatever needs one is not ready.
extension RequestWalk {
    /// A secret that a TLS context names and that Envoy does not have; nil if it has all of them.
    /// Only a dump that lists the secret as not initialized says so.
    func missingSecret(of context: CanonicalValue?) -> String? {
        guard let common = context?["commonTlsContext"] else { return nil }
        guard !dump.missingSecrets.isEmpty else { return nil }
        let configs =
            (common["tlsCertificateSdsSecretConfigs"]?.elements ?? [])
            + [
                common["validationContextSdsSecretConfig"],
                common["combinedValidationContext"]?["validationContextSdsSecretConfig"],
            ].compactMap { $0 }
        return configs.compactMap { $0.text("name") }.first(where: dump.missingSecrets.contains)
    }
}

import CorpusSupport
import Foundation
import Testing

/// No view prints a private key, whichever way it stands in a capture.
@Suite struct PrivateKeyTests {
    static let key = "-----BEGIN PRIVATE KEY-----\\nMIISECRETSECRET\\n-----END PRIVATE KEY-----"
    static var base64: String {
        Data(key.replacingOccurrences(of: "\\n", with: "\n").utf8).base64EncodedString()
    }

    static let sections = [
        """
        {"@type": "type.googleapis.com/envoy.admin.v3.SecretsConfigDump",
         "dynamic_active_secrets": [{"name": "s", "secret": {
           "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
           "name": "s", "tls_certificate": {"private_key": {"inline_bytes": "\(base64)"},
           "password": {"inline_string": "MIISECRETSECRET"}}}}],
         "static_secrets": [{"name": "t", "secret": {
           "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
           "name": "t", "generic_secret": {"secret": {"inline_string": "MIISECRETSECRET"}}}}]}
        """,
        """
        {"@type": "type.googleapis.com/envoy.admin.v3.EcdsConfigDump", "ecds_filters": [
          {"ecds_filter": {
            "@type": "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig",
            "name": "x", "typed_config": {"@type": "type.googleapis.com/no.such.Type",
              "pem": "\(key)", "packed": "\(base64)"}}}]}
        """,
        """
        {"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap": {
          "static_resources": {"secrets": [{"name": "b", "tls_certificate": {
            "private_key": {"inline_string": "\(key)"}}}]}}}
        """,
        """
        {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
         "dynamic_active_clusters": [{"cluster": {
           "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "c",
           "transport_socket": {"name": "tls", "typed_config": {
             "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
             "common_tls_context": {"tls_certificates": [
               {"private_key": {"inline_bytes": "\(base64)"}}]}}}}}]}
        """,
    ]

    @Test(
        "Not in any view, in any output", arguments: ["short", "json", "yaml"],
        [
            "clusters", "listeners", "routes", "endpoints", "secrets", "bootstrap", "ecds", "all",
        ])
    func views(output: String, view: String) throws {
        let dumps = try TemporaryDumps([Self.sections.joined(separator: ",")])
        let outcome = try Command.run([view, "-o", output, dumps.paths[0]])
        // A table of a section that the dump lacks is refused.
        let isLacking = ["listeners", "routes"].contains(view)
        #expect(outcome.status == (isLacking ? 2 : 0), "\(outcome.errorText)")
        for text in [outcome.text, outcome.errorText] {
            #expect(!text.contains("SECRETSECRET"))
            #expect(!text.contains(Self.base64))
        }
        let showsKeys = ["clusters", "secrets", "bootstrap", "ecds", "all"].contains(view)
        if output != "short", showsKeys {
            #expect(
                outcome.text.contains("[redacted]") || outcome.text.contains("W3JlZGFjdGVkXQ=="))
        }
    }
}

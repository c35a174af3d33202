import DrydockDiff
import EnvoyConfig
import Testing

/// What Istio's agent changes between Istiod and Envoy is not a difference, and is said.
@Suite struct AgentRewriteTests {
    private static let sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

    private func dump(_ code: String, name: String = "a") throws -> ConfigDump {
        try ConfigDump(
            bytes: Array(
                """
                {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.EcdsConfigDump",
                "ecds_filters": [{"ecds_filter": {
                "@type": "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig",
                "name": "default.hello", "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
                "config": {"name": "\(name)", "vm_config": {"code": \(code)}}}}}]}]}
                """.utf8))
    }

    private func remote(_ sum: String) -> String {
        """
        {"remote": {"http_uri": {"uri": "oci://x/y", "cluster": "c", "timeout": "30s"}, "sha256": "\(sum)"}}
        """
    }

    private func comparison(_ from: String, _ to: String, name: String = "a") throws -> Comparison {
        try Comparison(
            from: dump(from), to: dump(to, name: name), options: .init(kinds: [.ecds]))
    }

    @Test("A remote module and the file that the agent made of it are the same")
    func same() throws {
        let local = #"{"local": {"filename": "/var/lib/istio/data/ab/\#(Self.sum).wasm"}}"#
        let found = try comparison(remote(Self.sum), local)
        #expect(found.isMatch)
        let notes = found.sections.flatMap(\.notes)
        #expect(notes.map(\.kind) == [.assumedEqual])
        #expect(notes.first?.resource?.name == "default.hello")
    }

    @Test("Another module, another file or a change beside it is a difference")
    func differing() throws {
        let other = String(Self.sum.reversed())
        let files = [
            "/var/lib/istio/data/ab/\(other).wasm", "/etc/\(Self.sum).so",
        ]
        for file in files {
            let found = try comparison(remote(Self.sum), #"{"local": {"filename": "\#(file)"}}"#)
            #expect(!found.isMatch, "\(file)")
        }
        let local = #"{"local": {"filename": "/var/lib/istio/data/ab/\#(Self.sum).wasm"}}"#
        #expect(try !comparison(remote(Self.sum), local, name: "b").isMatch)
        #expect(try !comparison(remote(Self.sum), remote(other)).isMatch)
    }
}

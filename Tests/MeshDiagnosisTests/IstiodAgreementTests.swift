import CorpusSupport
import DrydockDiff
import Foundation
import MeshDiagnosis
import SupportBundles
import Testing

/// Istiods that hold different things, and which of them is behind.
@Suite struct IstiodAgreementTests {
    /// Two Istiods with a proxy each, and what they answer.
    private func mesh(
        configz: (String, String)? = nil, registryz: (String, String)? = nil,
        endpointShardz: (String, String)? = nil,
        sent: (String, String) = ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
    ) -> MeshFixture {
        var mesh = MeshFixture()
        mesh.addStatus("istiod-a", "a", sent: sent.0)
        mesh.addStatus("istiod-b", "b", sent: sent.1)
        for (name, answers) in [
            ("configz", configz), ("registryz", registryz), ("endpointShardz", endpointShardz),
        ] {
            guard let answers else { continue }
            mesh.addAnswer("istiod-a", name, answers.0)
            mesh.addAnswer("istiod-b", name, answers.1)
        }
        return mesh
    }

    private func object(_ name: String, _ spec: String, metadata: String = "") -> String {
        """
        {"kind": "VirtualService", "metadata": {"name": "\(name)", "namespace": "default"\(metadata)},
        "spec": {"hosts": ["\(spec)"]}, "status": {"changes": "\(UUID().uuidString)"}}
        """
    }

    private func service(_ name: String) -> String {
        """
        {"hostname": "\(name)", "Attributes": {"Namespace": "default"}, "defaultAddress": "10.0.0.9",
        "ports": [{"name": "http", "port": 80, "protocol": "HTTP"}]}
        """
    }

    private func shards(_ endpoints: [String: [String]]) -> String {
        let services = endpoints.map { name, addresses in
            let elements = addresses.map {
                #"{"Addresses": ["\#($0)"], "EndpointPort": 80, "ServicePortName": "http", "Locality": {"Label": "z"}, "HealthStatus": 0}"#
            }
            return
                #""\#(name)": {"default": {"Shards": {"Kubernetes/K": [\#(elements.joined(separator: ","))]}}}"#
        }
        return "{\(services.joined(separator: ","))}"
    }

    /// The behind one's pod, as the report has it; nil where nobody is.
    private func behind(_ mesh: MeshFixture) async throws -> String? {
        let report = try await mesh.report()
        let accused = report.proxies.filter { $0.notes.first?.kind == .istiodsDisagree }
        if accused.isEmpty { return nil }
        #expect(accused.count == 1)
        #expect(report.notes.first?.kind == .istiodsDisagree)
        return accused.first?.istiod
    }

    @Test("The order of services and objects, and what is no spec, mean nothing")
    func agree() async throws {
        let found = try await mesh(
            configz: (
                "[\(object("x", "1")), \(object("y", "2"))]",
                "[\(object("y", "2")), \(object("x", "1"))]"
            ),
            registryz: ("[\(service("s")), \(service("t"))]", "[\(service("t")), \(service("s"))]"),
            endpointShardz: (
                shards(["s": ["1.1.1.1", "2.2.2.2"]]), shards(["s": ["2.2.2.2", "1.1.1.1"]])
            )
        ).report()
        #expect(found.isWell)
        // The fixture has no dump by an Istiod, which is said once.
        #expect(found.notes.map(\.kind) == [.notChecked])
    }

    @Test("The lower generation is behind, whoever pushed last")
    func generation() async throws {
        let found = try await behind(
            mesh(
                configz: (
                    "[\(object("x", "1", metadata: #", "generation": 2"#))]",
                    "[\(object("x", "2", metadata: #", "generation": 10"#))]"
                ), sent: ("2026-01-01T00:05:00Z", "2026-01-01T00:00:00Z")))
        #expect(found == "istiod-a")
    }

    @Test("The lower resource version is behind")
    func resourceVersion() async throws {
        let found = try await behind(
            mesh(
                configz: (
                    "[\(object("x", "1", metadata: #", "resourceVersion": "12""#))]",
                    "[\(object("x", "2", metadata: #", "resourceVersion": "9""#))]"
                )))
        #expect(found == "istiod-b")
    }

    @Test("Without versions the older last push is behind")
    func lastPush() async throws {
        let found = try await behind(
            mesh(
                configz: ("[\(object("x", "1"))]", "[\(object("x", "2"))]"),
                sent: ("2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")))
        #expect(found == "istiod-a")
    }

    @Test("Where pushes do not tell, the strict subset is behind")
    func subset() async throws {
        let objects = try await behind(
            mesh(configz: ("[\(object("x", "1"))]", "[\(object("x", "1")), \(object("y", "1"))]")))
        #expect(objects == "istiod-a")
        let services = try await behind(
            mesh(registryz: ("[\(service("s")), \(service("t"))]", "[\(service("s"))]")))
        #expect(services == "istiod-b")
        let endpoints = try await behind(
            mesh(
                registryz: ("[\(service("s"))]", "[\(service("s"))]"),
                endpointShardz: (shards(["s": ["1.1.1.1"]]), shards(["s": ["1.1.1.1", "2.2.2.2"]])))
        )
        #expect(endpoints == "istiod-a")
    }

    @Test("An Istiod without any endpoint is broken")
    func noEndpoints() async throws {
        let mesh = mesh(
            registryz: ("[\(service("s"))]", "[\(service("s"))]"),
            endpointShardz: (shards(["s": ["1.1.1.1"]]), "{}"))
        #expect(try await behind(mesh) == "istiod-b")
        let text = try await mesh.report().notes.first?.text ?? ""
        #expect(text.contains("istiod-b is behind istiod-a: it has no endpoint of any service"))
    }

    @Test("Endpoints of a service that one of them does not know are not compared")
    func unknownService() async throws {
        let found = try await mesh(
            registryz: ("[\(service("s"))]", "[\(service("s"))]"),
            endpointShardz: (
                shards(["s": ["1.1.1.1"], "gone": ["3.3.3.3"]]), shards(["s": ["1.1.1.1"]])
            )
        ).report()
        #expect(found.isWell)
    }

    @Test("Where nothing tells who is behind, the mesh has the note and no proxy is accused")
    func undecided() async throws {
        let report = try await mesh(
            configz: ("[\(object("x", "1"))]", "[\(object("x", "2"))]")
        ).report()
        #expect(report.notes.map(\.kind) == [.istiodsDisagree, .notChecked])
        #expect(report.proxies.allSatisfy { $0.isWell })
        #expect(!report.isWell)
    }

    @Test("A service is known or not, with its ports, address and endpoints, by each Istiod")
    func registration() async throws {
        let folder = try TemporaryFolder()
        let mesh = mesh(
            registryz: ("[\(service("s.default.svc"))]", "[]"),
            endpointShardz: (shards(["s.default.svc": ["1.1.1.1", "2.2.2.2"]]), "{}"))
        let path = try folder.write(mesh.archive().finished, to: "bundle.tar")
        let bundle = try await SupportBundle.reading(path)
        for name in ["s.default.svc", "s.default", "s"] {
            let found = ServiceRegistration(name, in: bundle)
            #expect(found.entries.map(\.istiod) == ["istiod-a", "istiod-b"])
            #expect(found.entries.map(\.isKnown) == [true, false])
            let entry = try #require(found.entries.first)
            #expect(entry.address == "10.0.0.9")
            #expect(
                entry.ports.map { "\($0.name) \($0.number) \($0.protocol)" } == ["http 80 HTTP"])
            #expect(entry.endpoints.map(\.address) == ["1.1.1.1:80", "2.2.2.2:80"])
            #expect(entry.endpoints.map(\.health) == ["HEALTHY", "HEALTHY"])
            #expect(entry.endpoints.map(\.locality) == ["z", "z"])
            #expect(found.disagreements == ["istiod-b does not know s.default.svc"])
            #expect(!found.isWell)
        }
        #expect(ServiceRegistration("t", in: bundle).entries.allSatisfy { !$0.isKnown })
    }
}

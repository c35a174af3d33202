import CorpusSupport
import DrydockDiff
import EnvoyConfig
import MeshDiagnosis
import Testing

/// The odd one out.
@Suite struct ReplicaTests {
    private typealias Cluster = MeshFixture.Cluster

    /// Replicas of one workload: their clusters' timeouts, and whether they are connected.
    private func mesh(_ replicas: [(pod: String, timeout: String, isConnected: Bool)])
        -> MeshFixture
    {
        var mesh = MeshFixture()
        for replica in replicas {
            let clusters = [Cluster("outbound|80||x", timeout: replica.timeout)]
            mesh.addProxy(
                replica.pod, MeshFixture.envoyDump(replica.pod, workload: "w", active: clusters))
            guard replica.isConnected else { continue }
            mesh.addStatus("istiod-a", replica.pod)
            mesh.addIstiodDump("istiod-a", of: replica.pod, MeshFixture.istiodDump(clusters))
        }
        mesh.addStatus("istiod-a", "another")
        return mesh
    }

    private func odd(_ mesh: MeshFixture) async throws -> [String] {
        try await mesh.report().proxies.filter { $0.oddOneOut != nil }.map(\.name)
    }

    @Test("Where two of three are sick, the healthy one is not blamed")
    func sickMajority() async throws {
        let report = try await mesh([
            ("a", "1s", false), ("b", "1s", false), ("c", "2s", true),
        ]).report()
        #expect(report["c"]?.isWell ?? false)
        #expect(report["a"]?.oddOneOut?.replicas == ["c.default"])
        #expect(report["b"]?.oddOneOut?.replicas == ["c.default"])
        let delta = report["a"]?.oddOneOut?.deltas.first { $0.kind == .clusters }
        #expect(delta?.changed == ["outbound|80||x"])
    }

    @Test("Among healthy replicas the greater part is right")
    func majority() async throws {
        let found = try await odd(
            mesh([("a", "1s", true), ("b", "2s", true), ("c", "1s", true)]))
        #expect(found == ["b.default"])
    }

    @Test("A replica that differs from Istiod's dump is no reference, one that is proven right is")
    func provenByIstiodsDump() async throws {
        var mesh = MeshFixture()
        for (pod, timeout) in [("a", "1s"), ("b", "1s"), ("c", "2s")] {
            let held = [Cluster("outbound|80||x", timeout: timeout)]
            mesh.addProxy(pod, MeshFixture.envoyDump(pod, workload: "w", active: held))
            mesh.addStatus("istiod-a", pod)
        }
        // Of b no Istiod's dump was captured; a drifts, whatever its sync status says.
        let sent = MeshFixture.istiodDump([Cluster("outbound|80||x", timeout: "2s")])
        mesh.addIstiodDump("istiod-a", of: "a", sent)
        mesh.addIstiodDump("istiod-a", of: "c", sent)
        let report = try await mesh.report()
        #expect(report["c"]?.isWell ?? false)
        #expect(report["a"]?.oddOneOut?.replicas == ["c.default"])
        #expect(report["b"]?.oddOneOut?.replicas == ["c.default"])
    }

    @Test("A tie gives no verdict")
    func tie() async throws {
        #expect(try await odd(mesh([("a", "1s", true), ("b", "2s", true)])).isEmpty)
    }

    @Test("Without a healthy replica there is no verdict")
    func nobodyHealthy() async throws {
        #expect(try await odd(mesh([("a", "1s", false), ("b", "2s", false)])).isEmpty)
    }

    @Test("Inbound clusters and the listeners that hold a replica's address are its own")
    func own() async throws {
        var mesh = MeshFixture()
        for (pod, address) in [("a", "10.0.0.1"), ("b", "10.0.0.2"), ("c", "10.0.0.10")] {
            mesh.addProxy(
                pod,
                MeshFixture.envoyDump(
                    pod, workload: "w", address: address,
                    active: [
                        Cluster(
                            "inbound|80||", timeout: "\(pod.utf8.count)s",
                            more: #", "alt_stat_name": "\#(pod)""#)
                    ],
                    listeners: [
                        MeshFixture.listener("\(address)_80", address: address),
                        MeshFixture.listener("shared", address: "0.0.0.0"),
                    ]))
        }
        for pod in ["a", "b", "c"] { mesh.addStatus("istiod-a", pod) }
        #expect(try await odd(mesh).isEmpty)
        var other = mesh
        other.addProxy(
            "c",
            MeshFixture.envoyDump(
                "c", workload: "w", address: "10.0.0.10",
                listeners: [MeshFixture.listener("shared", address: "10.0.0.1")]))
        #expect(try await odd(other) == ["c.default"])
    }

    @Test("A replica's own listeners are found in a dump too large to be kept in memory")
    func ownInLargeDumps() async throws {
        var mesh = MeshFixture()
        let clusters = (0..<24_000).map {
            Cluster("outbound|80||service-\($0).default.svc.cluster.local")
        }
        for (pod, address) in [("a", "10.0.0.1"), ("b", "10.0.0.2")] {
            let dump = MeshFixture.envoyDump(
                pod, workload: "w", address: address, active: clusters,
                listeners: [MeshFixture.listener("own", address: address)])
            #expect(dump.utf8.count > 4 << 20)
            mesh.addProxy(pod, dump)
        }
        mesh.addProxy(
            "c",
            MeshFixture.envoyDump(
                "c", workload: "w", address: "10.0.0.3", active: clusters,
                listeners: [MeshFixture.listener("another", address: "10.0.0.1")]))
        for pod in ["a", "b", "c"] { mesh.addStatus("istiod-a", pod) }
        #expect(try await odd(mesh) == ["c.default"])
    }

    @Test("Another workload, and the same name in another namespace, are no replicas")
    func otherWorkloads() async throws {
        var mesh = MeshFixture()
        for (pod, workload) in [("a", "v"), ("b", "w"), ("c", "w")] {
            mesh.addProxy(
                pod,
                MeshFixture.envoyDump(
                    pod, workload: workload,
                    active: [Cluster("outbound|80||x", timeout: workload == "v" ? "1s" : "2s")]))
        }
        #expect(try await odd(mesh).isEmpty)
    }
}

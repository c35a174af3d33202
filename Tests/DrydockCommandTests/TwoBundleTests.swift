import CorpusSupport
import Foundation
import Testing

/// `drydock diff BEFORE AFTER` of two bundles.
@Suite struct TwoBundleTests {
    private static let names = (1...6).map { "outbound|80||s\($0).shop.svc.cluster.local" }

    /// Two replicas of `shop` and one of `cart`, and an Istiod that knows them.
    private static func bundle(
        _ pods: [(pod: String, workload: String, timeout: String, version: String)],
        more: [String] = []
    ) throws -> (path: String, folder: TemporaryFolder) {
        var fixture = MeshFixture()
        for (index, entry) in pods.enumerated() {
            let clusters = (names + more).map { MeshFixture.Cluster($0, timeout: entry.timeout) }
            fixture.addProxy(
                entry.pod,
                MeshFixture.envoyDump(
                    entry.pod, workload: entry.workload, address: "10.0.0.\(index + 1)",
                    active: clusters, version: entry.version))
        }
        let folder = try TemporaryFolder()
        return (try folder.write(fixture.archive().finished, to: "bundle.tar"), folder)
    }

    private static func pair() throws -> (
        before: (path: String, folder: TemporaryFolder),
        after: (path: String, folder: TemporaryFolder)
    ) {
        let before = try bundle([
            ("shop-1", "shop", "10s", "1.40.0"), ("shop-2", "shop", "10s", "1.40.0"),
            ("cart-1", "cart", "10s", "1.40.0"), ("old-1", "old", "10s", "1.40.0"),
        ])
        let after = try bundle(
            [
                ("shop-1", "shop", "3s", "1.41.0"), ("shop-9", "shop", "3s", "1.41.0"),
                ("cart-1", "cart", "10s", "1.40.0"), ("new-1", "new", "10s", "1.40.0"),
            ], more: ["outbound|80||added.shop.svc.cluster.local"])
        return (before, after)
    }

    @Test("Proxies pair by name, else by workload; each change stands once for all that share it")
    func pairs() throws {
        let (before, after) = try Self.pair()
        let outcome = try Command.run(["diff", before.path, after.path])
        #expect(outcome.status == 1, "\(outcome.errorText)")
        for line in [
            "3 proxies in both, 1 gone, 1 new", "gone: old-1.default", "new: new-1.default",
            "proxy shop-2.default → shop-9.default: Envoy 1.40.0 → 1.41.0",
            "3 proxies (cart-1.default, shop-1.default, shop-9.default):",
            "  + cluster outbound|80||added.shop.svc.cluster.local: only after",
            "2 proxies (shop-1.default, shop-9.default):",
            "  ~ 6 clusters (6 services: s1.shop, s2.shop, s3.shop and 3 more): connectTimeout 10s → 3s",
        ] {
            #expect(outcome.lines.contains(line), "\(line) in \(outcome.text)")
        }
    }

    @Test(
        "JSON says the same, a bundle is the same as itself, and one proxy is a diff of two dumps")
    func forms() throws {
        let (before, after) = try Self.pair()
        let json = try Command.run(["diff", "-o", "json", before.path, after.path]).json()
        #expect(json["match"] as? Bool == false)
        #expect((json["pairs"] as? [[String: Any]])?.count == 3)
        #expect((json["changes"] as? [[String: Any]])?.count == 2)
        let same = try Command.run(["diff", before.path, before.path])
        #expect(same.status == 0)
        #expect(same.lines.contains("nothing is different"))
        let pod = try Command.run([
            "diff", "--kind", "cds", before.path, after.path, "shop-1.default",
        ])
        #expect(pod.status == 1)
        #expect(pod.text.contains("--- before Clusters\n+++ after Clusters\n"))
        let workload = try Command.run([
            "diff", "--kind", "cds", "-q", before.path, after.path, "shop",
        ])
        #expect(workload.status == 1)
        #expect(try Command.run(["diff", before.path, after.path, "nobody"]).status == 2)
    }
}

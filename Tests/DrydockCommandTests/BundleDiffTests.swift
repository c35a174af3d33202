import CorpusSupport
import Foundation
import Testing

/// `drydock diff BUNDLE POD.NAMESPACE [OTHER.NAMESPACE]`
@Suite struct BundleDiffTests {
    private func archive(_ scenario: String) throws -> String {
        try Corpus.folder("istiod/\(scenario)").appendingPathComponent("bug-report.tar.gz").path
    }

    @Test(
        "Istiod's dump of the proxy is compared with its own, as the loose dumps would be",
        arguments: ["clusters", "listeners", "routes"])
    func withIstiod(_ kind: String) throws {
        let pod = "reviews-v2-6f85cb9b7c-4gd2b"
        let pair = try Corpus.folder("istiod/drift").appendingPathComponent("pairs/\(pod)")
        func hunks(_ outcome: Command.Outcome) -> [String] {
            outcome.lines.filter { !$0.hasPrefix("  ") && !$0.contains("RDS last loaded") }
        }
        let bundled = try Command.run(["diff", "--kind", kind, archive("drift"), "\(pod).default"])
        let loose = try Command.run([
            "diff", "--kind", kind, pair.appendingPathComponent("istiod_config_dump.json").path,
            pair.appendingPathComponent("config_dump.json").path,
        ])
        #expect(bundled.status == loose.status)
        #expect(hunks(bundled) == hunks(loose))
    }

    @Test("The bundle's own sync status and log give the reasons")
    func reasons() throws {
        let outcome = try Command.run([
            "diff", "-o", "json", archive("drift"), "reviews-v2-6f85cb9b7c-4gd2b.default",
        ])
        #expect(outcome.status == 1)
        let sections = try #require(try outcome.json()["sections"] as? [[String: Any]])
        let notes = try #require(sections.first?["notes"] as? [[String: Any]])
        #expect(
            notes.prefix(3).map { $0["kind"] as? String } == ["rejected", "rejected", "behind"])
    }

    @Test("Without Istiod's dump the first healthy replica stands in, under its name")
    func withReplica() throws {
        let outcome = try Command.run([
            "diff", "-o", "json", archive("drift"), "reviews-v1-6584ddcf65-zk4wl.default",
        ])
        #expect(outcome.status == 1)
        let report = try outcome.json()
        #expect(
            (report["from"] as? [String: String])?["label"] == "reviews-v1-6584ddcf65-n8x5r.default"
        )
        #expect(
            (report["to"] as? [String: String])?["label"] == "reviews-v1-6584ddcf65-zk4wl.default")
    }

    @Test("Two proxies are compared in the order in which they are named; equal ones match")
    func twoProxies() throws {
        let (first, second) = (
            "reviews-v1-6584ddcf65-hq2mc.default", "reviews-v1-6584ddcf65-zk4wl.default"
        )
        let same = try Command.run(["diff", archive("in_sync"), first, second])
        #expect(same.status == 0)
        #expect(same.lines.filter { $0.contains(" Match") }.count == 3)
        let different = try Command.run([
            "diff", "--to-label", "mine", archive("drift"), first,
            "reviews-v1-6584ddcf65-n8x5r.default",
        ])
        #expect(different.status == 1)
        #expect(different.lines.contains("--- \(first) Clusters"))
        #expect(different.lines.contains("+++ mine Clusters"))
    }

    @Test("Kinds that the bundle's index leaves out are compared too")
    func endpoints() throws {
        let names = ["reviews-v1-6584ddcf65-hq2mc.default", "reviews-v1-6584ddcf65-zk4wl.default"]
        let outcome = try Command.run(["diff", "--kind", "endpoints", archive("in_sync")] + names)
        #expect(outcome.status == 1)
        // Priorities go by each proxy's own locality.
        #expect(outcome.lines.first == "Endpoints Don't Match")
        #expect(outcome.lines.contains("--- \(names[0]) Endpoints"))
    }

    @Test("A folder is a bundle too")
    func folder() throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w", active: [.init("x")]))
        mesh.addIstiodDump("istiod-a", of: "a", MeshFixture.istiodDump([.init("x")]))
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        for name in ["a.default", "a"] {
            #expect(try Command.run(["diff", folder.url.path, name]).status == 0)
        }
    }

    @Test("A dump that Envoy could not print is trouble, and Istiod's dump says who uses the type")
    func unprintable() throws {
        let outcome = try Command.run([
            "diff", "-o", "json", archive("drift"), "details-v1-5b8d4f9c8c-q7vtd.default",
        ])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        let errors =
            try JSONSerialization.jsonObject(with: Data(outcome.errors)) as? [String: [String: Any]]
        let error = try #require(errors?["error"])
        #expect(error["code"] as? String == "unprintable-dump")
        let notes = try #require(error["notes"] as? [[String: Any]])
        #expect(
            (notes.first?["text"] as? String)?.contains("virtualInbound, filter istio.stats")
                ?? false)
    }

    @Test("A proxy that is not there, and one without anything to compare with, are trouble")
    func missing() throws {
        let unknown = try Command.run(["diff", archive("drift"), "nobody.default"])
        #expect(unknown.status == 2)
        #expect(unknown.output.isEmpty)
        #expect(unknown.errorText.contains("nobody.default"))
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let alone = try Command.run(["diff", folder.url.path, "a.default"])
        #expect(alone.status == 2)
        #expect(alone.errorText.contains("neither Istiod's dump of a.default nor"))
    }
}

import CorpusSupport
import EnvoyConfig
import Foundation
import SupportBundles
import Testing

/// Both layouts of a bug report, packed and unpacked, and a folder of loose dumps.
@Suite struct LayoutTests {
    static func mesh() -> MeshFixture {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w", active: [.init("x")]))
        mesh.addIstiodDump("istiod-a", of: "a", MeshFixture.istiodDump([.init("x")]))
        mesh.addStatus("istiod-a", "a")
        mesh.add("versions", "client version: 1.30.0")
        mesh.add("cluster/events", "nothing that is read")
        return mesh
    }

    private func check(_ bundle: SupportBundle) {
        #expect(bundle.interruption == nil)
        #expect(bundle.unreadable.isEmpty)
        #expect(bundle.proxies.map(\.name) == ["a.default"])
        #expect(bundle.proxies.first?.node?.workload == "w")
        #expect(bundle.proxies.first?.node?.envoyVersion == "1.40.0")
        #expect(bundle.istiods.map(\.pod) == ["istiod-a"])
        #expect(bundle.istiods.first?.syncStatus?.proxies.map(\.proxy) == ["a.default"])
        #expect(bundle.istiodIndex(of: "a.default")?.resources(.clusters, .active).count == 1)
    }

    @Test(
        "The first folder may be there, missing, another or behind a dot",
        arguments: ["bug-report/", "", "out/", "./", "./bug-report/"])
    func archives(_ first: String) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.mesh().archive(in: first).gzipped(), to: "b.tar.gz")
        check(try await SupportBundle.reading(path))
    }

    @Test("A folder is read as its archive is", arguments: ["bug-report/", ""])
    func folders(_ first: String) async throws {
        let folder = try TemporaryFolder()
        try Self.mesh().unpack(into: folder, under: first)
        check(try await SupportBundle.reading(folder.url.path))
    }

    @Test("A tar that is not packed is read too")
    func unpacked() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.mesh().archive().finished, to: "b.tar")
        check(try await SupportBundle.reading(path))
    }

    @Test("The older name of a dump is known")
    func olderName() async throws {
        var mesh = MeshFixture()
        mesh.add("proxies/default/a/config_dump", MeshFixture.envoyDump("a", workload: "w"))
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let bundle = try await SupportBundle.reading(folder.url.path)
        #expect(bundle.proxies.first?.dump != nil)
    }

    @Test("Loose dumps say whose they are; Istiod's lies beside or has the proxy in its name")
    func loose() async throws {
        let folder = try TemporaryFolder()
        let (envoy, other) = (
            MeshFixture.envoyDump("a", workload: "w"), MeshFixture.envoyDump("b", workload: "w")
        )
        let istiod = MeshFixture.istiodDump([.init("x")])
        try folder.write(Array(envoy.utf8), to: "one/config_dump.json")
        try folder.write(Array(istiod.utf8), to: "one/istiod_config_dump.json")
        try folder.write(try TarArchive.gzip(Array(other.utf8)), to: "b.config_dump.json.gz")
        try folder.write(Array(istiod.utf8), to: "config_dump?proxyID=b.default")
        try folder.write(
            Array(#"[{"proxy": "a.default", "cluster_sent": "1", "cluster_acked": "1"}]"#.utf8),
            to: "istiod-a.syncz.json")
        try folder.write(Array(#"{"expected": 1}"#.utf8), to: "other.json")
        let bundle = try await SupportBundle.reading(folder.url.path)
        #expect(bundle.unreadable.isEmpty)
        #expect(bundle.proxies.map(\.name) == ["a.default", "b.default"])
        #expect(bundle.istiods.contains { $0.pod == "istiod-a" && $0.syncStatus != nil })
        #expect(bundle.istiodIndex(of: "a.default") != nil)
        #expect(bundle.istiodIndex(of: "b.default") != nil)
    }

    @Test("The pairs of a captured scenario are loose dumps")
    func pairs() async throws {
        let pairs = try Corpus.folder("istiod/in_sync").appendingPathComponent("pairs")
        let pods = try FileManager.default.contentsOfDirectory(atPath: pairs.path).sorted()
        let bundle = try await SupportBundle.reading(pairs.path)
        #expect(bundle.proxies.map(\.pod) == pods)
        #expect(bundle.proxies.allSatisfy { bundle.istiodIndex(of: $0.name) != nil })
    }

    @Test(
        "A scenario's loose dumps and sync statuses tell as much as they can, unprintable ones too")
    func looseScenario() async throws {
        let folder = try Corpus.folder("istiod/drift")
        let bundle = try await SupportBundle.reading(folder.path)
        #expect(
            bundle.istiods.map(\.pod) == ["istiod-6b8f7c9d5c-2xqlp", "istiod-6b8f7c9d5c-wv7rk"])
        #expect(
            bundle.istiods.allSatisfy { istiod in
                istiod.syncStatus?.proxies.allSatisfy { $0.istiod == istiod.pod } ?? false
            })
        let details = try #require(bundle.proxies.first { $0.pod.hasPrefix("details-") })
        #expect(details.name == "details-v1-5b8d4f9c8c-q7vtd.default")
        #expect(details.dumpError?.code == .unprintableDump)
        #expect(bundle.istiodIndex(of: details.name) != nil)
    }

    @Test("A link in a folder is not followed, and said")
    func links() async throws {
        let folder = try TemporaryFolder()
        try Self.mesh().unpack(into: folder)
        let link = folder.url.appendingPathComponent("bug-report/proxies/default/a/server_info")
        try FileManager.default.createSymbolicLink(
            atPath: link.path, withDestinationPath: "/etc/hosts")
        let bundle = try await SupportBundle.reading(folder.url.path)
        #expect(bundle.unreadable.map(\.entry) == ["bug-report/proxies/default/a/server_info"])
        #expect(bundle.proxies.first?.dump != nil)
    }

    @Test("A ztunnel is named and passed over")
    func ztunnel() async throws {
        var mesh = Self.mesh()
        mesh.add(
            "proxies/istio-system/ztunnel-x/config_dump?include_eds",
            #"{"certificates": [], "policies": [], "services": [], "workloads": []}"#)
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let bundle = try await SupportBundle.reading(folder.url.path)
        let ztunnel = try #require(bundle.proxies.first { $0.pod == "ztunnel-x" })
        #expect(ztunnel.isZtunnel)
        #expect(ztunnel.dump == nil)
        #expect(bundle.unreadable.isEmpty)
    }

    @Test("Each broken part is listed, and all others are there")
    func brokenParts() async throws {
        var mesh = Self.mesh()
        mesh.addProxy("b", "upstream connect error or disconnect/reset before headers")
        mesh.addProxy("c", String(MeshFixture.envoyDump("c", workload: "w").dropLast(40)))
        mesh.add("proxies/default/c/server_info", "404 page not found")
        mesh.addAnswer("istiod-a", "configz", "404 page not found")
        mesh.addAnswer("istiod-a", "registryz", #"[{"hostname": "x", "ports": []}"#)
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder, under: "")
        let bundle = try await SupportBundle.reading(folder.url.path)
        #expect(
            bundle.unreadable.map(\.entry) == [
                "istio/istio-system/istiod-a/debug/configz",
                "istio/istio-system/istiod-a/debug/registryz",
                "proxies/default/b/config_dump?include_eds",
                "proxies/default/c/config_dump?include_eds", "proxies/default/c/server_info",
            ])
        #expect(bundle.proxies.map(\.pod) == ["a", "b", "c"])
        #expect(bundle.proxies.first?.dump != nil)
        #expect(bundle.istiods.first?.syncStatus != nil)
        #expect(bundle.istiods.first?.configuration == nil)
        #expect(bundle.istiods.first?.registry.services == nil)
    }
}

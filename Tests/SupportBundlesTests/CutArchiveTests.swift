import CorpusSupport
import Foundation
import SupportBundles
import Testing

/// A capture that broke off.
@Suite struct CutArchiveTests {
    /// What libarchive unpacks at once: so much before a cut is lost with it.
    private static let block = 64 << 10

    @Test(
        "A packed archive cut at any byte gives all that came before but for one block, and says so"
    )
    func packed() async throws {
        var mesh = MeshFixture()
        let pods = ["a", "b", "c", "d"]
        var random = SystemRandomNumberGenerator()
        for pod in pods {
            let clusters = (0..<700).map { _ in
                MeshFixture.Cluster(String(random.next(), radix: 36))
            }
            mesh.addProxy(pod, MeshFixture.envoyDump(pod, workload: pod, active: clusters))
        }
        let archive = mesh.archive()
        let whole = try archive.gzipped()
        let folder = try TemporaryFolder()
        for length in stride(from: 64, to: whole.count, by: whole.count / 61) {
            let part = Array(whole[..<length])
            let path = try folder.write(part, to: "cut.tar.gz")
            let gzip = URL(fileURLWithPath: "/usr/bin/gzip")
            let unpacked = try Command.run(gzip, ["-dc"], standardInput: part).output.count
            let sure = archive.ends.filter { $0 + Self.block <= unpacked }.count
            guard let bundle = try? await SupportBundle.reading(path) else {
                #expect(sure == 0, "cut at \(length)")
                continue
            }
            #expect(bundle.interruption != nil, "cut at \(length)")
            let readable = bundle.proxies.filter { $0.dump != nil }
            #expect(readable.map(\.pod) == Array(pods.prefix(readable.count)))
            #expect(readable.count >= sure, "cut at \(length)")
            #expect(readable.allSatisfy { $0.dump?.resources(.clusters, .active).count == 700 })
        }
    }

    @Test("The last bytes of a packed archive missing is a cut too", arguments: 1...9)
    func lastBytes(_ missing: Int) async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        let whole = try mesh.archive().gzipped()
        let folder = try TemporaryFolder()
        let path = try folder.write(Array(whole.dropLast(missing)), to: "cut.tar.gz")
        let bundle = try? await SupportBundle.reading(path)
        #expect(bundle == nil || bundle?.interruption != nil)
    }

    @Test("A tar that is not packed, cut at any byte, gives every entry before the cut")
    func unpacked() async throws {
        var mesh = MeshFixture()
        for pod in ["a", "b", "c"] {
            mesh.addProxy(pod, MeshFixture.envoyDump(pod, workload: pod, active: [.init(pod)]))
        }
        let archive = mesh.archive()
        let folder = try TemporaryFolder()
        let boundaries = archive.ends.flatMap { [$0 - 1, $0, $0 + 1] }
        for length in Array(stride(from: 512, to: archive.bytes.count, by: 97)) + boundaries {
            let path = try folder.write(Array(archive.bytes.prefix(length)), to: "cut.tar")
            let sure = archive.ends.filter { $0 <= length }.count
            guard let bundle = try? await SupportBundle.reading(path) else {
                #expect(sure == 0, "cut at \(length)")
                continue
            }
            #expect(bundle.interruption != nil, "cut at \(length)")
            let readable = bundle.proxies.filter { $0.dump != nil }
            #expect(readable.map(\.pod) == Array(["a", "b", "c"].prefix(sure)), "cut at \(length)")
        }
    }

    @Test("An entry that the cut falls into is listed with the archive's error")
    func withinAnEntry() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        mesh.addProxy("b", MeshFixture.envoyDump("b", workload: "w"))
        let folder = try TemporaryFolder()
        let bytes = mesh.archive().bytes
        let path = try folder.write(Array(bytes[..<(bytes.count - 700)]), to: "cut.tar")
        let bundle = try await SupportBundle.reading(path)
        #expect(bundle.interruption != nil)
        #expect(
            bundle.unreadable.map(\.entry) == [
                "bug-report/proxies/default/b/config_dump?include_eds"
            ])
        #expect(bundle.proxies.first { $0.pod == "a" }?.dump != nil)
    }
}

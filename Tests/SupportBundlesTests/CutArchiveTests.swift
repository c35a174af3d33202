import CorpusSupport
import Foundation
import SupportBundles
import Testing

/// A capture that broke off.
@Suite struct CutArchiveTests {
    @Test("An archive cut at any byte gives what came before, and says that it was cut")
    func anyByte() async throws {
        var mesh = MeshFixture()
        for pod in ["a", "b", "c"] {
            mesh.addProxy(pod, MeshFixture.envoyDump(pod, workload: pod, active: [.init(pod)]))
        }
        let whole = try mesh.archive().gzipped()
        let folder = try TemporaryFolder()
        let path = try folder.write(whole, to: "bundle.tar.gz")
        let complete = try await SupportBundle.reading(path)
        #expect(complete.interruption == nil)
        #expect(complete.proxies.count == 3)
        var most = 0
        for length in 0..<whole.count {
            let cut = try folder.write(Array(whole[..<length]), to: "cut.tar.gz")
            do {
                let bundle = try await SupportBundle.reading(cut)
                #expect(bundle.interruption != nil, "cut at \(length)")
                let readable = bundle.proxies.filter { $0.dump != nil }.map(\.pod)
                #expect(readable == Array(["a", "b", "c"].prefix(readable.count)))
                #expect(readable.count >= most)
                most = readable.count
                for proxy in bundle.proxies where proxy.dump != nil {
                    #expect(proxy.dump?.resources(.clusters, .active).map(\.name) == [proxy.pod])
                }
            } catch {
                // Nothing came before the cut.
                #expect(most == 0, "cut at \(length)")
            }
        }
        #expect(most == 3)
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

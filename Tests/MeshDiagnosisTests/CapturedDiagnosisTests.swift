import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import MeshDiagnosis
import SupportBundles
import Testing

/// The captured bundles: each proxy's first note is the cause that was injected.
@Suite struct CapturedDiagnosisTests {
    @Test("Every captured bundle is tried")
    func scenarios() throws {
        let all = try CapturedMesh.all()
        #expect(all.count >= 13)
        #expect(all.reduce(0) { $0 + $1.proxies.count } >= 100)
    }

    @Test(
        "Each proxy's first note names its cause; a well one has none that means trouble",
        arguments: try CapturedMesh.all())
    func causes(_ mesh: CapturedMesh) async throws {
        let report = try await mesh.report()
        #expect(Set(report.proxies.map { pod($0) }) == Set(mesh.proxies.keys))
        for proxy in report.proxies {
            guard let cause = mesh.proxies[pod(proxy)] ?? nil else {
                #expect(proxy.isWell, "\(proxy.name): \(proxy.notes)")
                continue
            }
            let first = try #require(proxy.notes.first, "\(proxy.name)")
            #expect(first.kind.rawValue == cause.kind, "\(proxy.name): \(first.text)")
            for text in cause.mentions {
                #expect(first.text.contains(text), "\(proxy.name): \(first.text)")
            }
            for text in cause.not ?? [] {
                #expect(!first.text.contains(text), "\(proxy.name): \(first.text)")
            }
        }
        for cause in mesh.mesh {
            let note = report.notes.first { $0.kind.rawValue == cause.kind }
            for text in cause.mentions { #expect(note?.text.contains(text) ?? false) }
        }
        #expect(report.notes.filter { $0.kind.isTrouble }.count == mesh.mesh.count)
        #expect(report.isWell == mesh.proxies.values.allSatisfy { $0 == nil })
    }

    private func pod(_ proxy: ProxyReport) -> String {
        String(proxy.name.prefix { $0 != "." })
    }

    @Test(
        "The same bundle unpacked and without its first folder says the same",
        arguments: ["istiod/drift", "istiod/faults"])
    func layouts(_ scenario: String) async throws {
        let mesh = try CapturedMesh(scenario)
        let folder = try TemporaryFolder()
        let tar = URL(fileURLWithPath: "/usr/bin/tar")
        _ = try Command.run(
            tar, ["xzf", try mesh.archive, "--strip-components=1", "-C", folder.url.path],
            environment: ["PATH": "/usr/bin:/bin"])
        let unpacked = try await BundleDiagnosis(
            try await SupportBundle.reading(folder.url.path)
        ).report()
        let packed = try await mesh.report()
        #expect(packed.proxies == unpacked.proxies)
        #expect(packed.notes == unpacked.notes)
    }

    @Test("The report is the same each time, whichever task is faster")
    func deterministic() async throws {
        let mesh = try CapturedMesh("istiod/drift")
        var texts: Set<String> = []
        for _ in 0..<6 {
            var output = TextBuffer()
            MeshReportJSON().write(try await mesh.report(), to: &output)
            texts.insert(output.text)
        }
        #expect(texts.count == 1)
    }

    /// What istioctl's own code found different, resource by resource.
    private struct Differing: Decodable {
        struct Section: Decodable {
            var only_istiod: [String], only_envoy: [String], differ: [String]
        }

        var clusters: Section?, listeners: Section?, routes: Section?

        subscript(kind: ResourceKind) -> Section? {
            switch kind {
            case .clusters: clusters
            case .listeners: listeners
            case .routes: routes
            default: nil
            }
        }
    }

    @Test(
        "Drift against Istiod's dump names what istioctl's own code found different",
        arguments: ["istiod/drift", "istiod/stale", "istiod/upgrade", "istiod/large_600"])
    func drift(_ scenario: String) async throws {
        let report = try await CapturedMesh(scenario).report()
        var compared = 0
        for proxy in report.proxies {
            let golden = try Corpus.folder(scenario)
                .appendingPathComponent("pairs/\(pod(proxy))/golden/differing.json")
            guard let drift = proxy.drift,
                FileManager.default.fileExists(atPath: golden.path)
            else { continue }
            let expected = try JSONDecoder().decode(Differing.self, from: Data(contentsOf: golden))
            // istioctl does not compare extensions.
            for delta in drift where delta.kind != .ecds {
                let section = try #require(expected[delta.kind], "\(proxy.name)")
                #expect(delta.onlyFrom == section.only_istiod.sorted(), "\(proxy.name)")
                #expect(delta.onlyTo == section.only_envoy.sorted(), "\(proxy.name)")
                #expect(delta.changed == section.differ.sorted(), "\(proxy.name)")
                compared += delta.names.count
            }
        }
        #expect(compared > 0)
    }
}

import CorpusSupport
import DrydockDiff
import EnvoyConfig
import MeshDiagnosis
import RequestTracing
import SupportBundles
import Testing

/// A bundle is asked by name, and what it answers can be read.
@Suite struct BundleQuestionTests {
    private func bundle() async throws -> SupportBundle {
        try await SupportBundle.reading(try CapturedMesh("istiod/drift").archive)
    }

    @Test("A dump of a bundle can be read, also where it differs from Istiod's")
    func dumps() async throws {
        let bundle = try await bundle()
        let name = try #require(bundle.proxies.first { $0.pod.hasPrefix("reviews-v2") }).name
        let envoy = try await bundle.dump(of: name)
        let istiod = try await bundle.istiodDump(of: name)
        #expect(try !envoy.clusters.isEmpty)
        let comparison = try Comparison(from: istiod, to: envoy)
        #expect(!comparison.isMatch)
        #expect(try comparison.unifiedDiff().contains("@@"))
    }

    @Test("What a bundle lacks is not found, by name; what cannot be read says why")
    func lacking() async throws {
        let bundle = try await bundle()
        for question in [bundle.dump, bundle.istiodDump] {
            let error = await #expect(throws: ConfigDumpError.self) { try await question("nobody") }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("nobody") == true)
        }
        let details = try #require(bundle.proxies.first { $0.pod.hasPrefix("details") }).name
        let error = await #expect(throws: ConfigDumpError.self) {
            try await bundle.dump(of: details)
        }
        #expect(error?.code == .unprintableDump)
    }

    @Test("All proxies are compared one after the other, as each is by itself")
    func comparisons() async throws {
        let bundle = try await bundle()
        var names: [String] = []
        var differing = 0
        for try await proxy in bundle.comparisons() {
            names.append(proxy.name)
            let alone = try await BundleComparison(bundle).compareWithIstiod(proxy.name)
            switch proxy.outcome {
            case .inSync: #expect(alone?.isMatch == true)
            case .drift(let comparison):
                differing += 1
                #expect(try comparison.unifiedDiff() == alone?.unifiedDiff())
                #expect(comparison.notes == alone?.notes)
            case .failed(let error): throw error
            }
        }
        #expect(differing > 0)
        #expect(names == names.sorted())
        let both = bundle.proxies.filter {
            $0.index != nil && bundle.istiodIndex(of: $0.name) != nil
        }
        #expect(Set(names) == Set(both.map(\.name)))
    }

    @Test("A request is followed through a proxy of a bundle")
    func trace() async throws {
        let bundle = try await bundle()
        let name = try #require(bundle.proxies.first { $0.pod.hasPrefix("productpage") }).name
        let request = try TracedRequest(url: "http://reviews:9080/reviews/1")
        let trace = try await bundle.trace(request, through: name)
        let alone = try await bundle.dump(of: name).trace(request)
        #expect(trace.outcome == alone.outcome)
        let error = await #expect(throws: ConfigDumpError.self) {
            try await bundle.trace(request, through: "nobody")
        }
        #expect(error?.code == .notFound)
    }
}

import CorpusSupport
import Foundation
import Testing

/// `drydock trace BUNDLE POD.NAMESPACE URL`
@Suite struct TraceBundleTests {
    private static let bundle = Result {
        try Corpus.folder("istiod/trace").appendingPathComponent("bug-report.tar.gz").path
    }
    private static let pod = "productpage-v1-7f44c4d57c-6wkqz"

    @Test(
        "A bundle's proxy is traced, by its pod alone too, with the endpoints of its /clusters",
        arguments: [pod, "\(pod).default"])
    func proxy(_ name: String) throws {
        let outcome = try Command.run([
            "trace", "-o", "json", "-H", "end-user=jason", try Self.bundle.get(), name,
            "http://reviews:9080/reviews/1",
        ])
        #expect(outcome.status == 0)
        let object = try outcome.json()
        #expect(object["route"] as? String == "jason-to-v2")
        let clusters = try #require(object["clusters"] as? [[String: Any]])
        #expect(clusters.count == 1)
        let endpoints = try #require(clusters.first?["endpoints"] as? [[String: Any]])
        #expect(endpoints.map { $0["address"] as? String } == ["10.244.0.14:9080"])
    }

    @Test("A proxy that is not there, and a bundle without one's name, are errors")
    func mistakes() throws {
        let bundle = try Self.bundle.get()
        for (arguments, part) in [
            ([bundle, "nobody.default", "http://a/"], "nobody.default"),
            ([bundle, "http://a/"], "POD.NAMESPACE"),
            (["/nonexistent.tar.gz", "a.b", "http://a/"], "/nonexistent.tar.gz"),
        ] {
            let outcome = try Command.run(["trace"] + arguments)
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.errorText.contains(part), "\(outcome.errorText)")
        }
    }
}

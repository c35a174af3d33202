import CorpusSupport
import Foundation
import Testing

/// What `drydock diff` prints turns one side's canonical text into the other's.
@Suite struct PatchTests {
    @Test(
        "GNU patch turns each side's text of a captured pair into the other's",
        arguments: ["lab", "istiod"])
    func patches(_ group: String) throws {
        var applied = 0
        for pair in try CapturedPair.all(group) {
            let kinds =
                pair.hasEndpoints ? ["endpoints"] : ["clusters", "listeners", "routes", "ecds"]
            for kind in kinds {
                let texts = try [pair.istiod, pair.envoy].map {
                    try Command.run(["canon", $0.path, kind])
                }
                // A section that a dump lacks has no text; a line in place of a dump neither.
                guard texts.allSatisfy({ $0.status == 0 }) else { continue }
                applied += try patch(
                    pair.istiod, texts[0].output, pair.envoy, texts[1].output, kind)
                applied += try patch(
                    pair.envoy, texts[1].output, pair.istiod, texts[0].output, kind)
            }
        }
        #expect(applied > 30)
    }

    /// Applies the diff of two dumps to the text of the first; returns how many patches that were.
    private func patch(
        _ from: URL, _ text: [UInt8], _ to: URL, _ expected: [UInt8], _ kind: String
    ) throws -> Int {
        let diff = try Command.run(["diff", from.path, to.path, "--kind", kind])
        #expect(diff.status == (text == expected ? 0 : 1), "\(from.path) \(to.path) \(kind)")
        guard diff.status == 1 else { return 0 }
        let patched = try GNUPatch.apply(diff.output, to: text)
        #expect(patched == expected, "\(from.path) \(to.path) \(kind)")
        return 1
    }

    @Test("The patch applies whatever the context", arguments: [0, 1, 3, 7, 1000])
    func contexts(_ context: Int) throws {
        let folder = try Corpus.folder("lab/b_stale_sotw")
        let from = folder.appendingPathComponent("all.istiod_config_dump.json")
        let to = folder.appendingPathComponent("config_dump.json")
        for kind in ["clusters", "listeners", "routes"] {
            let text = try Command.run(["canon", from.path, kind]).output
            let expected = try Command.run(["canon", to.path, kind]).output
            let diff = try Command.run(
                ["diff", from.path, to.path, "--kind", kind, "--context", "\(context)"])
            #expect(diff.status == 1)
            #expect(try GNUPatch.apply(diff.output, to: text) == expected, "\(kind)")
        }
    }
}

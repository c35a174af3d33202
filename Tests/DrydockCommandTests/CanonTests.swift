import CorpusSupport
import Foundation
import Testing

/// `drydock canon` prints istioctl's own canonical JSON, byte for byte.
@Suite struct CanonTests {
    /// A dump, a kind, and what istioctl made of it.
    struct Golden: Sendable, CustomStringConvertible {
        var dump: URL
        var kind: String
        var text: URL

        var description: String { "\(dump.lastPathComponent) \(text.lastPathComponent)" }
    }

    /// `golden/[VARIANT.]canon.{istiod,envoy}.KIND.json` beside the dumps of a folder.
    static func goldens(_ group: String) throws -> [Golden] {
        try CapturedPair.folders(group).flatMap { folder, _ -> [Golden] in
            let goldenFolder = folder.appendingPathComponent("golden")
            let names =
                (try? FileManager.default.contentsOfDirectory(atPath: goldenFolder.path)) ?? []
            return names.sorted().compactMap { name in
                guard let mark = name.range(of: "canon.") else { return nil }
                let variant = String(name[..<mark.lowerBound])
                let parts = name[mark.upperBound...].split(separator: ".")
                guard parts.count == 3 else { return nil }
                let side = parts[0] == "istiod" ? "istiod_config_dump" : "config_dump"
                let dumps = ["\(variant)\(side).json", "\(side).json"].map(
                    folder.appendingPathComponent)
                guard
                    let dump = dumps.first(where: {
                        FileManager.default.fileExists(atPath: $0.path)
                    })
                else { return nil }
                return Golden(
                    dump: dump, kind: String(parts[1]),
                    text: goldenFolder.appendingPathComponent(name))
            }
        }
    }

    @Test("Every captured dump prints as istioctl prints it", arguments: ["lab", "istiod"])
    func captures(_ group: String) throws {
        let goldens = try Self.goldens(group)
        #expect(goldens.count > 50)
        for golden in goldens {
            let outcome = try Command.run(["canon", golden.dump.path, golden.kind])
            #expect(outcome.status == 0, "\(golden): \(outcome.errorText)")
            #expect(outcome.output == (try Corpus.bytes(of: golden.text)), "\(golden)")
        }
    }

    @Test(
        "What `?resource=` answers prints as the whole dump does",
        arguments: ["a_insync_delta", "a_insync_sotw"])
    func resourceQuery(_ scenario: String) throws {
        let folder = try Corpus.folder("lab/\(scenario)")
        let part = folder.appendingPathComponent(
            "config_dump.resource_dynamic_active_clusters.json")
        let outcome = try Command.run(["canon", part.path, "clusters"])
        let golden = folder.appendingPathComponent("golden/canon.envoy.clusters.json")
        #expect(outcome.output == (try Corpus.bytes(of: golden)))
        #expect(try Command.run(["canon", part.path, "listeners"]).status == 2)
    }

    @Test("Every message type prints as istioctl prints it, from each of three spellings")
    func messageTypes() throws {
        let folder = try Corpus.folder("random")
        let goldens = try FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("golden").path)
        #expect(goldens.count >= 3)
        for golden in goldens.sorted() {
            let expected = try Corpus.bytes(of: folder.appendingPathComponent("golden/\(golden)"))
            let stem = golden.prefix { $0 != "." }
            for spelling in ["istiod_config_dump", "config_dump", "enumnumbers"] {
                let dump = folder.appendingPathComponent("\(stem).\(spelling).json")
                let outcome = try Command.run(["canon", dump.path, "clusters"])
                #expect(outcome.status == 0, "\(stem) \(spelling): \(outcome.errorText)")
                #expect(outcome.output == expected, "\(stem) \(spelling)")
            }
        }
    }
}

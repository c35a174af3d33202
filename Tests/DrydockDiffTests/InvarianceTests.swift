import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import Testing

/// What means the same is the same, whichever way it is spelled.
@Suite struct InvarianceTests {
    static let dumps = [
        "lab/a_insync_sotw/config_dump_eds.json", "lab/a_insync_sotw/istiod_config_dump_eds.json",
        "lab/f_forms_sotw/config_dump_eds.json", "lab/f_forms_sotw/istiod_config_dump_eds.json",
        "lab/g_typed_struct/config_dump.json", "lab/u_unknown_field_delta/config_dump.json",
        "lab/u_unknown_enum_delta/config_dump.json", "lab/c_nack_all_sotw/config_dump.json",
    ]

    private func file(_ path: String) throws -> URL {
        let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
        return try Corpus.folder("\(parts[0])/\(parts[1])").appendingPathComponent(parts[2])
    }

    @Test(
        "A dump equals itself in another spelling and order", arguments: dumps,
        [1, 2, 3] as [UInt64])
    func respelled(_ path: String, _ seed: UInt64) throws {
        let bytes = try Corpus.bytes(of: file(path))
        let original = try PlainJSON(bytes)
        var respelling = Respelling(seed: seed)
        let respelled = respelling.dump(original)
        #expect(respelled != original)
        let from = try ConfigDump(bytes: bytes, source: "from")
        let to = try ConfigDump(bytes: respelled.bytes, source: "to")
        let kinds: [ResourceKind] = [.clusters, .listeners, .routes, .endpoints, .ecds, .secrets]
        let comparison = try Comparison(from: from, to: to, options: .init(kinds: kinds))
        for section in comparison.sections {
            #expect(
                section.changed.flatMap(\.changes).map(\.path.description) == [], "\(section.kind)")
            let isMatch = section.isMatch
            #expect(isMatch, "\(section.kind)")
            // The fingerprints are the same, not only the trees.
            for pair in section.pairs { #expect(pair.from?.fingerprint == pair.to?.fingerprint) }
            #expect(try text(from, section.kind) == text(to, section.kind))
        }
        #expect(comparison.sections.contains { !$0.pairs.isEmpty })
    }

    private func text(_ dump: ConfigDump, _ kind: ResourceKind) throws -> String {
        var buffer = TextBuffer()
        try CanonicalDocumentText().write(CanonicalDocument(dump, kind), to: &buffer)
        return buffer.text
    }

    @Test("The fingerprint counts the lines that the text has", arguments: dumps)
    func lineCounts(_ path: String) throws {
        let dump = try ConfigDump(bytes: try Corpus.bytes(of: file(path)))
        for resource in dump.resources {
            #expect(
                try dump.canonicalValue(of: resource).lineCount == resource.lineCount,
                "\(resource.name)")
        }
    }

    @Test("A dump against itself differs in nothing", arguments: dumps)
    func itself(_ path: String) throws {
        let dump = try ConfigDump(bytes: try Corpus.bytes(of: file(path)))
        let comparison = try Comparison(from: dump, to: dump)
        #expect(comparison.isMatch)
        #expect(
            comparison.sections.allSatisfy {
                $0.changed.isEmpty && $0.onlyFrom.isEmpty && $0.onlyTo.isEmpty
            })
    }
}

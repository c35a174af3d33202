import CorpusSupport
import Foundation
import Testing

/// Small inputs that comparisons and errors once answered wrongly, each with neighbours.
@Suite struct DiffCaseTests {
    private static func path(_ file: String) -> String { Corpus.file("cases/\(file)").path }

    @Test("No value shows in the line around an error, wherever a quote is missing")
    func snippet() throws {
        let bytes = try Corpus.bytes(of: Corpus.file("cases/40-snippet/missing-quote.json"))
        let text = String(decoding: bytes, as: UTF8.self)
        let outcome = try Command.run(["clusters", Self.path("40-snippet/missing-quote.json")])
        #expect(outcome.status == 2)
        let words = text.split { !$0.isLetter }.filter { $0.count > 4 && $0 != "configs" }
        #expect(!words.isEmpty)
        for word in words { #expect(!outcome.errorText.contains(word), "\(word)") }
        // Each quote of a document left out in turn, and one more put in its place.
        let document = #"{"configs": [{"name": "hunter2hunter2", "token": "sesame-open", "x": 1}]}"#
        let quotes = document.indices.filter { document[$0] == "\"" }
        for quote in quotes {
            for replacement in ["", "\"\""] {
                let changed = document.replacingCharacters(
                    in: quote..<document.index(after: quote), with: replacement)
                let files = try TemporaryDumps(contents: [Array(changed.utf8)])
                let error = try Command.run(["diff", files.paths[0], files.paths[0]]).errorText
                #expect(!error.contains("hunter2"), "\(changed): \(error)")
                #expect(!error.contains("sesame"), "\(changed): \(error)")
            }
        }
    }

    @Test(
        "A body that is not an object is kept, compared and noted",
        arguments: [
            #""x""#, "5", "[1]", "true", #"[{"name": "a"}]"#,
        ])
    func bodies(body: String) throws {
        let known = try Command.run(
            ["diff", Self.path("44-no-body/a.json"), Self.path("44-no-body/b.json")])
        #expect(known.status == 1)
        #expect(known.text.contains("where an Any belongs"))
        let section = { (body: String) in
            """
            {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
            "dynamic_active_clusters": [{"cluster": \(body)}]}
            """
        }
        let dumps = try TemporaryDumps([section(body), section(#""y""#), section(body)])
        let other = try Command.run(["diff", "--kind", "clusters", dumps.paths[0], dumps.paths[1]])
        #expect(other.status == 1)
        let same = try Command.run(["diff", "--kind", "clusters", dumps.paths[0], dumps.paths[2]])
        #expect(same.status == 0)
        #expect(same.text.contains("where an Any belongs"))
    }

    @Test(
        "Any number of lines of context is an answer",
        arguments: [
            "0", "1", "4611686018427387904", "9223372036854775807",
        ])
    func context(lines: String) throws {
        let outcome = try Command.run(
            [
                "diff", "--context", lines, Self.path("22-arithmetic/ctx_a.json"),
                Self.path("22-arithmetic/ctx_b.json"),
            ])
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("\n@@ "))
        let tooMany = try Command.run(
            ["diff", "--context", "9223372036854775808", "a", "b"])
        #expect(tooMany.status == 2)
    }

    @Test("A name in an error moves no cursor")
    func names() throws {
        let path = Self.path("24-control-characters/esc.json")
        let outcome = try Command.run(["diff", path, path])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains(#"\u001b"#))
        #expect(!outcome.errors.contains(0x1B))
    }
}

import CorpusSupport
import DrydockDiff
import EnvoyConfig
import StrictJSON
import Testing

/// The bugs that were fixed, by their inputs.
@Suite struct RegressionTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        try Corpus.bytes(of: Corpus.file("regressions/\(name)"))
    }

    private func comparison(_ name: String) throws -> Comparison {
        try Comparison(
            from: ConfigDump(bytes: bytes("\(name).from.json")),
            to: ConfigDump(bytes: bytes("\(name).to.json")), options: .init(kinds: [.clusters]))
    }

    @Test("Texts that Unicode calls equivalent differ: as value, as key and as name")
    func equivalentTexts() throws {
        let clusters = try comparison("equivalent-texts").clusters
        #expect(clusters.changed.map(\.name) == ["a"])
        #expect(
            clusters.changed.first?.changes.map { $0.path.components.count } == [1, 4, 4])
        #expect(clusters.onlyFrom.count == 1 && clusters.onlyTo.count == 1)
        let diff = try comparison("equivalent-texts").unifiedDiff()
        var texts: [[UInt8]] = []
        for side in ["from", "to"] {
            var buffer = TextBuffer()
            let dump = try ConfigDump(bytes: bytes("equivalent-texts.\(side).json"))
            try CanonicalDocumentText().write(CanonicalDocument(dump, .clusters), to: &buffer)
            texts.append(buffer.bytes)
        }
        #expect(try GNUPatch.apply(Array(diff.utf8), to: texts[0]) == texts[1])
    }

    @Test("STATIC on one side alone is no difference, and shifts no line numbers")
    func staticType() throws {
        let comparison = try comparison("static-type")
        let clusters = comparison.clusters
        #expect(clusters.sameCount == 1)
        #expect(clusters.changed.map(\.name) == ["b"])
        // Where a diff is printed its line stands in it, so that patch gives the other side.
        let hunks = try comparison.unifiedDiff(context: 0).split(separator: "\n")
            .filter { $0.hasPrefix("@@") }
        #expect(hunks.last == "@@ -15 +14 @@ b")
    }

    @Test("Half of a surrogate pair is found in any chunking", arguments: 1...40)
    func surrogate(_ chunk: Int) throws {
        let bytes = try bytes("surrogate.json")
        let error = #expect(throws: ConfigDumpError.self) {
            var builder = try ConfigDumpBuilder(source: "test")
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                try bytes[start..<min(bytes.count, start + chunk)].withUnsafeBytes {
                    try builder.append($0)
                }
            }
            return try builder.finish()
        }
        #expect(error?.code == .encoding)
        #expect(error?.offset == 24)
    }

    @Test("An entry that is not an object is told")
    func strayEntries() throws {
        let dump = try ConfigDump(bytes: bytes("stray-entries.json"))
        // A body that is not an object is kept and compared.
        #expect(dump.compared(.clusters).map(\.name) == ["", "a"])
        #expect(
            dump.irregularities.map(\.code) == [
                .missingBody, .missingBody, .missingBody, .misfit,
            ])
    }

    @Test("A cluster's type may be a number")
    func typeByNumber() throws {
        let dump = try ConfigDump(bytes: bytes("eds-by-number.json"))
        #expect(dump.compared(.endpoints).map(\.name) == ["a"])
    }
}

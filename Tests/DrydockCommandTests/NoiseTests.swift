import CorpusSupport
import Foundation
import Testing

/// What stands around a captured dump, and the forms in which people have one.
@Suite struct NoiseTests {
    /// The dump that the files of the folder hold, each in another wrapping.
    static let readable: [(file: String, warning: String)] = [
        ("leading-line.json", "skipped a line before the JSON: Defaulted container"),
        ("trailing-line.json", "skipped a line after the JSON: command terminated"),
        ("curl-i.json", "skipped 2 lines before the JSON: HTTP/1.1 200 OK"),
        ("utf8-bom.json", "skipped a byte order mark"), ("utf16.json", "read as UTF-16"),
        ("wrapper.json", "read the config dump inside of `config_dump`"),
        ("egctl.json", "read the config dump inside of `envoy-gateway-system.pod-1`"),
        ("configs-list.json", ""), ("dump.zip", ""), ("one.tar.gz", ""),
    ]

    private func path(_ file: String) -> String {
        Corpus.file("cases/15-noise/\(file)").path
    }

    @Test("It is read by every command, with a warning", arguments: readable)
    func read(file: String, warning: String) throws {
        let path = path(file)
        for arguments in [
            ["clusters", path], ["clusters", "-o", "json", path], ["listeners", path],
            ["canon", path, "listeners"], ["diff", "--kind", "clusters", path, path],
            ["trace", path, "http://x:8000/"],
        ] {
            let outcome = try Command.run(arguments)
            #expect(outcome.status == 0, "\(arguments): \(outcome.errorText)")
            #expect(!outcome.output.isEmpty)
            #expect(
                warning.isEmpty
                    ? outcome.errorText.isEmpty : outcome.errorText.contains(warning),
                "\(arguments): \(outcome.errorText)")
        }
        // An entry is found again where it stands.
        let json = try Command.run(["clusters", "-o", "json", path])
        #expect(json.text.contains(#""name": "web""#))
    }

    @Test("All of them hold the same", arguments: readable.map(\.file))
    func same(file: String) throws {
        let outcome = try Command.run([
            "diff", "--kind", "clusters,listeners", path("leading-line.json"), path(file),
        ])
        #expect(outcome.status == 0, "\(outcome.text)")
    }

    @Test("It is read from standard input and from a pipe, packed too")
    func piped() throws {
        let bytes = try Corpus.bytes(of: Corpus.file("cases/15-noise/leading-line.json"))
        for input in [bytes, try TarArchive.gzip(bytes)] {
            let outcome = try Command.run(["clusters", "-"], standardInput: input)
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("web "))
        }
        for file in ["wrapper.json", "dump.zip"] {
            let outcome = try Command.run(
                URL(fileURLWithPath: "/bin/bash"),
                [
                    "-c", #"exec "$0" clusters <(gzip -c "$1" | cat)"#,
                    try #require(Command.binary).path, path(file),
                ], environment: ["PATH": "/usr/bin:/bin"])
            #expect(outcome.status == 0, "\(outcome.errorText)")
        }
    }

    @Test(
        "What is no dump is named exactly",
        arguments: [
            ("dump.yaml", "YAML"), ("csds.json", "a client status (CSDS)"),
            ("listeners-admin.json", "Envoy's /listeners"),
            ("envoy-bootstrap-file.json", "an Envoy's bootstrap file"),
            ("discovery-response.json", "a DiscoveryResponse"),
        ])
    func named(file: String, words: String) throws {
        for arguments in [["clusters", path(file)], ["canon", path(file), "clusters"]] {
            let outcome = try Command.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
        }
    }

    @Test(
        "What is not noise is an error",
        arguments: [
            ("word\n{}", "text"), ("{}\nword", "more follows"), ("{} some words", "more follows"),
            ("{}\n{}", "more follows"), ("{}\n12 34", "more follows"), ("12 34\n{}", "text"),
        ])
    func refused(text: String, words: String) throws {
        let dump = #"{"configs": []}"#
        let files = try TemporaryDumps(contents: [
            Array(text.replacing("{}", with: dump).utf8)
        ])
        for arguments in [["clusters", files.paths[0]], ["canon", files.paths[0], "clusters"]] {
            let outcome = try Command.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
        }
    }

    @Test("Two dumps in one file, and an archive of several, are refused")
    func several() throws {
        let dump =
            #"{"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump"}]}"#
        let files = try TemporaryDumps(contents: [
            Array(#"{"ns": {"a": \#(dump), "b": \#(dump)}}"#.utf8)
        ])
        let outcome = try Command.run(["canon", files.paths[0], "clusters"])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("a second config dump begins in ns.b"))
        var archive = TarArchive()
        archive.add("a.json", Array(dump.utf8))
        archive.add("b.json", Array(dump.utf8))
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.finished, to: "two.tar")
        let packed = try Command.run(["clusters", path])
        #expect(packed.status == 2)
        #expect(packed.errorText.contains("several captures, such as a.json and b.json"))
    }

    @Test("Lists of resources as -o json prints them can be compared, and nothing else")
    func lists() throws {
        let dump = Corpus.file("pairs/stale/config_dump.json").path
        let folder = try TemporaryFolder()
        for kind in ["clusters", "listeners", "routes"] {
            let json = try Command.run([kind, "-o", "json", dump])
            let path = try folder.write(json.output, to: "\(kind).json")
            let changed = json.text.replacing("10s", with: "11s").replacing(
                "9080", with: "9081")
            let other = try folder.write(Array(changed.utf8), to: "\(kind)-other.json")
            #expect(try Command.run(["diff", "--kind", kind, path, path]).status == 0)
            #expect(try Command.run(["diff", "--kind", kind, path, other]).status == 1, "\(kind)")
            let table = try Command.run([kind, path])
            #expect(table.status == 2)
            #expect(table.errorText.contains("-o json"), "\(table.errorText)")
            #expect(try Command.run(["trace", path, "http://x/"]).status == 2)
        }
    }
}

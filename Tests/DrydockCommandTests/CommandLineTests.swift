import CorpusSupport
import Foundation
import Testing

/// The command as people and scripts call it.
@Suite struct CommandLineTests {
    private func pair() throws -> (from: String, to: String) {
        let folder = try Corpus.folder("lab/b_stale_sotw")
        return (
            folder.appendingPathComponent("all.istiod_config_dump.json").path,
            folder.appendingPathComponent("config_dump.json").path
        )
    }

    @Test(
        "Help goes to standard output, with examples",
        arguments: [["--help"], ["diff", "--help"], ["canon", "-h"]])
    func help(_ arguments: [String]) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("Example"))
        #expect(outcome.errors.isEmpty)
        for line in outcome.lines { #expect(line.count <= 100, "\(line)") }
    }

    @Test(
        "A command line that cannot be meant is trouble, said in one line",
        arguments: [
            [], ["frobnicate"], ["diff"], ["diff", "a"], ["diff", "a", "b", "c"],
            ["diff", "--bogus", "a", "b"],
            ["diff", "--kind", "pods", "a", "b"], ["diff", "--kind", "", "a", "b"],
            ["diff", "--context", "-1", "a", "b"], ["diff", "--color", "red", "a", "b"],
            ["diff", "--output", "xml", "a", "b"], ["diff", "--output"], ["canon", "a"],
            ["canon", "a", "pods"], ["canon", "--max-depth", "x", "a", "clusters"],
        ])
    func usage(_ arguments: [String]) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.hasPrefix("drydock: "))
        #expect(outcome.errorText.split(separator: "\n").count == 1)
    }

    @Test("A third file is not passed over: only a bundle takes three names")
    func thirdFile() throws {
        let pair = try pair()
        let outcome = try Command.run(["diff", pair.from, pair.to, pair.to])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("not a bundle"))
    }

    @Test(
        "With JSON output an error is JSON, wherever it comes from",
        arguments: [
            (["diff", "a", "--output", "json"], "usage"),
            (["diff", "-o", "json", "--bogus"], "usage"),
            (["diff", "/nowhere", "/nowhere", "--output=json"], "io"),
        ])
    func errorsAsJSON(_ arguments: [String], _ code: String) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 2)
        let report = try JSONSerialization.jsonObject(with: Data(outcome.errors)) as? [String: Any]
        #expect((report?["error"] as? [String: Any])?["code"] as? String == code)
    }

    @Test("Quiet prints nothing, and the exit status tells; trouble is still said")
    func quiet() throws {
        let pair = try pair()
        let differing = try Command.run(["diff", "-q", pair.from, pair.to])
        #expect(differing.status == 1)
        #expect(differing.output.isEmpty)
        #expect(differing.errors.isEmpty)
        let same = try Command.run(["diff", "--quiet", pair.to, pair.to])
        #expect(same.status == 0)
        #expect(same.output.isEmpty)
        let trouble = try Command.run(["diff", "-q", "--name", "nobody", pair.from, pair.to])
        #expect(trouble.status == 2)
        #expect(trouble.errorText.contains("nobody"))
    }

    @Test("Colour is on when asked for, off in a pipe and by NO_COLOR")
    func colour() throws {
        let pair = try pair()
        let plain = try Command.run(["diff", pair.from, pair.to])
        #expect(!plain.text.contains("\u{1B}"))
        let coloured = try Command.run(
            ["diff", "--color", "always", pair.from, pair.to], environment: ["NO_COLOR": "1"])
        #expect(coloured.text.contains("\u{1B}[32m+"))
        #expect(coloured.text.replacing(/\u{1B}\[\d*m/, with: "") == plain.text)
        let never = try Command.run(["diff", "--color=never", pair.from, pair.to])
        #expect(never.output == plain.output)
    }

    @Test("Standard input and compressed files are read as they are", arguments: ["gzip", "xz"])
    func compressed(_ tool: String) throws {
        let pair = try pair()
        let expected = try Command.run(["diff", pair.from, pair.to])
        let packed = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"), [tool, "-c", pair.to],
            environment: ["PATH": "/usr/bin:/bin"])
        let file = try TemporaryDumps(contents: [packed.output])
        #expect(try Command.run(["diff", pair.from, file.paths[0]]).output == expected.output)
        let piped = try Command.run(["diff", pair.from, "-"], standardInput: packed.output)
        #expect(piped.output == expected.output)
        let plain = try Command.run(
            ["diff", pair.from, "-"],
            standardInput: try Corpus.bytes(of: URL(fileURLWithPath: pair.to)))
        #expect(plain.output == expected.output)
    }

    @Test("A compressed file that is cut off or holds no dump is an error")
    func brokenCompression() throws {
        let pair = try pair()
        let packed = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-c", pair.to],
            environment: ["PATH": "/usr/bin:/bin"])
        let nothing = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-c"],
            standardInput: Array("hello".utf8), environment: ["PATH": "/usr/bin:/bin"])
        let files = try TemporaryDumps(contents: [
            Array(packed.output.prefix(3000)), nothing.output,
        ])
        let cut = try Command.run(["canon", files.paths[0], "clusters"])
        #expect(cut.status == 2)
        #expect(cut.output.isEmpty)
        let text = try Command.run(["canon", files.paths[1], "clusters"])
        #expect(text.status == 2)
        #expect(text.errorText.contains("hello"))
    }

    @Test("The labels, the names and the kinds are the user's")
    func options() throws {
        let pair = try pair()
        let outcome = try Command.run([
            "diff", "--from-label", "yesterday", "--to-label", "today", "--kind", "routes,clusters",
            "--name", "details", pair.from, pair.to,
        ])
        #expect(outcome.status == 1)
        #expect(outcome.lines.first?.hasPrefix("Routes Match") == true)
        #expect(outcome.lines.contains("--- yesterday Clusters"))
        #expect(outcome.lines.contains("+++ today Clusters"))
        #expect(!outcome.text.contains("newsvc"))
        let none = try Command.run(["diff", "--name", "no such name", pair.from, pair.to])
        #expect(none.status == 2)
    }

    @Test("The routes' time is in the user's zone")
    func zone() throws {
        let pair = try pair()
        let india = try Command.run(
            ["diff", "--kind", "routes", pair.to, pair.to], environment: ["TZ": "IST-5:30"])
        let utc = try Command.run(["diff", "--kind", "routes", pair.to, pair.to])
        #expect(utc.text.hasSuffix(" UTC)\n"))
        #expect(india.text.hasSuffix(" IST)\n"))
    }

    @Test("A reader that goes away ends the command in silence")
    func brokenPipe() throws {
        let pair = try pair()
        let binary = try #require(Command.binary?.path)
        let outcome = try Command.run(
            URL(fileURLWithPath: "/bin/sh"),
            [
                "-c", "\"$0\" diff --context 100000 \"$1\" \"$2\" | head -n 1", binary, pair.from,
                pair.to,
            ])
        #expect(outcome.text == "Clusters Don't Match\n")
        #expect(outcome.errors.isEmpty)
    }

    @Test("A full disk is an error")
    func fullDisk() throws {
        let pair = try pair()
        let binary = try #require(Command.binary?.path)
        let outcome = try Command.run(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", "\"$0\" canon \"$1\" clusters > /dev/full", binary, pair.to])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("standard output"))
    }

    @Test("The JSON has the keys of the contract")
    func contract() throws {
        let pair = try pair()
        let report = try Command.run(["diff", "-o", "json", pair.from, pair.to]).json()
        #expect(Set(report.keys) == ["match", "from", "to", "sections", "notes"])
        #expect((report["from"] as? [String: String]) == ["label": "Istiod", "file": pair.from])
        let sections = try #require(report["sections"] as? [[String: Any]])
        #expect(
            sections.compactMap { $0["kind"] as? String } == ["clusters", "listeners", "routes"])
        for section in sections {
            #expect(
                Set(section.keys) == [
                    "kind", "match", "same", "missingIn", "onlyFrom", "onlyTo", "changed", "notes",
                    "groups",
                ])
            for resource in section["changed"] as? [[String: Any]] ?? [] {
                #expect(Set(resource.keys) == ["name", "changes", "notes"])
                for change in resource["changes"] as? [[String: Any]] ?? [] {
                    #expect(change["path"] is String)
                    #expect(Set(change.keys).isSubset(of: ["path", "from", "to"]))
                    #expect(change.count >= 2)
                }
            }
        }
    }

    @Test("A section that one side lacks is said, not diffed")
    func missingSection() throws {
        let pair = try pair()
        let part = try TemporaryDumps([
            #"{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump"}"#
        ])
        let outcome = try Command.run([
            "diff", "--kind", "clusters,routes", pair.from, part.paths[0],
        ])
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("0.json's dump has no RoutesConfigDump"))
        #expect(!outcome.text.contains("+++ 0.json Routes"))
        let report = try DiffReport(
            try Command.run(["diff", "--kind", "routes", "-o", "json", pair.from, part.paths[0]])
                .output)
        #expect(report["routes"]?.missingIn == ["to"])
        #expect(report["routes"]?.notes.map(\.kind) == ["missing-section"])
        let ecds = try Command.run(["diff", "--kind", "ecds", pair.from, part.paths[0]])
        #expect(ecds.status == 0)
    }

    @Test("Nesting up to the limit is compared, deeper is refused", arguments: [1900, 2100])
    func depth(_ depth: Int) throws {
        let dump = { (value: String) in
            let nested =
                String(repeating: "[", count: depth) + value
                + String(repeating: "]", count: depth)
            return
                #"{"@type": "x/envoy.admin.v3.ClustersConfigDump", "dynamicActiveClusters": [{"cluster": {"#
                + #""@type": "x/envoy.config.cluster.v3.Cluster", "name": "a", "metadata": {"filterMetadata": "#
                + #"{"x": {"y": \#(nested)}}}}}]}"#
        }
        let files = try TemporaryDumps([dump("1"), dump("2")])
        let outcome = try Command.run(
            ["diff", "--kind", "clusters", "--max-depth", "2048"] + files.paths)
        #expect(outcome.status == (depth < 2048 ? 1 : 2))
        #expect(try Command.run(["diff", "--max-depth", "100000"] + files.paths).status == 2)
    }
}

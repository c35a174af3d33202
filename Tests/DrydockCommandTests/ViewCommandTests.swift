import CorpusSupport
import Foundation
import Testing

/// The views' command line.
@Suite struct ViewCommandTests {
    static func dump() throws -> String {
        try Corpus.folder("istiod/in_sync").appendingPathComponent(
            "pairs/reviews-v2-6f85cb9b7c-4gd2b/config_dump_eds.json"
        ).path
    }

    @Test(
        "A view has istioctl's names",
        arguments: [
            ("clusters", ["cluster", "c"]), ("listeners", ["listener", "l"]),
            ("routes", ["route", "r"]), ("endpoints", ["endpoint", "ep", "eds"]),
            ("secrets", ["secret", "s"]), ("bootstrap", ["b"]), ("all", ["a"]),
        ])
    func names(view: String, others: [String]) throws {
        let time = ["secrets", "all"].contains(view) ? ["--at", "2026-11-24T00:00:00Z"] : []
        let expected = try Command.run([view, Self.dump()] + time)
        #expect(expected.status == 0 && !expected.output.isEmpty)
        for other in others {
            #expect(try Command.run([other, Self.dump()] + time).output == expected.output)
        }
    }

    @Test("The file may be named as istioctl has it, come packed or on standard input")
    func files() throws {
        let expected = try Command.run(["clusters", Self.dump()]).output
        #expect(try Command.run(["clusters", "-f", Self.dump()]).output == expected)
        #expect(try Command.run(["clusters", "--file", Self.dump()]).output == expected)
        let bytes = try Corpus.bytes(of: URL(fileURLWithPath: Self.dump()))
        #expect(try Command.run(["clusters", "-"], standardInput: bytes).output == expected)
        let packed = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-c", Self.dump()],
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(
            try Command.run(["clusters", "-"], standardInput: packed.output).output == expected)
        let file = try TemporaryDumps(contents: [packed.output])
        #expect(try Command.run(["clusters", file.paths[0]]).output == expected)
    }

    @Test(
        "A filter that nothing matches prints the header and says so; status 0",
        arguments: [
            ["clusters", "--fqdn", "nowhere"], ["listeners", "--port", "1"],
            ["routes", "--name", "nowhere"], ["endpoints", "--cluster", "nowhere"],
        ])
    func nothingMatches(arguments: [String]) throws {
        let outcome = try Command.run(arguments + [Self.dump()])
        #expect(outcome.status == 0)
        #expect(outcome.lines.count == 2 && outcome.lines.last == "")
        #expect(outcome.errorText.contains("no \(arguments[0]) match the filter"))
        let json = try Command.run(arguments + ["-o", "json", Self.dump()])
        #expect(json.status == 0)
        #expect(json.text == "[]\n")
    }

    @Test("A table of everything that is there says nothing but when certificates are judged")
    func quiet() throws {
        let outcome = try Command.run(["all", Self.dump()])
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        #expect(outcome.errorText.contains("VALID CERT as of 2026-11-23T18:15:15Z"))
        let chosen = try Command.run(["all", "--at", "2026-11-23T18:16:00Z", Self.dump()])
        #expect(chosen.errorText == "")
    }

    @Test(
        "A command line that cannot be meant is an error",
        arguments: [
            ["clusters"], ["clusters", "a", "b"], ["clusters", "--port", "x", "f"],
            ["clusters", "--port", "65536", "f"], ["listeners", "--verbose=maybe", "f"],
            ["clusters", "-o", "xml", "f"], ["secrets", "--at", "yesterday", "f"],
            ["routes", "--fqdn", "a", "f"], ["clusters", "--max-depth", "0", "f"],
        ])
    func usage(arguments: [String]) throws {
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.text == "")
        #expect(outcome.errorText.hasPrefix("drydock: "))
    }

    @Test("An error is JSON where the output was to be", arguments: ["json", "short"])
    func errors(output: String) throws {
        let dumps = try TemporaryDumps(contents: [Array("{\"configs\": [}".utf8)])
        let outcome = try Command.run(["routes", "-o", output, dumps.paths[0]])
        #expect(outcome.status == 2)
        #expect(outcome.text == "")
        if output == "json" {
            let error = try PlainJSON(outcome.errors)["error"]
            #expect(error?["code"]?.text == "json-syntax")
            #expect(error?["line"] == .number("1"))
        } else {
            #expect(outcome.errorText.contains("\(dumps.paths[0]):1:"))
        }
    }

    @Test(
        "Every view explains itself",
        arguments: [
            "clusters", "listeners", "routes", "endpoints", "secrets", "bootstrap", "ecds", "all",
        ])
    func help(view: String) throws {
        let outcome = try Command.run([view, "--help"])
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix("Usage: drydock \(view) [OPTIONS] FILE"))
        #expect(outcome.lines.allSatisfy { $0.count <= 100 })
    }

    @Test("all as JSON has each view's own JSON under its name")
    func allAsJSON() throws {
        let all = try PlainJSON(Command.run(["all", "-o", "json", Self.dump()]).output)
        #expect(
            all.members.map(\.key) == [
                "bootstrap", "clusters", "ecds", "endpoints", "listeners", "routes", "secrets",
            ])
        for member in all.members {
            let own = try Command.run([member.key, "-o", "json", Self.dump()])
            #expect(try PlainJSON(own.output) == member.value, "\(member.key)")
        }
    }
}

import CorpusSupport
import Foundation
import Testing

/// Small inputs that a trace once answered wrongly, each with neighbours.
@Suite struct TraceCaseTests {
    private static func path(_ file: String) -> String { Corpus.file("cases/\(file)").path }

    @Test("Numbers that no sum should take are answered, not computed with")
    func arithmetic() throws {
        for file in ["weights", "hops", "nan"] {
            let outcome = try Command.run(
                ["trace", Self.path("22-arithmetic/\(file).json"), "http://x:8080/"])
            #expect(outcome.status < 2, "\(file): \(outcome.errorText)")
            #expect(!outcome.output.isEmpty)
        }
    }

    @Test(
        "Every number of a dump replaced by an extreme one ends in an answer",
        arguments: [
            "9223372036854775807", "-9223372036854775808", "1e400", "-1", "0", "\"NaN\"", "1.5",
            "18446744073709551615",
        ])
    func extremes(number: String) throws {
        var texts: [String] = []
        for file in ["weights", "hops", "nan"] {
            let bytes = try Corpus.bytes(of: Corpus.file("cases/22-arithmetic/\(file).json"))
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        let gateway = try Corpus.folder("istiod/trace").appendingPathComponent("bug-report.tar.gz")
        #expect(FileManager.default.fileExists(atPath: gateway.path))
        for text in texts {
            let changed = text.replacing(#/: -?[0-9]+([,}\]])/#) { ": \(number)\($0.output.1)" }
            let files = try TemporaryDumps(contents: [Array(changed.utf8)])
            for command in [
                ["trace", "--explain", files.paths[0], "http://x:8080/"],
                ["listeners", files.paths[0]], ["endpoints", files.paths[0]],
            ] {
                let outcome = try Command.run(command)
                #expect((0...2).contains(outcome.status), "\(command) \(number)")
            }
        }
    }

    @Test("Where the listener of all connections was rejected, that is why")
    func rejectedListener() throws {
        let dump = Self.path("13-rejected-listener/dump.json")
        let inbound = try Command.run(["trace", "--direction", "inbound", dump, "http://x:8083/"])
        #expect(inbound.status == 1)
        #expect(inbound.text.contains("virtualInbound"))
        #expect(inbound.text.contains("reason: is required"))
        let json = try Command.run(
            ["trace", "--direction", "inbound", "-o", "json", dump, "http://x:8083/"])
        let report = try json.json()
        #expect(report["outcome"] as? String == "noListener")
        let notes = try #require(report["notes"] as? [[String: Any]])
        #expect(notes.contains { $0["kind"] as? String == "rejected" })
        // The other direction is not affected.
        let outbound = try Command.run(["trace", dump, "http://x:8083/"])
        #expect(!outbound.text.contains("virtualInbound"))
    }

    @Test("A dump without sections has nothing to trace", arguments: ["{}", #"{"configs": []}"#])
    func nothing(dump: String) throws {
        let files = try TemporaryDumps(contents: [Array(dump.utf8)])
        let outcome = try Command.run(["trace", files.paths[0], "http://x/"])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("nothing to trace"))
    }
}

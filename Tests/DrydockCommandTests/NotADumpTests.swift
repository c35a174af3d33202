import CorpusSupport
import Foundation
import Testing

/// What is captured in place of a dump: a clear error, exit status 2, nothing on standard output.
@Suite struct NotADumpTests {
    struct Capture: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var code: String
        /// Words that the error must have.
        var words: [String]

        init(_ what: String, _ text: String, _ code: String, _ words: [String]) {
            testDescription = what
            bytes = Array(text.utf8)
            self.code = code
            self.words = words
        }
    }

    static let captures: [Capture] = [
        Capture("an empty file", "", "not-a-dump", ["empty"]),
        Capture("white space", " \n\n", "not-a-dump", ["empty"]),
        Capture(
            "a 404's body", "invalid path. admin commands are:\n  /: x", "not-a-dump",
            ["invalid path"]),
        Capture("a page", "<!DOCTYPE html><html>login</html>", "not-a-dump", ["page"]),
        Capture(
            "a type that Envoy lacks",
            "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: could not find "
                + "@type 'type.googleapis.com/stats.PluginConfig'", "unprintable-dump",
            ["stats.PluginConfig", "config_dump?resource=dynamic_active_clusters"]),
        Capture(
            "NaN in a Struct",
            "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: google.protobuf.Value "
                + "cannot encode double values for nan, because it would be parsed as a string",
            "unprintable-dump", ["cannot encode double values for nan", "config_dump?resource="]),
        Capture(
            "a redacted Any in an Any",
            "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: @type must contain "
                + "at least one / and a nonempty host; got: [redacted]", "unprintable-dump",
            ["@type must contain", "[redacted]"]),
        Capture(
            "another answer of Envoy", #"{"version": "x", "state": "LIVE"}"#, "not-a-dump",
            ["/server_info", "drydock bootstrap"]),
        Capture("JSON of another kind", #"{"colour": "x"}"#, "not-a-dump", ["`colour`"]),
        Capture("a list", "[]", "not-a-dump", ["configs"]),
        Capture("a number", "5", "not-a-dump", ["5"]),
        Capture("configs that are no list", #"{"configs": {"a": 1}}"#, "not-a-dump", ["configs"]),
        Capture("a section that is none", #"{"configs": [1]}"#, "not-a-dump", ["section"]),
        Capture("a stop in the middle", #"{"configs": [{"@type": "#, "json-syntax", ["cut off"]),
    ]

    @Test("It is told what it is", arguments: captures)
    func told(_ capture: Capture) throws {
        let files = try TemporaryDumps(contents: [capture.bytes])
        for arguments in [
            ["canon", files.paths[0], "clusters"], ["diff", files.paths[0], files.paths[0]],
        ] {
            let outcome = try Command.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errorText.hasPrefix("drydock: \(files.paths[0])"))
            for word in capture.words { #expect(outcome.errorText.contains(word)) }
        }
    }

    @Test("The JSON of an error has its code", arguments: captures)
    func toldAsJSON(_ capture: Capture) throws {
        let files = try TemporaryDumps(contents: [capture.bytes])
        let outcome = try Command.run(["diff", files.paths[0], files.paths[0], "-o", "json"])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        let report = try JSONSerialization.jsonObject(with: Data(outcome.errors)) as? [String: Any]
        let error = try #require(report?["error"] as? [String: Any])
        #expect(error["code"] as? String == capture.code)
        #expect(error["file"] as? String == files.paths[0])
        #expect(error["message"] as? String != "")
    }

    @Test("A captured dump that is cut off anywhere is an error with its place")
    func cutOff() throws {
        let dump = try Corpus.bytes(
            of: Corpus.folder("lab/c_nack_endpoint_sotw").appendingPathComponent("config_dump.json")
        )
        for count in stride(from: 1, to: dump.count - 3, by: dump.count / 40) {
            let files = try TemporaryDumps(contents: [Array(dump[..<count])])
            let outcome = try Command.run(["diff", files.paths[0], files.paths[0], "-o", "json"])
            #expect(outcome.status == 2, "\(count)")
            #expect(outcome.output.isEmpty, "\(count)")
            let report =
                try JSONSerialization.jsonObject(with: Data(outcome.errors)) as? [String: Any]
            let error = try #require(report?["error"] as? [String: Any])
            #expect(error["code"] as? String == "json-syntax", "\(count)")
            #expect(error["byte"] as? Int == count, "\(count)")
        }
    }

    @Test("Nothing to compare is not «the same»")
    func nothingToCompare() throws {
        let files = try TemporaryDumps(contents: [
            Array("{}".utf8), Array(#"{"configs": []}"#.utf8),
        ])
        let outcome = try Command.run(["diff"] + files.paths)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("nothing to compare"))
    }

    @Test("A file that is not there, a folder, two standard inputs")
    func files() throws {
        let missing = try Command.run(["canon", "/nowhere/dump.json", "clusters"])
        #expect(missing.status == 2)
        #expect(missing.errorText == "drydock: /nowhere/dump.json: No such file or directory\n")
        let folder = try Command.run(["canon", "/", "clusters"])
        #expect(folder.status == 2)
        #expect(folder.errorText == "drydock: /: Is a directory\n")
        #expect(try Command.run(["diff", "-", "-"]).status == 2)
    }
}

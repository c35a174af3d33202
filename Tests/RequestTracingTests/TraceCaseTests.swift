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

    // MARK: - Listeners that are not in use

    private static func listener(_ name: String, port: Int, _ fields: String = "") -> String {
        let more = fields.isEmpty ? "" : ", \(fields)"
        return
            #"{"@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "\#(name)", "#
            + #""address": {"socket_address": {"address": "0.0.0.0", "port_value": \#(port)}}\#(more)}"#
    }

    private static func dump(_ entries: String...) -> String {
        #"{"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "dynamic_listeners": [\#(entries.joined(separator: ", "))]}"#
    }

    @Test("A listener of another name that takes inbound connections, rejected or in warming")
    func otherEntries() throws {
        let listener = Self.listener("in", port: 15006, #""traffic_direction": "INBOUND""#)
        let rejected =
            #"{"name": "in", "error_state": {"failed_configuration": \#(listener), "details": "no such filter"}}"#
        let warming = #"{"name": "in", "warming_state": {"listener": \#(listener)}}"#
        for (entry, words) in [
            (rejected, ["Envoy rejected it", "no such filter"]), (warming, ["waits in warming"]),
        ] {
            let files = try TemporaryDumps([Self.dump(entry)])
            let outcome = try Command.run(
                ["trace", "--direction", "inbound", files.paths[0], "http://x:8083/"])
            #expect(outcome.status == 1)
            for text in words { #expect(outcome.text.contains(text), "\(outcome.text)") }
        }
    }

    @Test("A gateway's rejected listener is the reason, also where its address is not told")
    func gateway() throws {
        let failed = #""failed_configuration": \#(Self.listener("web", port: 8080)), "#
        for configuration in [failed, ""] {
            let files = try TemporaryDumps([
                Self.dump(
                    #"{"name": "web", "error_state": {\#(configuration)"details": "no such filter"}}"#
                )
            ])
            let outcome = try Command.run(
                ["trace", "--direction", "gateway", files.paths[0], "http://x:8080/"])
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("listener web was rejected by Envoy"))
            #expect(outcome.text.contains("no such filter"))
        }
    }

    // MARK: - Bundles and options

    @Test("An unreadable /clusters of a bundle takes nothing from the trace")
    func unreadableHosts() throws {
        let folder = try TemporaryFolder()
        let dump = try Corpus.bytes(of: Corpus.file("cases/22-arithmetic/weights.json"))
        try folder.write(dump, to: "proxies/demo/shop-1/config_dump")
        try folder.write(Array("no healthy upstream\n".utf8), to: "proxies/demo/shop-1/clusters")
        let outcome = try Command.run(
            ["trace", folder.url.path, "shop-1.demo", "http://x:8080/"])
        let alone = try Command.run(
            ["trace", Self.path("22-arithmetic/weights.json"), "http://x:8080/"])
        #expect(outcome.status == alone.status)
        #expect(outcome.text == alone.text)
        #expect(outcome.errorText.contains("no healthy upstream"))
        #expect(outcome.errorText.contains("are those of the dump"))
    }

    @Test(
        "A dump of a bundle that cannot be read, or is not there, is exit 2 and says why",
        arguments: [
            (
                "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: could not find "
                    + "@type 'type.googleapis.com/a.B'", "it lacks the type a.B"
            ),
            (#"{"workloads": {}, "services": {}}"#, "a ztunnel's config dump"),
            (nil, "holds no dump of shop-1.demo"),
        ] as [(String?, String)])
    func unreadableDump(dump: String?, words: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(
            Array("a::observability_name::a\n".utf8), to: "proxies/demo/shop-1/clusters")
        if let dump { try folder.write(Array(dump.utf8), to: "proxies/demo/shop-1/config_dump") }
        let outcome = try Command.run(["trace", folder.url.path, "shop-1.demo", "http://x:8080/"])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
    }

    @Test(
        "Options that take one of a few words refuse others",
        arguments: [
            ("--direction", "sideways", "outbound, inbound or gateway"),
            ("--protocol", "ftp", "http, https or tcp"), ("--http", "3", "1.0, 1.1 or 2"),
            ("--output", "yaml", "text or json"), ("--direction", "", "outbound"),
        ])
    func words(option: String, word: String, listed: String) throws {
        let outcome = try Command.run(
            ["trace", option, word, Self.path("22-arithmetic/weights.json"), "http://x:8080/"])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("\(option) \(word): expected"))
        #expect(outcome.errorText.contains(listed))
    }
}

import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import Testing

/// Each length at which the sources do something else, from both sides.
@Suite struct ThresholdTests {
    /// Around a hash's words, the shortest key (100), a snippet's window (256), what is sniffed
    /// (64 kB), what the parser takes at once (128 kB), what is read at once (256 kB), and beyond.
    static let lengths = [15, 16, 99, 100, 101, 255, 256, 257]
    static let longLengths = [
        (64 << 10) - 1, 64 << 10, (128 << 10) - 1, 128 << 10, (128 << 10) + 1, 256 << 10, 512 << 10,
        (4 << 20) + 1,
    ]

    private func check(_ original: PlainJSON, seed: UInt64) throws {
        var respelling = Respelling(seed: seed)
        let from = try ConfigDump(bytes: original.bytes, source: "from")
        let to = try ConfigDump(bytes: respelling.dump(original).bytes, source: "to")
        let comparison = try Comparison(
            from: from, to: to, options: .init(kinds: [.clusters, .listeners, .routes]))
        #expect(!comparison.isEmpty)
        for section in comparison.sections {
            let isMatch = section.isMatch
            #expect(isMatch, "\(section.kind)")
            for pair in section.pairs {
                let old = try from.canonicalValue(of: #require(pair.from))
                let new = try to.canonicalValue(of: #require(pair.to))
                // The fingerprints and the trees agree.
                let isSame = old == new
                #expect(isSame)
                #expect(pair.from?.fingerprint == pair.to?.fingerprint)
            }
        }
    }

    @Test("A dump with strings of any length equals itself otherwise spelled", arguments: lengths)
    func stretched(_ length: Int) throws {
        let file = try Corpus.folder("lab/a_insync_sotw").appendingPathComponent("config_dump.json")
        let original = try PlainJSON(Corpus.bytes(of: file))
        try check(Respelling.stretched(original, to: length), seed: UInt64(length))
    }

    private static func route(_ length: Int, _ suffixes: [String]) -> String {
        let hosts = suffixes.map { suffix in
            let name = String(repeating: "v", count: length - 1) + suffix
            return #"{"name": "\#(name)", "domains": ["\#(suffix)"]}"#
        }.joined(separator: ",\n  ")
        return #"""
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump",
            "dynamic_route_configs": [{"route_config": {
            "@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration", "name": "80",
            "virtual_hosts": [\#(hosts)]}}]}]}
            """#
    }

    @Test("Virtual hosts with long names have no order", arguments: longLengths)
    func longNames(_ length: Int) throws {
        try check(PlainJSON(Array(Self.route(length, ["a", "b"]).utf8)), seed: 1)
        let from = try ConfigDump(bytes: Array(Self.route(length, ["a", "b"]).utf8))
        let to = try ConfigDump(bytes: Array(Self.route(length, ["b", "c"]).utf8))
        #expect(try !Comparison(from: from, to: to, options: .init(kinds: [.routes])).isMatch)
    }

    @Test(
        "A file of any length is read as its bytes are",
        arguments: [
            (128 << 10) - 1, 128 << 10, (128 << 10) + 1, (256 << 10) - 1, 256 << 10,
            (256 << 10) + 1,
        ])
    func fileLengths(_ length: Int) throws {
        let text = Self.route(100, ["a", "b"])
        // White space before the document, after it, and a long string in it.
        let padding = String(repeating: " ", count: length - text.utf8.count)
        let long = Self.route(length - text.utf8.count, ["a"])
        for content in [padding + text, text + padding, long] {
            let bytes = Array(content.utf8)
            let folder = try TemporaryFolder()
            let path = try folder.write(bytes, to: "dump.json")
            let read = try ConfigDump(contentsOfFile: path)
            let given = try ConfigDump(bytes: bytes)
            #expect(read.resources == given.resources)
            let resource = try #require(read.resources.first)
            let isSame = try read.canonicalValue(of: resource) == given.canonicalValue(of: resource)
            #expect(isSame)
        }
    }

    @Test(
        "White space before a dump is passed over, however much",
        arguments: [(64 << 10) - 1, 64 << 10, (64 << 10) + 1, 8 << 20])
    func leadingSpace(_ length: Int) throws {
        let space = [UInt8](repeating: 0x20, count: length)
        let dump = try ConfigDump(bytes: space + Array(Self.route(5, ["a"]).utf8))
        #expect(dump.resources.count == 1)
        #expect(try dump.canonicalValue(of: #require(dump.resources.first))["name"] != nil)
    }

    @Test(
        "A private key is redacted from the shortest on", arguments: [96, 99, 100, 101, 119, 4096])
    func keys(_ length: Int) throws {
        let begin = "-----BEGIN PRIVATE KEY-----"
        let end = "-----END PRIVATE KEY-----"
        let body = String(repeating: "Q", count: length - begin.count - end.count)
        let dump = try ConfigDump(
            bytes: Array(
                #"""
                {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
                "dynamic_active_clusters": [{"cluster": {
                "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a",
                "alt_stat_name": "\#(begin)\#(body)\#(end)"}}]}]}
                """#.utf8))
        let value = try dump.canonicalValue(of: #require(dump.resources.first))
        // What is shorter than any key that is in use holds none.
        let isRedacted = value["altStatName"]?.stringValue == "[redacted]"
        #expect(isRedacted == (length >= 100))
    }
}

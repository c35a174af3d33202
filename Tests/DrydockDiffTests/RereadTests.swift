import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import StrictJSON
import Testing

/// A dump's file is read again where a resource is asked for: it may have changed.
@Suite struct RereadTests {
    private static func dump(_ timeout: String) -> [UInt8] {
        Array(
            #"""
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
            "dynamic_active_clusters": [{"cluster": {
            "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a",
            "connect_timeout": "\#(timeout)"}}]}]}
            """#.utf8)
    }

    @Test(
        "A file that was written meanwhile is said, not read as if nothing were",
        arguments: ["other", "short", "broken"])
    func changed(_ how: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.dump("10s"), to: "dump.json")
        let dump = try ConfigDump(contentsOfFile: path)
        let resource = try #require(dump.resources.first)
        // In place: the descriptor stays that of this file.
        let handle = try #require(FileHandle(forWritingAtPath: path))
        switch how {
        case "other": try handle.write(contentsOf: Data(Self.dump("77s")))
        case "short": try handle.truncate(atOffset: 100)
        default: try handle.write(contentsOf: Data(repeating: 0x7B, count: 300))
        }
        try handle.close()
        let error = #expect(throws: ConfigDumpError.self) {
            try dump.canonicalValue(of: resource)
        }
        #expect(error?.message.contains("a changed since it was indexed") == true)
        #expect(error?.line == nil)
        #expect(throws: ConfigDumpError.self) {
            try Comparison(
                from: dump, to: ConfigDump(bytes: Self.dump("3s")),
                options: .init(kinds: [.clusters]))
        }
    }

    @Test("An open file can be read twice, also by several tasks")
    func twice() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.dump("10s"), to: "dump.json")
        let file = try InputFile(path: path)
        #expect(try ConfigDump(file).resources.count == 1)
        #expect(try ConfigDump(file).resources.count == 1)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try ConfigDump(file).resources.count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 1, count: 8))
    }

    @Test("A descriptor that does not stand at the beginning is read from where it stands")
    func offset() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("a header\n".utf8) + Self.dump("10s"), to: "dump.json")
        let handle = try #require(FileHandle(forReadingAtPath: path))
        try handle.seek(toOffset: 9)
        let dump = try ConfigDump(InputFile(descriptor: handle.fileDescriptor, name: "dump"))
        let value = try dump.canonicalValue(of: #require(dump.resources.first))
        #expect(value["connectTimeout"]?.stringValue == "10s")
        try handle.close()
    }

    @Test("A defect's place is told in a file that arrives in any chunks", arguments: [1, 7, 4096])
    func defects(_ chunk: Int) throws {
        let bytes = Array(
            String(decoding: Self.dump("1s"), as: UTF8.self)
                .replacing(#""name": "a","#, with: #""name": "a", "name": "b","#).utf8)
        var builder = try ConfigDumpBuilder(source: "test")
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try bytes[start..<min(bytes.count, start + chunk)].withUnsafeBytes {
                try builder.append($0)
            }
        }
        let dump = try builder.finish()
        let defect = try #require(dump.defects.first)
        #expect(defect.name == "a")
        #expect(defect.error.line == 3)
        #expect(defect.error.column == 83)
        #expect(dump.resources.map(\.name) == ["a"])
    }
}

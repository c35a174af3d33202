import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import StrictJSON
import SupportBundles
import Testing

/// What a dump keeps of its file, and what comes of it where the file changes.
@Suite struct RetentionTests {
    private static func text(_ timeout: String, name: String = "a") -> [UInt8] {
        Array(
            #"""
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
            "dynamic_active_clusters": [{"cluster": {
            "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "\#(name)",
            "connect_timeout": "\#(timeout)"}}]}]}
            """#.utf8)
    }

    private func timeout(_ dump: ConfigDump) throws -> String? {
        try dump.canonicalValue(of: #require(dump.resources.first))["connectTimeout"]?.stringValue
    }

    @Test("A dump keeps no descriptor: thousands of them can be kept")
    func descriptors() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.text("10s"), to: "dump.json")
        let dumps = try (0..<3000).map { _ in try ConfigDump(contentsOfFile: path) }
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        // Other tests run at the same time.
        #expect(open.count < 1500)
        #expect(try timeout(#require(dumps.last)) == "10s")
    }

    @Test("A file that was replaced is said, unless it was kept open")
    func replaced() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.text("10s"), to: "dump.json")
        let dumps = try [ConfigDump.Retention.path, .descriptor, .bytes, .nothing].map {
            try ConfigDump(contentsOfFile: path, retaining: $0)
        }
        let other = try folder.write(Self.text("77s"), to: "other.json")
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: other, toPath: path)

        let changed = #expect(throws: ConfigDumpError.self) { try timeout(dumps[0]) }
        #expect(changed?.code == .changed)
        #expect(try timeout(dumps[1]) == "10s")
        #expect(try timeout(dumps[2]) == "10s")
        let notKept = #expect(throws: ConfigDumpError.self) { try timeout(dumps[3]) }
        #expect(notKept?.code == .notKept)
        #expect(dumps.allSatisfy { $0.resources.map(\.name) == ["a"] })
    }

    @Test("A resource of another dump is refused by name", arguments: ["a", "a-longer-name"])
    func foreign(_ name: String) throws {
        let dump = try ConfigDump(bytes: Self.text("10s"))
        let other = try ConfigDump(bytes: Self.text("77s", name: name))
        let error = #expect(throws: ConfigDumpError.self) {
            try dump.canonicalValue(of: #require(other.resources.first))
        }
        #expect(error?.code == .foreignResource)
        #expect(error?.message == "the cluster \(name) is not a resource of this dump")
    }

    @Test("A descriptor may be closed by whoever opened it")
    func closed() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.text("10s"), to: "dump.json")
        let handle = try #require(FileHandle(forReadingAtPath: path))
        let file = try InputFile(descriptor: handle.fileDescriptor, name: "dump")
        try handle.close()
        // The number is taken again.
        let second = try #require(
            FileHandle(forReadingAtPath: try folder.write(Self.text("3s"), to: "b")))
        #expect(try timeout(ConfigDump(file)) == "10s")
        #expect(try timeout(ConfigDump(file, retaining: .bytes)) == "10s")
        try second.close()
        #expect(throws: FileError.self) { try InputFile(descriptor: -1, name: "none") }
    }

    @Test("A packed file is read by the same name, and by DrydockDiff refused with what reads it")
    func packed() throws {
        let folder = try TemporaryFolder()
        let packed = try folder.write(TarArchive.gzip(Self.text("10s")), to: "dump.json.gz")
        let dump = try ConfigDump(contentsOfFile: packed)
        #expect(!dump.resources.isEmpty)
        #expect(
            try ConfigDump(contentsOfFile: packed, retaining: .nothing).resources.map(\.name)
                == dump.resources.map(\.name))
        let file = try InputFile(path: packed)
        // Twice, and the second time from the beginning.
        #expect(try ConfigDump(file).resources.count == dump.resources.count)
        #expect(try ConfigDump(file).resources.count == dump.resources.count)
        let error = #expect(throws: ConfigDumpError.self) { try file.requireUnpacked() }
        #expect(error?.code == .packed)
        #expect(error?.message.contains("the product Drydock reads it") == true)
    }
}

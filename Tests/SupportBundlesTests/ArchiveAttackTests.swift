import CorpusSupport
import Foundation
import SupportBundles
import Testing

/// Archives are untrusted: what is wrong with one is said with the entry's name, and what came before
/// it is there.
@Suite struct ArchiveAttackTests {
    /// An entry that must not be taken.
    struct Attack: Sendable, CustomStringConvertible {
        var description: String
        var path: String
        var type: Character = "0"
        var link = ""
        /// What the error says beside the entry's name.
        var complaint: String
    }

    static let attacks = [
        Attack(description: "absolute", path: "/etc/passwd", complaint: "leads out"),
        Attack(
            description: "upward", path: "bug-report/../../etc/passwd", complaint: "leads out"),
        Attack(description: "upward at the end", path: "bug-report/..", complaint: "leads out"),
        Attack(
            description: "symbolic link", path: "bug-report/proxies/default/b/config_dump",
            type: "2", link: "/etc/passwd", complaint: "is a link or a device"),
        Attack(
            description: "hard link", path: "bug-report/proxies/default/b/config_dump", type: "1",
            link: "bug-report/proxies/default/a/config_dump", complaint: "is a link or a device"),
        Attack(
            description: "device", path: "bug-report/proxies/default/b/config_dump", type: "3",
            complaint: "is a link or a device"),
    ]

    /// An archive that begins with a proxy's dump.
    static func archive() -> TarArchive {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        return mesh.archive()
    }

    @Test("An entry that leads out, a link and a device are refused by name", arguments: attacks)
    func refused(_ attack: Attack) async throws {
        var archive = Self.archive()
        archive.add(attack.path, type: attack.type, link: attack.link)
        archive.add("bug-report/proxies/default/z/config_dump", Array("{}".utf8))
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
        let bundle = try await SupportBundle.reading(path)
        let interruption = try #require(bundle.interruption)
        #expect(interruption.code == .archive)
        #expect(interruption.message.contains(attack.path))
        #expect(interruption.message.contains(attack.complaint))
        #expect(bundle.proxies.map(\.name) == ["a.default"])
        #expect(bundle.proxies.first?.dump != nil)
    }

    @Test("A size beyond the end of the archive is refused by name")
    func sizeThatLies() async throws {
        var archive = Self.archive()
        archive.add(
            "bug-report/proxies/default/b/config_dump", Array("{".utf8),
            declaredSize: 1 << 32)
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
        let bundle = try await SupportBundle.reading(path)
        let interruption = try #require(bundle.interruption)
        #expect(interruption.message.contains("bug-report/proxies/default/b/config_dump"))
        #expect(bundle.proxies.first { $0.pod == "a" }?.dump != nil)
        #expect(bundle.proxies.first { $0.pod == "b" }?.dump == nil)
    }

    @Test(
        "A size that no number should be added to is refused by name",
        arguments: [Int.max, .max - 600, 1 << 62, -1])
    func enormousSize(_ size: Int) async throws {
        for name in ["proxies/default/b/config_dump", "cluster/x"] {
            var archive = Self.archive()
            archive.add("bug-report/\(name)", Array("{".utf8), binarySize: size)
            let folder = try TemporaryFolder()
            let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
            let bundle = try await SupportBundle.reading(path)
            let interruption = try #require(bundle.interruption)
            #expect(interruption.message.contains("bug-report/\(size < 0 ? "" : name)"))
            #expect(bundle.proxies.first { $0.pod == "a" }?.dump != nil)
        }
    }

    @Test("A size below the content's makes the rest no archive: refused by name")
    func sizeTooSmall() async throws {
        var archive = Self.archive()
        let content = [UInt8](repeating: UInt8(ascii: "x"), count: 2048)
        archive.add("bug-report/proxies/default/b/istio-proxy.log", content, declaredSize: 10)
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
        let bundle = try await SupportBundle.reading(path)
        let interruption = try #require(bundle.interruption)
        #expect(interruption.message.contains("bug-report/proxies/default/b/istio-proxy.log"))
        #expect(bundle.proxies.first { $0.pod == "a" }?.dump != nil)
    }

    @Test("A bomb by ratio is refused by name, read or not read")
    func ratio() async throws {
        for name in ["proxies/default/b/istio-proxy.log", "cluster/zeros"] {
            var archive = Self.archive()
            archive.add("bug-report/\(name)", [UInt8](repeating: 0x20, count: 8 << 20))
            let folder = try TemporaryFolder()
            let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
            let limits = ArchiveLimits(freeLength: 1 << 20, ratio: 100)
            let bundle = try await SupportBundle.reading(path, limits: limits)
            let interruption = try #require(bundle.interruption, "\(name)")
            #expect(interruption.message.contains("decompression bomb"))
            #expect(interruption.message.contains("bug-report/\(name)"))
            #expect(bundle.proxies.first { $0.pod == "a" }?.dump != nil)
        }
    }

    @Test("A bomb by total is refused by name")
    func total() async throws {
        var archive = Self.archive()
        archive.add(
            "bug-report/proxies/default/b/istio-proxy.log",
            [UInt8](repeating: 0x20, count: 1 << 20))
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.finished, to: "bundle.tar")
        let limits = ArchiveLimits(totalLength: 1 << 19)
        let bundle = try await SupportBundle.reading(path, limits: limits)
        let interruption = try #require(bundle.interruption)
        #expect(interruption.message.contains("too much"))
        #expect(interruption.message.contains("bug-report/proxies/default/b/istio-proxy.log"))
        #expect(bundle.proxies.first { $0.pod == "a" }?.dump != nil)
    }

    @Test("A bomb of empty entries counts too")
    func emptyEntries() async throws {
        var archive = Self.archive()
        for number in 0..<20_000 { archive.add("bug-report/cluster/\(number)") }
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
        let limits = ArchiveLimits(totalLength: 1 << 20)
        let bundle = try await SupportBundle.reading(path, limits: limits)
        #expect(try #require(bundle.interruption).message.contains("bug-report/cluster/"))
    }

    @Test("An entry that comes twice is read once, and said")
    func twice() async throws {
        var archive = Self.archive()
        archive.add(
            "bug-report/proxies/default/a/config_dump?include_eds",
            Array(MeshFixture.envoyDump("a", workload: "other").utf8))
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "bundle.tar.gz")
        let bundle = try await SupportBundle.reading(path)
        #expect(bundle.proxies.map(\.name) == ["a.default"])
        #expect(bundle.proxies.first?.node?.workload == "w")
        #expect(
            bundle.unreadable.map(\.entry) == [
                "bug-report/proxies/default/a/config_dump?include_eds"
            ])
        #expect(bundle.unreadable.first?.error.message.contains("twice") ?? false)
    }

    @Test("What is no archive at all is an error")
    func noArchive() async throws {
        let folder = try TemporaryFolder()
        for (name, bytes) in [("text", Array("hello".utf8)), ("empty", [])] {
            let path = try folder.write(bytes, to: name)
            let error = await #expect(throws: (any Error).self) {
                _ = try await SupportBundle.reading(path)
            }
            #expect(error != nil, "\(name)")
        }
        await #expect(throws: (any Error).self) {
            _ = try await SupportBundle.reading("\(folder.url.path)/missing")
        }
    }
}

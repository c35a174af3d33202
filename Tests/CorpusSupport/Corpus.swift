import Foundation
import StrictJSON
import SupportBundles

/// The captures that the repository carries, unpacked where the tests can read them as files.
///
/// `Corpus/istiod/drift.tar.xz` unpacks once a machine, into a temporary folder that is named after
/// the archive's content.
package enum Corpus {
    /// The repository's top level.
    package static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `Corpus/` in the repository.
    package static let packed = repository.appendingPathComponent("Corpus")

    /// The folder of a scenario, such as `istiod/drift`; `random` is one too.
    package static func folder(_ scenario: String) throws -> URL {
        let archive = packed.appendingPathComponent("\(scenario).tar.xz")
        let name = scenario.split(separator: "/").last.map(String.init) ?? scenario
        return try Unpacker.shared.folder(of: archive).appendingPathComponent(name)
    }

    /// The scenarios of a group, `lab` or `istiod`, sorted.
    package static func scenarios(_ group: String) -> [String] {
        let folder = packed.appendingPathComponent(group).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".tar.xz") }.sorted()
            .map { "\(group)/\($0.dropLast(".tar.xz".count))" }
    }

    /// A file of the repository's own test data that is not packed, such as `regressions/x.json`.
    package static func file(_ path: String) -> URL {
        packed.appendingPathComponent(path)
    }

    /// A file's bytes.
    package static func bytes(of file: URL) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: file))
    }

    /// Unpacks a file that holds one xz, gzip or zstd stream.
    package static func unpacked(_ file: URL) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let reader = try ArchiveReader(
            InputFile(path: file.path), format: .single)
        guard try reader.next() != nil else { return bytes }
        try reader.forEachChunk(failure: { $0 as any Error }) { chunk in
            bytes.append(contentsOf: chunk)
        }
        return bytes
    }
}

/// Unpacks each archive once.
private final class Unpacker: Sendable {
    static let shared = Unpacker()
    private let lock = NSLock()

    func folder(of archive: URL) throws -> URL {
        lock.lock()
        defer { lock.unlock() }
        let content = try Data(contentsOf: archive, options: .mappedIfSafe)
        let target = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-corpus-\(String(checksum(content), radix: 36))")
        if FileManager.default.fileExists(atPath: target.path) { return target }
        // Unpacked beside its place and then moved there: another process never sees a part of it.
        let partial = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-corpus-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: partial) }
        try unpack(archive, into: partial)
        do {
            try FileManager.default.moveItem(at: partial, to: target)
        } catch  where FileManager.default.fileExists(atPath: target.path) {
            // Another process was faster.
        }
        return target
    }

    private func unpack(_ archive: URL, into folder: URL) throws {
        let reader = try ArchiveReader(
            InputFile(path: archive.path), format: .tar,
            limits: .init(freeLength: 1 << 30))
        while let entry = try reader.next() {
            var data = Data(capacity: entry.size)
            try reader.forEachChunk(failure: { $0 as any Error }) {
                data.append(contentsOf: $0)
            }
            let file = folder.appendingPathComponent(entry.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: file)
        }
    }

    /// FNV-1a, to tell one version of an archive from another.
    private func checksum(_ content: Data) -> UInt64 {
        content.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}

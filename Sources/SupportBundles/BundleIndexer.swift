internal import ConfigDumpIndex

/// Reads a bundle once. One task goes through the source, which has to be in order; each entry is
/// read by a task of its own, from its bytes where it is small, from the stream where it is large.
///
///     archive ─▶ entry ─▶ bytes ─▶ task ─▶ content ┐
///             ─▶ entry ─▶ bytes ─▶ task ─▶ content ┤─▶ by path ─▶ SupportBundle
///             ─▶ large entry, as it comes ─────────┘
///
/// The contents are put together in the order of their paths, so that the result is the same
/// whichever task is faster.
struct BundleIndexer {
    private let origin: BundleSource
    /// Up to this size an entry is kept while it waits for its task.
    private static let smallLength = 4 << 20
    /// How many bytes wait at most.
    private static let waitingLength = 8 << 20

    init(_ origin: BundleSource) {
        self.origin = origin
    }

    private struct Finding: Sendable {
        var path: BundlePath
        var content: EntryContent
        var length: Int
    }

    func index(progress: (Int) -> Void) async throws(ConfigDumpError) -> SupportBundle {
        var findings: [Finding] = []
        var interruption: ConfigDumpError?
        await withTaskGroup(of: Finding.self) { group in
            var waiting = 0
            do throws(ConfigDumpError) {
                try await origin.forEachEntry { path, length, feed in
                    if let length, length <= BundleIndexer.smallLength {
                        switch BundleIndexer.bytes(length, feed) {
                        case .success(let bytes):
                            waiting += bytes.count
                            group.addTask { BundleIndexer.read(path, bytes) }
                        case .failure(let error):
                            let content = EntryContent.unreadable(error, beginning: [])
                            findings.append(Finding(path: path, content: content, length: 0))
                        }
                    } else {
                        let content = EntryReader(path).read(feed)
                        findings.append(Finding(path: path, content: content, length: 0))
                    }
                    while waiting > BundleIndexer.waitingLength, let finding = await group.next() {
                        waiting -= finding.length
                        findings.append(finding)
                    }
                    progress(findings.count)
                    return true
                }
            } catch {
                interruption = error
            }
            for await finding in group { findings.append(finding) }
        }
        if let interruption, findings.isEmpty { throw interruption }
        findings.sort { $0.path.path.utf8.lexicographicallyPrecedes($1.path.path.utf8) }
        var assembly = BundleAssembly(origin: origin)
        for link in try origin.links() {
            assembly.reject(
                link, ConfigDumpError(.io, "a link: not followed", source: "\(origin.path)/\(link)")
            )
        }
        for finding in findings { assembly.add(finding.path, finding.content) }
        return assembly.finish(interruption)
    }

    /// The bytes of a small entry; nil where it breaks off.
    private static func bytes(
        _ length: Int, _ feed: BundleSource.Feed
    ) -> Result<[UInt8], ConfigDumpError> {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        if let error = feed({ bytes.append(contentsOf: $0) }) { return .failure(error) }
        return .success(bytes)
    }

    private static func read(_ path: BundlePath, _ bytes: [UInt8]) -> Finding {
        var content = EntryReader(path).read { body in
            bytes.withUnsafeBytes { body($0) }
            return nil
        }
        if case .dump(var dump) = content, let addresses = dump.node?.addresses {
            dump.ownListeners = OwnListeners.names(in: dump.dump, bytes, addresses: addresses)
            content = .dump(dump)
        }
        return Finding(path: path, content: content, length: bytes.count)
    }
}

internal import EnvoyConfig
internal import StrictJSON

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
    private static let waitingLength = 6 << 20
    /// An entry that waits counts as so many bytes at least: its task has a cost of its own.
    private static let leastLength = 4 << 10

    init(_ origin: BundleSource) {
        self.origin = origin
    }

    private struct Finding: Sendable {
        var path: BundlePath
        /// Which entry of the source this is: a path may come twice.
        var number: Int
        var content: EntryContent
        /// How many bytes waited for it.
        var length = 0
    }

    func index(progress: (ReadingProgress) -> Void) async throws(ConfigDumpError) -> SupportBundle {
        var findings: [Finding] = []
        var passedOver = PassedOverEntries()
        var interruption: ConfigDumpError?
        await withTaskGroup(of: Finding.self) { group in
            var waiting = 0
            var number = 0
            do throws(ConfigDumpError) {
                try await origin.forEachEntry(
                    passOver: { passedOver.add($0, "") }, progress: progress
                ) { path, length, feed in
                    number += 1
                    if let length, length <= BundleIndexer.smallLength {
                        switch BundleIndexer.bytes(length, feed) {
                        case .success(let bytes):
                            let cost = max(bytes.count, BundleIndexer.leastLength)
                            waiting += cost
                            group.addTask { [number] in
                                Finding(
                                    path: path, number: number,
                                    content: BundleIndexer.content(path, bytes), length: cost)
                            }
                        case .failure(let error):
                            let content = EntryContent.unreadable(error)
                            findings.append(Finding(path: path, number: number, content: content))
                        }
                    } else {
                        let content = EntryReader(path, isStreamed: true).read(feed)
                        findings.append(Finding(path: path, number: number, content: content))
                    }
                    while waiting > BundleIndexer.waitingLength, let finding = await group.next() {
                        waiting -= finding.length
                        findings.append(finding)
                    }
                    return true
                }
            } catch {
                interruption = error
            }
            for await finding in group { findings.append(finding) }
        }
        if let interruption, findings.isEmpty || interruption.code == .cancelled {
            throw interruption
        }
        if Task.isCancelled { throw .cancelled(origin.path) }
        findings.sort { first, second in
            first.path == second.path
                ? first.number < second.number
                : first.path.path.utf8.lexicographicallyPrecedes(second.path.path.utf8)
        }
        var assembly = BundleAssembly(origin: origin, passedOver)
        let remains = try origin.remains()
        for link in remains.links {
            assembly.reject(
                link, ConfigDumpError(.io, "a link: not followed", source: "\(origin.path)/\(link)")
            )
        }
        for path in remains.others { assembly.passOver(path, "neither a file nor a folder") }
        for failure in remains.failures { assembly.reject(failure.path, failure.error) }
        for finding in findings { assembly.add(finding.path, finding.content) }
        return assembly.finish(interruption)
    }

    /// The bytes of a small entry, or why it breaks off.
    private static func bytes(
        _ length: Int, _ feed: BundleSource.Feed
    ) -> Result<[UInt8], ConfigDumpError> {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        if let error = feed({ bytes.append(contentsOf: $0) }) { return .failure(error) }
        return .success(bytes)
    }

    private static func content(_ path: BundlePath, _ bytes: [UInt8]) -> EntryContent {
        // An entry of nothing costs no parser.
        if bytes.isEmpty, let content = EntryReader.empty(path) { return content }
        let content = EntryReader(path, isStreamed: false).read { body in
            bytes.withUnsafeBytes { body($0) }
            return nil
        }
        guard case .dump(var dump) = content, let addresses = dump.node?.addresses else {
            return content
        }
        dump.ownListeners = bytes.withUnsafeBytes { bytes in
            OwnListeners.names(in: dump.dump, bytes, addresses: addresses)
        }
        return .dump(dump)
    }
}

package import EnvoyConfig
package import StrictJSON

extension SupportBundle {
    /// Reads dumps of the bundle a second time, and keeps these resources of them, so that they can be
    /// read again.
    ///
    /// - Parameter wanted: The resources, by the entry of their dump: `ConfigDump.source`.
    /// - Returns: The kept bytes by entry.
    /// - Throws: `ConfigDumpError` if the bundle cannot be read any more.
    /// - Complexity: one pass over the bundle, up to the last entry that is wanted; memory for what is
    ///   kept.
    package func parts(
        of wanted: [String: [Range<Int>]]
    ) async throws(ConfigDumpError) -> [String: DumpParts] {
        var found: [String: DumpParts] = [:]
        guard !wanted.isEmpty else { return found }
        do throws(ConfigDumpError) {
            try await origin.forEachEntry { path, _, feed in
                guard let ranges = wanted[path.path], found[path.path] == nil else { return true }
                var parts = DumpParts(covering: ranges)
                guard feed({ parts.append($0) }) == nil else { return true }
                found[path.path] = parts
                return found.count < wanted.count
            }
        } catch {
            // What comes behind the break was not read the first time either.
            guard interruption != nil else { throw error }
        }
        return found
    }

    /// A size that lies must not ask for more memory than this.
    private static let reserved = 64 << 20

    /// Reads dumps of the bundle a second time, as a whole: all their kinds, with their bytes, in memory.
    ///
    /// - Returns: The dumps in the same order.
    /// - Throws: `ConfigDumpError` if the bundle cannot be read any more, or one of the dumps is
    ///   not in it.
    /// - Complexity: one pass over the bundle, up to the last of the dumps; memory for their bytes.
    package func whole(_ dumps: [ConfigDump]) async throws(ConfigDumpError) -> [ConfigDump] {
        let wanted = Set(dumps.map(\.source))
        var found: [String: Result<ConfigDump, ConfigDumpError>] = [:]
        do throws(ConfigDumpError) {
            try await origin.forEachEntry { path, length, feed in
                guard wanted.contains(path.path), found[path.path] == nil else { return true }
                var bytes: [UInt8] = []
                bytes.reserveCapacity(min(length ?? 0, SupportBundle.reserved))
                let interruption = feed { bytes.append(contentsOf: $0) }
                found[path.path] = Result { () throws(ConfigDumpError) in
                    if let interruption { throw interruption }
                    return try ConfigDump(bytes: bytes, source: path.path)
                }
                return found.count < wanted.count
            }
        } catch {
            // What comes behind the break was not read the first time either.
            guard interruption != nil else { throw error }
        }
        var whole: [ConfigDump] = []
        for dump in dumps {
            guard let result = found[dump.source] else {
                throw ConfigDumpError(
                    .io, "the bundle does not hold this entry any more: it was changed meanwhile",
                    source: dump.source)
            }
            whole.append(try result.get())
        }
        return whole
    }
}

extension SupportBundle {
    /// Reads the Istio configuration of Istiods a second time, object by object: `/debug/configz`.
    ///
    /// - Parameters:
    ///   - istiods: Their pods.
    ///   - body: Takes each object with the pod of its Istiod.
    /// - Throws: `ConfigDumpError` if the bundle cannot be read any more.
    /// - Complexity: one pass over the bundle; memory for one object at a time.
    package func forEachConfiguredObject(
        of istiods: Set<String>, _ body: (_ istiod: String, _ object: JSONValue) -> Void
    ) async throws(ConfigDumpError) {
        do throws(ConfigDumpError) {
            try await origin.forEachEntry { path, _, feed in
                guard case .configz = path.content, let pod = path.pod?.name, istiods.contains(pod)
                else { return true }
                // What cannot be read was said the first time.
                _ = EntryReader(path, isStreamed: false).elements(feed) { body(pod, $1) }
                return true
            }
        } catch {
            guard interruption != nil else { throw error }
        }
    }
}

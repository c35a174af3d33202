public import ConfigDumpIndex

extension SupportBundle {
    /// Reads dumps of the bundle a second time, and keeps these resources of them, so that they can be
    /// read again.
    ///
    /// - Parameter wanted: The resources, by the entry of their dump: `ConfigDump.source`.
    /// - Returns: The kept bytes by entry.
    /// - Throws: `ConfigDumpError` where the bundle cannot be read any more.
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

    /// A whole dump of the bundle, read a second time and kept in memory.
    ///
    /// - Throws: `ConfigDumpError` where the bundle cannot be read any more.
    /// - Complexity: one pass over the bundle, up to the dump; memory for its resources.
    public func whole(_ dumps: [ConfigDump]) async throws(ConfigDumpError) -> [ConfigDump] {
        var wanted: [String: [Range<Int>]] = [:]
        for dump in dumps { wanted[dump.source] = dump.resources.map(\.range) }
        let parts = try await parts(of: wanted)
        return dumps.map { dump in parts[dump.source].map(dump.holding) ?? dump }
    }
}

public import EnvoyConfig

extension AdminCapture {
    /// What the tables of some kinds show. With `readsWhole` every field of an entry is looked at, not
    /// only those that a table shows, so that whatever is wrong or unknown in an entry is found now
    /// and not when it is printed.
    ///
    /// A section that is there and empty gives no rows, and so do ECDS and endpoints that a dump with
    /// other sections lacks: Envoy leaves these out.
    ///
    /// - Throws: `ConfigDumpError`, located, if it is not a capture, has nothing of any of these
    ///   kinds, or cannot be read.
    /// - Complexity: one pass; memory for the rows alone.
    public func summary(
        of kinds: Set<CapturedKind>, readsWhole: Bool = false
    ) throws(ConfigDumpError) -> ProxySummary {
        let collector = SummaryCollector(kinds, readsWhole: readsWhole)
        let outcome = try read(into: collector)
        // A ztunnel's dump has `certificates`, as Envoy's /certs has.
        guard outcome.isCapture, outcome.format != .ztunnelDump else {
            throw outcome.notACapture(source: source)
        }
        let summary = collector.finish(outcome)
        // Many a JSON file has a `version`.
        let isForeign = summary.kinds.contains(.serverInfo) && outcome.format != .serverInfo
        guard !isForeign || outcome.isConfigDump else {
            throw outcome.notACapture(source: source)
        }
        guard summary.answers(kinds, ofDump: outcome.hasSections) else {
            throw outcome.lacking(kinds, of: summary.kinds, source: source)
        }
        return summary
    }
}

extension ProxySummary {
    /// Whether tables of one of these kinds can be made: the capture has such a section, though it
    /// may be empty, or it is a dump with other sections, which leaves out an empty ECDS section, and
    /// endpoints unless it is asked for them.
    fileprivate func answers(_ wanted: Set<CapturedKind>, ofDump isDump: Bool) -> Bool {
        !kinds.isDisjoint(with: wanted)
            || isDump && !wanted.isDisjoint(with: [.ecds, .endpoints])
    }
}

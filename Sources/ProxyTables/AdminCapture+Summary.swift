public import EnvoyConfig

extension AdminCapture {
    /// What the tables of some kinds show. With `readsWhole` every field of an entry is looked at, not
    /// only those that a table shows, so that whatever is wrong or unknown in an entry is found now
    /// and not when it is printed.
    ///
    /// A section that is there and empty gives no rows, and so do ECDS and endpoints that a dump with
    /// other sections lacks: Envoy leaves these out.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is not a capture, has nothing of any of these
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
            throw lacking(kinds, summary.kinds, outcome)
        }
        return summary
    }

    /// The error for a capture that has nothing of the kinds that are asked for.
    private func lacking(
        _ wanted: Set<CapturedKind>, _ kinds: Set<CapturedKind>, _ outcome: CaptureOutcome
    ) -> ConfigDumpError {
        guard outcome.isConfigDump else {
            return outcome.error(expected: .configDump, source: source)
        }
        guard outcome.hasSections else {
            if !kinds.isEmpty {
                return ConfigDumpError(
                    .notADump,
                    "this config dump holds what one config_dump?resource=… asked for, and nothing "
                        + "else: capture the whole config_dump", source: source)
            }
            return ConfigDumpError(
                .notADump,
                outcome.hasItems
                    ? "this config dump has no section that is known"
                    : "this config dump has no section at all: nothing was captured",
                source: source)
        }
        let sections = wanted.compactMap { $0.resourceKind?.sectionName }.sorted()
        let pages = wanted.compactMap(\.page).sorted().joined(separator: " or ")
        return ConfigDumpError(
            .notADump,
            sections.isEmpty
                ? "this is a config dump: capture Envoy's \(pages) instead"
                : "this config dump has no \(sections.joined(separator: " or "))", source: source)
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

public import EnvoyConfig
public import Reporting

/// What differs between two dumps: a value, nothing is printed.
///
/// Any two dumps compare: Istiod's with Envoy's, yesterday's with today's, those of two replicas. A
/// difference is a result, not an error.
public struct Comparison: Sendable {
    /// What is compared, and what is left out.
    public struct Options: Sendable {
        /// The kinds, in the order in which they are reported.
        public var kinds: [ResourceKind]
        /// Only resources whose name contains this text are reported.
        public var nameFilter: String?
        /// Differences that are not reported.
        public var ignoring: [IgnoreRule]

        /// Makes options.
        public init(
            kinds: [ResourceKind] = [.clusters, .listeners, .routes], nameFilter: String? = nil,
            ignoring: [IgnoreRule] = []
        ) {
            self.kinds = kinds
            self.nameFilter = nameFilter
            self.ignoring = ignoring
        }
    }

    /// What should be, such as Istiod's dump.
    public let from: ConfigDump
    /// What is, such as Envoy's dump.
    public let to: ConfigDump
    /// What the sides are called in texts.
    public var labels: Labels
    /// One comparison a kind.
    public var sections: [SectionComparison]
    /// What is to be said about the dumps as a whole.
    public var notes: [Note] = []
    /// What was not compared, though somebody might think so: unreadable resources, unknown members,
    /// kinds that were not asked for and are in trouble or in one dump alone.
    public var uncompared: [Note] = []
    /// The name filter, where no resource on either side has a name that contains it: then the
    /// sides are not the same, there was nothing to compare.
    public let unmatchedNameFilter: String?
    /// The rules that ignored nothing: their names or paths may be misspelled, or no longer needed.
    public let unusedRules: [IgnoreRule]

    /// Compares two dumps. Without labels the sides are called what they are, see `Labels`.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again, or a resource that is compared
    ///   cannot be read at all.
    /// - Complexity: linear in the number of resources, and in the size of those that differ.
    public init(
        from: ConfigDump, to: ConfigDump, options: Options = Options(), labels: Labels? = nil
    ) throws(ConfigDumpError) {
        self.from = from
        self.to = to
        let labels = labels ?? Labels(from: from, to: to)
        self.labels = labels
        var comparer = SectionComparer(from: from, to: to, options: options, labels: labels)
        var sections: [SectionComparison] = []
        for kind in options.kinds { sections.append(try comparer.compare(kind)) }
        self.sections = sections
        unusedRules = zip(options.ignoring, comparer.ruleUses).filter { !$0.1 }.map(\.0)
        let isNamed = sections.contains { section in
            section.pairs.contains { comparer.isNamed($0.name) }
        }
        unmatchedNameFilter = isNamed ? nil : options.nameFilter.flatMap { $0.isEmpty ? nil : $0 }
        let parts = UncomparedParts(from: from, to: to, kinds: options.kinds, labels: labels)
        notes = parts.swapped
        uncompared = parts.notes
    }

    /// Whether nothing differs. A comparison of nothing is no match worth the name: see `isEmpty`.
    public var isMatch: Bool { sections.allSatisfy(\.isMatch) }

    /// Whether there was nothing to compare: neither side has any of the kinds that were asked for,
    /// or any resource that the name filter asks for.
    public var isEmpty: Bool {
        unmatchedNameFilter != nil || sections.allSatisfy { $0.missingIn.count == 2 }
    }

    /// The dump of a side.
    public subscript(side: ComparisonSide) -> ConfigDump { side == .from ? from : to }

    /// The side that is an Envoy's: `to`, unless that is Istiod's dump and the other is not.
    package var envoySide: ComparisonSide {
        to.origin == .istiod && from.origin != .istiod ? .from : .to
    }

    /// The comparison of one kind; nil if it was not asked for.
    public subscript(kind: ResourceKind) -> SectionComparison? {
        sections.first { $0.kind == kind }
    }

    /// The comparison of the clusters; one without pairs where they were not asked for.
    public var clusters: SectionComparison { self[.clusters] ?? SectionComparison(kind: .clusters) }
    /// The comparison of the listeners; one without pairs where they were not asked for.
    public var listeners: SectionComparison {
        self[.listeners] ?? SectionComparison(kind: .listeners)
    }
    /// The comparison of the route configurations; one without pairs where they were not asked for.
    public var routes: SectionComparison { self[.routes] ?? SectionComparison(kind: .routes) }
}

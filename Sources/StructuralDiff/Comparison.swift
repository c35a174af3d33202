internal import CanonicalForm
public import ConfigDumpIndex

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

    /// What should be: Istiod's dump.
    public let from: ConfigDump
    /// What is: Envoy's dump.
    public let to: ConfigDump
    /// What the sides are called in texts.
    public var labels: Labels
    /// One comparison a kind.
    public var sections: [SectionComparison]
    /// What is to be said about the dumps as a whole.
    public var notes: [Note] = []

    /// What two sides are called.
    public struct Labels: Sendable, Hashable {
        /// The `from` side.
        public var from: String
        /// The `to` side.
        public var to: String

        /// Makes labels.
        public init(from: String = "Istiod", to: String = "Envoy") {
            self.from = from
            self.to = to
        }

        /// The label of a side.
        public subscript(side: ComparisonSide) -> String {
            side == .from ? from : to
        }
    }

    /// Compares two dumps.
    ///
    /// - Throws: `ConfigDumpError` where a dump cannot be read again.
    /// - Complexity: linear in the number of resources, and in the size of those that differ.
    public init(
        from: ConfigDump, to: ConfigDump, options: Options = Options(), labels: Labels = Labels()
    ) throws(ConfigDumpError) {
        self.from = from
        self.to = to
        self.labels = labels
        sections = []
        var comparer = SectionComparer(from: from, to: to, options: options, labels: labels)
        for kind in options.kinds { sections.append(try comparer.compare(kind)) }
    }

    /// Whether nothing differs.
    public var isMatch: Bool { sections.allSatisfy(\.isMatch) }

    /// Whether there was nothing to compare: neither side has any of the kinds that were asked for.
    public var isEmpty: Bool { sections.allSatisfy { $0.missingIn.count == 2 } }

    /// The comparison of one kind; nil where it was not asked for.
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

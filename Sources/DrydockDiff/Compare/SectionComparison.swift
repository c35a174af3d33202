public import EnvoyConfig
public import Reporting

/// What differs in one kind of resource.
public struct SectionComparison: Sendable {
    /// The kind.
    public let kind: ResourceKind
    /// Which of the sides has no such section. Then nothing was compared.
    public var missingIn: Set<ComparisonSide> = []
    /// Every resource of either side, sorted by name; those of one name in the dumps' order.
    public var pairs: [ResourcePair] = []
    /// The resources that both sides have and that differ.
    public var changed: [ResourceDifference] = []
    /// How many differences a rule ignored.
    public var ignoredCount = 0
    /// What is to be said about the kind.
    public var notes: [Note] = []
    /// The edit scripts of pairs that are the same but for an implicit default, by their place.
    package internal(set) var implicitDefaults: [Int: LineScript] = [:]

    /// Makes a comparison without resources; a test of a writer fills it.
    public init(kind: ResourceKind) {
        self.kind = kind
    }

    /// Whether the sides are the same. A section that only one side has is a difference.
    public var isMatch: Bool {
        missingIn.count != 1 && !pairs.contains { $0.isDifference }
    }

    /// How many resources are the same.
    public var sameCount: Int {
        pairs.reduce(0) { $0 + ($1.status == .same ? 1 : 0) }
    }

    /// The names of the resources that only the `from` side has.
    public var onlyFrom: [String] { pairs.filter { $0.status == .onlyFrom }.map(\.name) }

    /// The names of the resources that only the `to` side has.
    public var onlyTo: [String] { pairs.filter { $0.status == .onlyTo }.map(\.name) }
}

/// A side of a comparison.
public enum ComparisonSide: String, Sendable, Hashable, CaseIterable {
    /// What should be: Istiod's dump.
    case from
    /// What is: Envoy's dump.
    case to

    /// The other side.
    public var other: ComparisonSide { self == .from ? .to : .from }
}

/// A resource of either side, or of both.
public struct ResourcePair: Sendable, Hashable {
    /// How the sides stand to each other.
    public enum Status: Sendable, Hashable {
        /// Both have it, and it is the same, though an implicit default may be printed on one side.
        case same
        /// Both have it, and it differs: the place among the section's `changed`.
        case changed(Int)
        /// The `from` side alone has it.
        case onlyFrom
        /// The `to` side alone has it.
        case onlyTo
        /// It differs, but a rule or the name filter leaves it out.
        case ignored
    }

    /// The resource of the `from` side.
    public let from: Resource?
    /// The resource of the `to` side.
    public let to: Resource?
    /// How the sides stand to each other.
    public let status: Status

    /// Makes a pair.
    public init(from: Resource?, to: Resource?, status: Status) {
        self.from = from
        self.to = to
        self.status = status
    }

    /// The name.
    public var name: String { from?.name ?? to?.name ?? "" }

    /// Whether this is a difference that counts.
    public var isDifference: Bool { status != .same && status != .ignored }
}

/// A resource that both sides have and that differs.
public struct ResourceDifference: Sendable, Hashable {
    /// The resource of the `from` side.
    public let from: Resource
    /// The resource of the `to` side.
    public let to: Resource
    /// Each value that differs, in the order of the text.
    public let changes: [ValueChange]
    /// The same as an edit script of the two bodies' canonical text; a comma at the
    /// end of the last line counts as no difference.
    package let lines: LineScript
    /// Notes on the resource.
    public var notes: [Note] = []

    init(from: Resource, to: Resource, changes: [ValueChange], lines: LineScript) {
        self.from = from
        self.to = to
        self.changes = changes
        self.lines = lines
    }

    /// Makes a difference, such as for a test of a writer. One that was not found by a comparison has no
    /// lines in a unified diff.
    public init(from: Resource, to: Resource, changes: [ValueChange], notes: [Note] = []) {
        self.init(from: from, to: to, changes: changes, lines: LineScript())
        self.notes = notes
    }

    /// The name.
    public var name: String { from.name }
    /// The kind.
    public var kind: ResourceKind { from.kind }
}

public import EnvoyConfig
public import Reporting

/// The reasons for the differences of one kind, by what they say.
public struct SectionExplanation: Sendable, Hashable {
    /// The kind.
    public let kind: ResourceKind
    /// What Envoy refused, a group for each reason.
    public internal(set) var rejected: [RejectionGroup] = []
    /// What waits for it.
    public internal(set) var waiting: [Note] = []
    /// What waits in Envoy for something else, causes before effects.
    public internal(set) var warming: [Note] = []
    /// What only serves its last connections.
    public internal(set) var draining: [Note] = []
    /// What was not acknowledged.
    public internal(set) var stale: [Note] = []

    init(kind: ResourceKind) {
        self.kind = kind
    }

    /// All, causes before effects.
    public var notes: [Note] {
        rejected.flatMap(\.notes) + waiting + warming + draining + stale
    }
}

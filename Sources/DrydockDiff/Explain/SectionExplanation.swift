package import EnvoyConfig
package import Reporting

/// The reasons for the differences of one kind, by what they say.
package struct SectionExplanation: Sendable, Hashable {
    /// The kind.
    package let kind: ResourceKind
    /// What Envoy refused, a group for each reason.
    package internal(set) var rejected: [RejectionGroup] = []
    /// What waits for it.
    package internal(set) var waiting: [Note] = []
    /// What waits in Envoy for something else, causes before effects.
    package internal(set) var warming: [Note] = []
    /// What only serves its last connections.
    package internal(set) var draining: [Note] = []
    /// What was not acknowledged.
    package internal(set) var stale: [Note] = []

    init(kind: ResourceKind) {
        self.kind = kind
    }

    /// All, causes before effects.
    package var notes: [Note] {
        rejected.flatMap(\.notes) + waiting + warming + draining + stale
    }
}

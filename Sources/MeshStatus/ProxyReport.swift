public import ConfigDumpIndex
public import StructuralDiff
public import SyncStatus

/// What a bundle tells of one proxy.
public struct ProxyReport: Sendable, Hashable {
    /// What of its dump there is.
    public struct Dump: Sendable, Hashable {
        /// Whether it could be read.
        public var isReadable: Bool
        /// How many resources are in use, by kind.
        public var counts: [ResourceKind: Int]
        /// How many wait in Envoy, and how many it refused.
        public var warming: Int, rejected: Int
    }

    /// How it differs from the healthy replicas of its workload.
    public struct OddOneOut: Sendable, Hashable {
        /// The replicas that it was compared with: they agree with each other.
        public var replicas: [String]
        /// What differs, from them to it, a delta a kind.
        public var deltas: [ResourceDelta]
    }

    /// `POD.NAMESPACE`.
    public var name: String
    /// The workload, such as `reviews-v1`.
    public var workload: String?
    /// The namespace of the workload.
    public var namespace: String
    /// The versions.
    public var istioVersion: String?, envoyVersion: String?
    /// Whether an Istiod knows it; nil where no Istiod's sync status was captured.
    public var isConnected: Bool?
    /// The pod of the Istiod that knows it.
    public var istiod: String?
    /// What that Istiod says of it.
    public var sync: ProxySyncStatus?
    /// Its dump; nil where there is none.
    public var dump: Dump?
    /// How it differs from Istiod's dump of it, a delta a kind; nil without one.
    public var drift: [ResourceDelta]?
    /// How it differs from its replicas; nil where it does not, or where there is no healthy one.
    public var oddOneOut: OddOneOut?
    /// What is to be said, the cause first.
    public var notes: [Note] = []

    /// Whether nothing is out of step.
    public var isWell: Bool { !notes.contains { $0.kind.isTrouble } }
}

extension Note.Kind {
    /// Whether something is out of step; other kinds tell something beside it.
    public var isTrouble: Bool {
        switch self {
        case .rejected, .behind, .warming, .stale, .disconnected, .istiodsDisagree, .unreadable,
            .drift, .oddOneOut:
            true
        default: false
        }
    }
}

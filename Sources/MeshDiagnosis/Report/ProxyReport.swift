public import DrydockDiff
public import EnvoyConfig
internal import Reporting

/// What a bundle says about one proxy.
public struct ProxyReport: Sendable, Hashable {
    /// A summary of the proxy's dump.
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

    /// What can be checked of a proxy.
    public enum Check: String, Sendable, Hashable, CaseIterable {
        /// What its Istiod sent it against what it acknowledged.
        case sync
        /// Its dump against Istiod's dump of it.
        case drift
        /// Its dump against those of its healthy replicas.
        case replicas
    }

    /// What is known of a proxy as a whole.
    public enum Verdict: String, Sendable, Hashable {
        /// Sync and drift were checked, and nothing is wrong.
        case ok
        /// Something is wrong: its notes say what.
        case problem
        /// Nothing was found wrong, but sync or drift could not be checked.
        case partial
        /// Nothing could be checked: it is neither ok nor a problem.
        case notChecked
    }

    /// `POD.NAMESPACE`, or the node's id where it is not Istio's.
    public var name: String
    /// The file of its dump, where the bundle has several dumps of this proxy.
    public var file: String?
    /// Whether it is a ztunnel, whose dump has another format and is not read.
    public var isZtunnel = false
    /// Whether its healthy replicas could be compared with it.
    public var hasReference = false
    /// The workload, such as `reviews-v1`.
    public var workload: String?
    /// The namespace of the workload.
    public var namespace: String
    /// The versions.
    public var istioVersion: String?, envoyVersion: String?
    /// Whether an Istiod knows it; nil if the sync status of its Istiod, or of one that it may be
    /// connected to, was not captured.
    public var isConnected: Bool?
    /// The pod of the Istiod that knows it.
    public var istiod: String?
    /// What that Istiod says of it.
    public var sync: ProxySyncStatus?
    /// Its dump; nil if absent.
    public var dump: Dump?
    /// How it differs from Istiod's dump of it, a delta a kind; nil without one.
    public var drift: [ResourceDelta]?
    /// What differs from Istiod's dump, each change once with all resources that it is the same in.
    public internal(set) var differences: [ChangeGroup] = []
    /// How it differs from its replicas; nil if it does not, or if there is no healthy one.
    public var oddOneOut: OddOneOut?
    /// When its certificate ends, RFC 3339; nil if that is not known.
    public var certificateEnd: String?
    /// The rules that failed, by name: what they would have found is not known.
    public internal(set) var failedRules: [String] = []
    /// The kinds that could not be compared.
    public internal(set) var failedKinds: [ResourceKind] = []
    /// What is wrong with its sync and its configuration, the cause first, and what could not be told.
    public var notes: [Note] = []
    /// What else goes wrong for its requests, though it may hold what Istiod sends: a cluster that is
    /// not there, hosts that take no requests. No part of the verdict.
    public var findings: [Note] = []

    /// Whether nothing was found wrong: see `verdict` for whether anything was looked at. A type that
    /// was refused is a problem whatever the rules found.
    public var isWell: Bool {
        !notes.contains { $0.kind.isTrouble }
            && !(sync?.types.values.contains { $0.state == .error } ?? false)
    }

    /// Whether a part of the diagnosis failed: nothing can be called ok then.
    public var isIncomplete: Bool { !failedRules.isEmpty || !failedKinds.isEmpty }

    /// Whether it can be a reference for others: nothing is wrong, nothing failed, and its sync status
    /// or Istiod's dump of it shows that.
    package var isHealthy: Bool {
        isWell && !isIncomplete
            && (sync != nil || checked.contains(.drift) && drift?.allSatisfy(\.isEmpty) ?? false)
    }

    /// The name, with the file where there are several dumps of this proxy.
    public var displayName: String { file.map { "\(name) (\($0))" } ?? name }

    /// What was checked, in the order of `Check`.
    public var checked: [Check] {
        Check.allCases.filter { check in
            switch check {
            case .sync: (sync != nil || isConnected == false) && failedRules.isEmpty
            case .drift: drift?.count == ResourceDelta.kinds.count && failedKinds.isEmpty
            case .replicas: hasReference
            }
        }
    }

    /// What is known of it as a whole.
    public var verdict: Verdict {
        if !isWell { return .problem }
        let checked = checked
        if checked.isEmpty { return .notChecked }
        return checked.contains(.sync) && checked.contains(.drift) ? .ok : .partial
    }
}

extension Note.Kind {
    /// Whether the note means a problem; notes of other kinds explain one or are harmless.
    public var isTrouble: Bool {
        switch self {
        case .rejected, .waiting, .warming, .stale, .disconnected, .istiodsDisagree, .unreadable,
            .drift, .oddOneOut:
            true
        default: false
        }
    }
}

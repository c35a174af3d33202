/// Where a resource stands in its Envoy's life.
public enum ResourceState: String, Sendable, Hashable, CaseIterable {
    /// From the bootstrap or built into Envoy: `static_clusters` and the like.
    case fixed
    /// Delivered over xDS and in use: `dynamic_active_clusters`, a listener's `active_state`.
    case active
    /// Delivered and waiting for something before it is used.
    case warming
    /// Replaced, and serving its last connections.
    case draining
    /// What Envoy refused: `error_state.failed_configuration`.
    case rejected
}

/// Why Envoy refused a resource: an `envoy.admin.v3.UpdateFailureState`.
public struct UpdateFailure: Sendable, Hashable {
    /// Envoy's reason, as it stands. It can carry random prefixes: never compare it.
    public var details: String
    /// When Envoy last tried, RFC 3339, where the dump says.
    public var lastUpdateAttempt: String?
    /// The version that was refused, where the dump says.
    public var versionInfo: String?
}

/// One resource of a dump: what the index keeps of it. Its text stays in the dump.
///
/// As large as a pointer: a comparison holds each of a dump's resources several times.
public struct Resource: Sendable, Hashable {
    private let record: ResourceRecord

    init(_ record: ResourceRecord) {
        self.record = record
    }

    /// Makes a resource of no dump, for a value in a test: it cannot be read.
    public init(kind: ResourceKind, name: String, state: ResourceState = .active) {
        self.init(
            ResourceRecord(ResourceDraft(kind: kind, state: state, name: name), sharing: nil))
    }

    /// What it is.
    public var kind: ResourceKind { record.kind }
    /// Where it stands.
    public var state: ResourceState { record.state }
    /// The resource's own name; for a secret, the entry's. Empty if it has none.
    public var name: String { record.name }
    /// The type of the body without its prefix, such as `envoy.config.cluster.v3.Cluster`.
    public var typeName: String { record.circumstances.typeName }
    /// The place of the body (the value of `cluster`, `listener` …) in the dump, in bytes.
    /// Empty for a rejected entry without a configuration.
    package var range: Range<Int> { record.range }
    /// Stands for the canonical form of the body.
    package var fingerprint: Fingerprint { record.fingerprint }
    /// How many lines the canonical text of the body has.
    package var lineCount: Int { record.lineCount }
    /// The entry's `version_info`. No proof of sync: see `ConfigDump`.
    public var versionInfo: String? { record.circumstances.versionInfo }
    /// The entry's `last_updated`, RFC 3339.
    public var lastUpdated: String? { record.circumstances.lastUpdated }
    /// Why Envoy refused an update of this resource, where its entry has an `error_state`.
    public var failure: UpdateFailure? { record.circumstances.failure }

    /// Whether two resources have the same values.
    public static func == (first: Resource, second: Resource) -> Bool {
        first.record == second.record
    }

    /// Feeds what tells resources apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(record.name)
        hasher.combine(record.fingerprint)
    }
}

/// What a `Resource` points to.
final class ResourceRecord: Sendable, Equatable {
    let kind: ResourceKind
    let state: ResourceState
    let name: String
    let range: Range<Int>
    let fingerprint: Fingerprint
    let lineCount: Int
    let circumstances: Circumstances

    /// What the resources of one push have in common and therefore share.
    final class Circumstances: Sendable, Equatable {
        let typeName: String
        let versionInfo: String?
        let lastUpdated: String?
        private let refusal: Refusal?

        /// A failure on the heap: few resources have one, and those without pay a pointer for it.
        private final class Refusal: Sendable {
            let failure: UpdateFailure

            init(_ failure: UpdateFailure) {
                self.failure = failure
            }
        }

        var failure: UpdateFailure? { refusal?.failure }

        init(
            typeName: String, versionInfo: String?, lastUpdated: String?, failure: UpdateFailure?
        ) {
            self.typeName = typeName
            self.versionInfo = versionInfo
            self.lastUpdated = lastUpdated
            refusal = failure.map(Refusal.init)
        }

        static func == (first: Circumstances, second: Circumstances) -> Bool {
            first === second
                || first.typeName == second.typeName && first.versionInfo == second.versionInfo
                    && first.lastUpdated == second.lastUpdated && first.failure == second.failure
        }
    }

    init(_ draft: ResourceDraft, sharing last: Circumstances?) {
        kind = draft.kind
        state = draft.state
        name = draft.name
        range = draft.range
        fingerprint = draft.fingerprint
        lineCount = draft.lineCount
        if let last, last.typeName == draft.typeName, last.versionInfo == draft.versionInfo,
            last.lastUpdated == draft.lastUpdated, last.failure == draft.failure
        {
            circumstances = last
        } else {
            circumstances = Circumstances(
                typeName: draft.typeName, versionInfo: draft.versionInfo,
                lastUpdated: draft.lastUpdated, failure: draft.failure)
        }
    }

    static func == (first: ResourceRecord, second: ResourceRecord) -> Bool {
        first === second
            || first.kind == second.kind && first.state == second.state
                && first.name == second.name && first.range == second.range
                && first.fingerprint == second.fingerprint
                && first.lineCount == second.lineCount
                && first.circumstances == second.circumstances
    }
}

/// What a resource's record is made of.
struct ResourceDraft {
    var kind: ResourceKind
    var state: ResourceState
    var name: String
    var typeName = ""
    var range = 0..<0
    var fingerprint = Fingerprint(low: 0, high: 0)
    var lineCount = 0
    var versionInfo: String?
    var lastUpdated: String?
    var failure: UpdateFailure?
}

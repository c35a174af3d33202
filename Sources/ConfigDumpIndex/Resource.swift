public import CanonicalForm

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
public struct Resource: Sendable, Hashable {
    /// What it is.
    public var kind: ResourceKind
    /// Where it stands.
    public var state: ResourceState
    /// The resource's own name; for a secret, the entry's. Empty where it has none.
    public var name: String
    /// The type of the body without its prefix, such as `envoy.config.cluster.v3.Cluster`.
    public var typeName: String
    /// The place of the body (the value of `cluster`, `listener` …) in the dump, in bytes.
    /// Empty for a rejected entry without a configuration.
    public var range: Range<Int>
    /// Stands for the canonical form of the body.
    public var fingerprint: Fingerprint
    /// How many lines the canonical text of the body has.
    public var lineCount: Int
    /// The entry's `version_info`. No proof of sync: see `ConfigDump`.
    public var versionInfo: String?
    /// The entry's `last_updated`, RFC 3339.
    public var lastUpdated: String?
    /// Why Envoy refused an update of this resource, where its entry has an `error_state`.
    public var failure: UpdateFailure?
}

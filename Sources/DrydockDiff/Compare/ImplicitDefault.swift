internal import EnvoyConfig

/// Differences of the text that mean nothing to Envoy, though the field counts its presence.
///
/// A cluster's `type` is a member of the oneof `cluster_discovery_type`: the canonical text keeps it
/// where it is set. One that sets neither member is STATIC all the same, and whether STATIC is
/// printed depends on the versions on both sides.
enum ImplicitDefault {
    /// Whether a change of a resource is not a difference.
    static func covers(_ change: ValueChange, of kind: ResourceKind) -> Bool {
        guard kind == .clusters, change.path.components == [.key("type")] else { return false }
        switch (change.from, change.to) {
        case (nil, let value?), (let value?, nil): return value == .string("STATIC")
        default: return false
        }
    }
}

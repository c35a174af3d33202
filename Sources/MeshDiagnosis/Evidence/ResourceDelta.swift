internal import DrydockDiff
public import EnvoyConfig

/// Which resources of one kind differ, by name.
public struct ResourceDelta: Sendable, Hashable {
    /// The kind.
    public let kind: ResourceKind
    /// What the `from` side alone has, sorted.
    public var onlyFrom: [String] = []
    /// What the `to` side alone has, sorted.
    public var onlyTo: [String] = []
    /// What both have and is not the same, sorted.
    public var changed: [String] = []

    /// Whether nothing differs.
    public var isEmpty: Bool { onlyFrom.isEmpty && onlyTo.isEmpty && changed.isEmpty }

    /// All names that differ.
    public var names: [String] { onlyFrom + onlyTo + changed }

    /// The kinds that are compared between proxies.
    static let kinds: [ResourceKind] = [.clusters, .listeners, .routes, .ecds]

    /// Compares two dumps by the fingerprints alone; nothing is read again.
    ///
    /// - Complexity: O(*n* log *n*) in the number of resources.
    init(
        _ kind: ResourceKind, from: ConfigDump, to: ConfigDump,
        leavingOut isLeftOut: (String) -> Bool = { _ in false }
    ) {
        self.kind = kind
        let old = ResourceDelta.fingerprints(from, kind, isLeftOut)
        let new = ResourceDelta.fingerprints(to, kind, isLeftOut)
        for name in Set(old.keys).union(new.keys).sorted() {
            switch (old[name], new[name]) {
            case (_?, nil): onlyFrom.append(name)
            case (nil, _?): onlyTo.append(name)
            case (let first, let second) where first != second: changed.append(name)
            default: break
            }
        }
    }

    /// What a comparison found.
    init(_ section: SectionComparison) {
        kind = section.kind
        onlyFrom = section.onlyFrom
        onlyTo = section.onlyTo
        changed = section.changed.map(\.name)
    }

    private static func fingerprints(
        _ dump: ConfigDump, _ kind: ResourceKind, _ isLeftOut: (String) -> Bool
    ) -> [String: [Fingerprint]] {
        var found: [String: [Fingerprint]] = [:]
        for resource in dump.resources(kind, .active) where !isLeftOut(resource.name) {
            found[resource.name, default: []].append(resource.fingerprint)
        }
        return found
    }
}

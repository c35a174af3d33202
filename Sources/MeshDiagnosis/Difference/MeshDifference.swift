public import DrydockDiff
public import EnvoyConfig
internal import Reporting
public import SupportBundles

/// What became of a mesh between two bundles: of the installation and of the incident, say.
///
///     before ─▶ inventory, diagnosis ─┐
///                                     ├─▶ pairs of proxies ─▶ what differs, once for all that share it
///     after  ─▶ inventory, diagnosis ─┘
public struct MeshDifference: Sendable {
    /// A proxy of both bundles; its pod may have another name now.
    public struct Pair: Sendable, Hashable {
        /// The proxy of the first bundle, and that of the second.
        public var before: String, after: String
        /// What is another now: its versions, its verdict, its sync, in words.
        public var changes: [String] = []
    }

    /// Changes that some proxies share.
    public struct SharedChanges: Sendable, Hashable {
        /// The proxies, by their names in the second bundle.
        public var proxies: [String]
        /// What differs, each change once.
        public var groups: [ChangeGroup]
    }

    /// The proxies of both, by the second's names.
    public private(set) var pairs: [Pair] = []
    /// The proxies of one bundle alone.
    public private(set) var gone: [String] = [], new: [String] = []
    /// The causes of one bundle alone.
    public private(set) var goneCauses: [Cause] = [], newCauses: [Cause] = []
    /// What differs in the proxies of both, what most of them share first.
    public private(set) var changes: [SharedChanges] = []
    /// The proxies of both that could not be compared: a dump is not there or not readable.
    public private(set) var notCompared: [String] = []

    /// Whether nothing is different.
    public var isEmpty: Bool {
        gone.isEmpty && new.isEmpty && goneCauses.isEmpty && newCauses.isEmpty && changes.isEmpty
            && pairs.allSatisfy(\.changes.isEmpty)
    }

    /// Compares two bundles.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read again.
    /// - Complexity: the diagnosis of both, and a pass over what differs, each content once.
    public init(
        from before: SupportBundle, to after: SupportBundle
    ) async throws(ConfigDumpError) {
        let first = try await BundleDiagnosis(before).report()
        let second = try await BundleDiagnosis(after).report()
        pair(first.judged, second.judged)
        let known = Set(first.causes.map { CauseName($0) })
        let left = Set(second.causes.map { CauseName($0) })
        goneCauses = first.causes.filter { !left.contains(CauseName($0)) }
        newCauses = second.causes.filter { !known.contains(CauseName($0)) }
        try await compare(
            ResourceInventory(bundles: [before], dumps: []),
            ResourceInventory(bundles: [after], dumps: []))
    }

    /// What makes two causes the same in two bundles.
    private struct CauseName: Hashable {
        var kind: Note.Kind
        var text: String

        init(_ cause: Cause) {
            (kind, text) = (cause.kind, cause.text)
        }
    }

    // MARK: - Proxies

    /// Pairs proxies by their names, and the others by their workloads, in order.
    private mutating func pair(_ before: [ProxyReport], _ after: [ProxyReport]) {
        let names = Set(before.map(\.displayName)).intersection(after.map(\.displayName))
        var left = Dictionary(grouping: before.filter { !names.contains($0.displayName) }) {
            ProxyDifferenceKey($0)
        }
        let byName = Dictionary(before.map { ($0.displayName, $0) }) { first, _ in first }
        for proxy in after {
            if let old = byName[proxy.displayName] {
                pairs.append(MeshDifference.pair(old, proxy))
            } else if let key = ProxyDifferenceKey(proxy), let old = left[key]?.first {
                left[key]?.removeFirst()
                pairs.append(MeshDifference.pair(old, proxy))
            } else {
                new.append(proxy.displayName)
            }
        }
        gone = left.values.flatMap(\.self).map(\.displayName).sorted()
    }

    private static func pair(_ old: ProxyReport, _ new: ProxyReport) -> Pair {
        var pair = Pair(before: old.displayName, after: new.displayName)
        for (what, first, second) in [
            ("Istio", old.istioVersion, new.istioVersion),
            ("Envoy", old.envoyVersion, new.envoyVersion),
            ("Istiod", old.istiod, new.istiod),
            ("sync", old.syncText, new.syncText),
            ("verdict", old.verdict.rawValue, new.verdict.rawValue),
        ] where first != second {
            pair.changes.append("\(what) \(first ?? "unknown") → \(second ?? "unknown")")
        }
        return pair
    }

    // MARK: - Resources

    /// Two contents of one resource; nil for a side that lacks it.
    private struct Change: Hashable {
        var kind: ResourceKind
        var name: String
        var old: Int?
        var new: Int?
    }

    private mutating func compare(
        _ before: ResourceInventory, _ after: ResourceInventory
    ) async throws(ConfigDumpError) {
        let kinds: Set<ResourceKind> = [.clusters, .listeners, .routes, .ecds]
        let oldHoldings = MeshDifference.holdings(before, kinds)
        let newHoldings = MeshDifference.holdings(after, kinds)
        var holders: [Change: [String]] = [:]
        for pair in pairs {
            guard let old = oldHoldings[pair.before], let new = newHoldings[pair.after] else {
                notCompared.append(pair.after)
                continue
            }
            for key in Set(old.keys).union(new.keys) {
                let first = old[key], second = new[key]
                if let first, let second,
                    before.items[first].resource.fingerprint
                        == after.items[second].resource.fingerprint
                {
                    continue
                }
                // What came or went did so whatever it holds.
                let change = Change(
                    kind: key.kind, name: key.name, old: second == nil ? 0 : first,
                    new: first == nil ? 0 : second)
                holders[change, default: []].append(pair.after)
            }
        }
        let differences = try await MeshDifference.read(Array(holders.keys), before, after)
        // What the same proxies share is told together.
        var shared: [[String]: [Change]] = [:]
        for (change, proxies) in holders { shared[proxies.sorted(), default: []].append(change) }
        changes = shared.map { proxies, changes in
            let sorted = changes.sorted {
                ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name)
            }
            let groups = ResourceKind.allCases.flatMap { kind in
                ChangeGroup.all(
                    kind,
                    onlyFrom: sorted.filter { $0.kind == kind && $0.new == nil }.map(\.name),
                    onlyTo: sorted.filter { $0.kind == kind && $0.old == nil }.map(\.name),
                    changed: sorted.filter { $0.kind == kind }.compactMap { change in
                        differences[change].map { (change.name, $0) }
                    })
            }
            return SharedChanges(proxies: proxies, groups: groups)
        }.sorted {
            ($1.proxies.count, $0.proxies[0]) < ($0.proxies.count, $1.proxies[0])
        }
    }

    private struct ResourceName: Hashable {
        var kind: ResourceKind
        var name: String
    }

    /// What each proxy holds: places among the inventory's items.
    private static func holdings(
        _ inventory: ResourceInventory, _ kinds: Set<ResourceKind>
    ) -> [String: [ResourceName: Int]] {
        let names = inventory.proxies
        var holdings = Dictionary(names.map { ($0, [ResourceName: Int]()) }) { first, _ in first }
        for (place, item) in inventory.items.enumerated()
        where kinds.contains(item.kind) && item.resource.state == .active {
            let name = ResourceName(kind: item.kind, name: item.name)
            for holder in item.holders { holdings[names[holder]]?[name] = place }
        }
        return holdings
    }

    /// What differs between the contents of changes that have two, each content read once.
    private static func read(
        _ changes: [Change], _ before: ResourceInventory, _ after: ResourceInventory
    ) async throws(ConfigDumpError) -> [Change: (CanonicalValue, CanonicalValue)] {
        let both = changes.filter { $0.old != nil && $0.new != nil }
        let old = try await bodies(of: both.compactMap(\.old), in: before)
        let new = try await bodies(of: both.compactMap(\.new), in: after)
        var values: [Change: (CanonicalValue, CanonicalValue)] = [:]
        for change in both {
            guard let first = change.old.flatMap({ old[$0] }),
                let second = change.new.flatMap({ new[$0] })
            else { continue }
            values[change] = (first, second)
        }
        return values
    }

    private static func bodies(
        of places: [Int], in inventory: ResourceInventory
    ) async throws(ConfigDumpError) -> [Int: CanonicalValue] {
        let places = Set(places).sorted()
        var values: [Int: CanonicalValue] = [:]
        var next = 0
        try await inventory.forEachBody(of: places.map { inventory.items[$0] }) { _, value in
            values[places[next]] = value
            next += 1
        }
        return values
    }
}

/// A proxy's workload.
private struct ProxyDifferenceKey: Hashable {
    var namespace: String
    var workload: String

    init?(_ proxy: ProxyReport) {
        guard let workload = proxy.workload else { return nil }
        (namespace, self.workload) = (proxy.namespace, workload)
    }
}

internal import DrydockDiff
public import EnvoyConfig
internal import EnvoyResources
public import SupportBundles

/// What some proxies hold, each content once: replicas and most of a mesh share nearly everything.
///
///     proxy a ─┐
///     proxy b ─┼─▶ cluster x, content 1: a, b
///     proxy c ─┘   cluster x, content 2: c          names and fingerprints; bodies when asked for
public struct ResourceInventory: Sendable {
    /// One content of one resource.
    package struct Item: Sendable {
        /// The resource of the first holder.
        package let resource: Resource
        /// The dump that it stands in.
        let dump: Int
        /// Who holds it: places among the proxies.
        package fileprivate(set) var holders: [Int]

        package var kind: ResourceKind { resource.kind }
        package var name: String { resource.name }
    }

    private struct Holder: Sendable {
        var name: String
        var dump: ConfigDump
        /// The bundle that it comes from; nil for a file.
        var bundle: Int?
    }

    private var holders: [Holder] = []
    private let bundles: [SupportBundle]
    /// The proxies with a readable dump, in the order in which they were given.
    package var proxies: [String] { holders.map(\.name) }
    /// The proxies whose dump cannot be read, or is not there: nothing is known of what they hold.
    package private(set) var unknown: [String] = []
    /// Each content, in use or from the bootstrap, sorted by kind and name.
    package private(set) var items: [Item] = []

    /// How many bytes are read a second time at once.
    private static let batchLength = 48 << 20

    /// What tells contents apart.
    private struct Key: Hashable {
        var kind: ResourceKind
        var name: String
        var fingerprint: Fingerprint
    }

    /// Takes stock of bundles and dumps. Nothing is read: an index knows names and fingerprints.
    ///
    /// - Complexity: O(*n* log *n*) in the number of resources of all proxies.
    public init(bundles: [SupportBundle], dumps: [ConfigDump]) {
        self.bundles = bundles
        for (index, bundle) in bundles.enumerated() {
            for proxy in bundle.proxies where !proxy.isZtunnel {
                if let dump = proxy.dump {
                    holders.append(Holder(name: proxy.displayName, dump: dump, bundle: index))
                } else {
                    unknown.append(proxy.displayName)
                }
            }
        }
        for dump in dumps { holders.append(Holder(name: dump.source, dump: dump)) }
        var places: [Key: Int] = [:]
        for (number, holder) in holders.enumerated() {
            for resource in holder.dump.resources
            where resource.state == .active || resource.state == .fixed {
                let key = Key(
                    kind: resource.kind, name: resource.name, fingerprint: resource.fingerprint)
                if let place = places[key] {
                    // A dump may hold the same twice.
                    if items[place].holders.last != number { items[place].holders.append(number) }
                } else {
                    places[key] = items.count
                    items.append(Item(resource: resource, dump: number, holders: [number]))
                }
            }
        }
        let order = Dictionary(
            uniqueKeysWithValues: ResourceKind.allCases.enumerated().map { ($1, $0) })
        items.sort {
            (order[$0.kind] ?? 0, $0.name, $0.dump) < (order[$1.kind] ?? 0, $1.name, $1.dump)
        }
    }

    /// The dump of a proxy, by its place.
    func dump(_ proxy: Int) -> ConfigDump { holders[proxy].dump }

    /// Reads contents, a batch at a time: bundles are gone through once for each 48 MB of them.
    ///
    /// - Throws: `ConfigDumpError` if a bundle or a dump cannot be read again. A resource that cannot
    ///   be read is handed over as nil.
    package func forEachBody(
        of items: [Item], _ body: (Item, CanonicalValue?) throws(ConfigDumpError) -> Void
    ) async throws(ConfigDumpError) {
        var rest = items[...]
        while !rest.isEmpty {
            var length = 0
            let batch = rest.prefix { item in
                let isFirst = length == 0
                length += max(1, item.resource.range.count)
                return isFirst || length <= ResourceInventory.batchLength
            }
            rest = rest.dropFirst(batch.count)
            let dumps = try await readable(Array(batch))
            for item in batch {
                guard let dump = dumps[item.dump], !item.resource.range.isEmpty else {
                    try body(item, nil)
                    continue
                }
                try body(item, try? dump.makeReader().canonicalValue(of: item.resource))
            }
        }
    }

    /// The dumps of some items, with these items' bytes.
    private func readable(_ items: [Item]) async throws(ConfigDumpError) -> [Int: ConfigDump] {
        var dumps: [Int: ConfigDump] = [:]
        var wanted: [Int: [String: [Range<Int>]]] = [:]
        for item in items {
            let holder = holders[item.dump]
            dumps[item.dump] = holder.dump
            guard let bundle = holder.bundle else { continue }
            wanted[bundle, default: [:]][holder.dump.source, default: []].append(
                item.resource.range)
        }
        for (index, ranges) in wanted {
            let parts = try await bundles[index].parts(of: ranges)
            for (place, dump) in dumps where holders[place].bundle == index {
                dumps[place] = parts[dump.source].map(dump.holding)
            }
        }
        return dumps
    }
}

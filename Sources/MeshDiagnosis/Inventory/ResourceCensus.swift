public import DrydockDiff
public import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// Which proxies hold which content of a resource.
public struct ResourceCensus: Sendable {
    /// One content, and who holds it.
    public struct Version: Sendable {
        /// The proxies.
        public var proxies: [String]
        let item: ResourceInventory.Item
    }

    /// The kind of the resource.
    public let kind: ResourceKind
    /// Its name.
    public let name: String
    /// Its contents, that of most proxies first.
    public internal(set) var versions: [Version] = []
    /// The proxies that do not hold it.
    public internal(set) var lacking: [String] = []
    /// The proxies of which that is not known: their dump cannot be read, or was captured without this
    /// kind.
    public internal(set) var unknown: [String] = []
    /// What differs, from the first content to each of the others; empty unless it was asked for.
    public internal(set) var differences: [[ChangeGroup]] = []

    /// The letter of a version: `A`, `B` … `Z`, `A1`.
    static func letter(_ index: Int) -> String {
        let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(index % 26))
        return String(Character(letter)) + (index < 26 ? "" : String(index / 26))
    }
}

/// Finds resources by what people know of them: a name, a host, a kind, or where they lead.
public struct ResourceSearch: Sendable {
    /// What is looked for.
    public enum Query: Sendable, Hashable {
        /// A resource's name, a service's host (`reviews.default` will do), or a kind (`clusters`, `cds`).
        case name(String)
        /// The routes and listeners that send to a cluster.
        case routesTo(String)
        /// The route configurations with a virtual host for a host.
        case host(String)
    }

    private let inventory: ResourceInventory

    /// Makes a search.
    public init(_ inventory: ResourceInventory) {
        self.inventory = inventory
    }

    /// The resources that a query finds, by kind and name; none if nothing is found.
    /// `comparesVersions` has their contents read and compared with each other.
    ///
    /// - Throws: `ConfigDumpError` if a bundle cannot be read again.
    /// - Complexity: for a name, linear in the number of resources; else a pass over the bodies of the
    ///   route configurations and listeners, each content once.
    public func censuses(
        _ query: Query, comparesVersions: Bool = false
    ) async throws(ConfigDumpError) -> [ResourceCensus] {
        var found: [ResourceCensus]
        switch query {
        case .name(let text): found = censuses(named: text)
        case .routesTo(let cluster):
            found = try await censuses { item, value in
                let references = ClusterReference.all(in: value, item.kind, named: item.name) {
                    $0 == cluster
                }
                return !references.isEmpty
            }
        case .host(let host):
            found = try await censuses { item, value in
                let configurations =
                    item.kind == .routes
                    ? [RouteConfiguration(value)]
                    : Listener(value).allFilterChains.compactMap {
                        $0.httpConnectionManager?.routeConfiguration
                    }
                return configurations.contains { $0.virtualHosts.contains { $0.serves(host) } }
            }
        }
        if comparesVersions {
            for index in found.indices { try await compare(&found[index]) }
        }
        return found
    }

    // MARK: - By name

    private func censuses(named text: String) -> [ResourceCensus] {
        let items = inventory.items
        let kinds = ResourceKind.allCases.filter { kind in
            [kind.rawValue, String(kind.rawValue.dropLast()), kind.discoveryService ?? ""]
                .contains { !$0.isEmpty && $0.lowercased() == text.lowercased() }
        }
        let tests: [(ResourceInventory.Item) -> Bool] = [
            { kinds.contains($0.kind) }, { $0.name == text },
            { ClusterNameParts($0.name)?.isOfService(text) ?? false },
            { $0.name.contains(text) },
        ]
        for test in tests {
            let found = items.filter { $0.kind != .bootstrap && test($0) }
            if !found.isEmpty { return grouped(found) }
        }
        return []
    }

    // MARK: - By content

    private func censuses(
        where isMeant: (ResourceInventory.Item, CanonicalValue) -> Bool
    ) async throws(ConfigDumpError) -> [ResourceCensus] {
        let items = inventory.items.filter { $0.kind == .routes || $0.kind == .listeners }
        var found: [ResourceInventory.Item] = []
        try await inventory.forEachBody(of: items) { item, value in
            if let value, isMeant(item, value) { found.append(item) }
        }
        return grouped(found)
    }

    private func grouped(_ items: [ResourceInventory.Item]) -> [ResourceCensus] {
        struct Key: Hashable {
            var kind: ResourceKind
            var name: String
        }
        var order: [Key] = []
        var groups: [Key: [ResourceInventory.Item]] = [:]
        for item in items {
            let key = Key(kind: item.kind, name: item.name)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(item)
        }
        let names = inventory.proxies
        return order.map { key in
            let items = groups[key] ?? []
            var census = ResourceCensus(kind: key.kind, name: key.name)
            census.versions = items.map { item in
                ResourceCensus.Version(proxies: item.holders.map { names[$0] }, item: item)
            }.enumerated().sorted {
                ($1.element.proxies.count, $0.offset) < ($0.element.proxies.count, $1.offset)
            }.map(\.element)
            let holders = Set(items.flatMap(\.holders))
            for (index, name) in names.enumerated() where !holders.contains(index) {
                if inventory.dump(index).sections.contains(key.kind) {
                    census.lacking.append(name)
                } else {
                    census.unknown.append(name)
                }
            }
            census.unknown += inventory.unknown
            return census
        }
    }

    /// Compares the first content with each of the others.
    private func compare(_ census: inout ResourceCensus) async throws(ConfigDumpError) {
        guard census.versions.count > 1 else { return }
        var values: [Int: CanonicalValue] = [:]
        for (index, version) in census.versions.enumerated() {
            try await inventory.forEachBody(of: [version.item]) { _, value in
                values[index] = value
            }
        }
        guard let first = values[0] else { return }
        census.differences = census.versions.indices.dropFirst().map { index in
            values[index].map {
                ChangeGroup.all(census.kind, changed: [(census.name, (first, $0))])
            } ?? []
        }
    }
}

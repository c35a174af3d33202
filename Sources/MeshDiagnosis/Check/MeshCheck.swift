internal import DrydockDiff
public import EnvoyConfig
internal import EnvoyResources
internal import Reporting
public import SupportBundles

/// Checks what proxies hold for what cannot work, whether they are in step or not: references that lead
/// nowhere, routes that no request reaches, clusters that nothing uses.
///
///     inventory ─▶ each content once ─▶ facts ─▶ each proxy: facts against its own names ─▶ notes
///
/// What a bundle's diagnosis finds by itself (`MeshReport.findings`) is taken from there.
public struct MeshCheck: Sendable {
    private let inventory: ResourceInventory
    private let bundles: [SupportBundle]
    private let dumps: [ConfigDump]

    /// Makes a check of bundles and dumps.
    public init(bundles: [SupportBundle], dumps: [ConfigDump]) {
        self.bundles = bundles
        self.dumps = dumps
        inventory = ResourceInventory(bundles: bundles, dumps: dumps)
    }

    /// Checks.
    ///
    /// - Throws: `ConfigDumpError` if a bundle or a dump cannot be read again.
    /// - Complexity: the diagnosis of each bundle, and a pass over the bodies of clusters, listeners and
    ///   route configurations, each content once.
    public func report() async throws(ConfigDumpError) -> CheckReport {
        var report = CheckReport(proxyCount: inventory.proxies.count, unknown: inventory.unknown)
        for bundle in bundles {
            let mesh = try await BundleDiagnosis(bundle).report()
            report.findings += mesh.findings
            report.findings += Cause.findings(
                of: mesh.proxies.map { proxy in
                    var proxy = proxy
                    proxy.findings = proxy.notes.filter { $0.kind == .certificateExpiry }
                    return proxy
                })
        }
        let kinds: Set<ResourceKind> = [.clusters, .listeners, .routes]
        let items = inventory.items.filter { kinds.contains($0.kind) }
        let clusters = Set(items.lazy.filter { $0.kind == .clusters }.map(\.name))
        var holdings = inventory.proxies.map { _ in Holdings() }
        var unread = 0
        try await inventory.forEachBody(of: items) { item, value in
            guard let value else {
                unread += 1
                return
            }
            let facts = ResourceFacts(of: item.resource, value, clusters: clusters)
            for proxy in item.holders { holdings[proxy].add(facts) }
        }
        report.unreadCount = unread
        var notes: [(note: Note, proxy: String?)] = []
        let strict = holdings.reduce(into: [:]) { $0.merge($1.strictHosts) { one, _ in one } }
        for (index, name) in inventory.proxies.enumerated() {
            let dump = inventory.dump(index)
            let isOfBundle = index < inventory.proxies.count - dumps.count
            let found = holdings[index].notes(
                of: dump, strict: strict, checksClusters: !isOfBundle)
            notes += found.map { ($0, name) }
        }
        report.findings += Cause.grouped(notes)
        report.sort()
        return report
    }
}

/// What a check found.
public struct CheckReport: Sendable {
    /// How bad a finding is.
    public enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Requests or connections fail.
        case error
        /// Something does not do what somebody meant, or will not for long.
        case warning
        /// Worth knowing.
        case info

        /// Whether one is less bad than another.
        public static func < (first: Level, second: Level) -> Bool {
            (allCases.firstIndex(of: first) ?? 0) > (allCases.firstIndex(of: second) ?? 0)
        }
    }

    /// How many proxies were checked.
    public let proxyCount: Int
    /// The proxies whose dump cannot be read, or is not there.
    public let unknown: [String]
    /// How many resources could not be read.
    public internal(set) var unreadCount = 0
    /// What was found, the worst first.
    public internal(set) var findings: [Cause] = []

    init(proxyCount: Int, unknown: [String]) {
        self.proxyCount = proxyCount
        self.unknown = unknown
    }

    /// The findings of a level and the worse ones.
    public func findings(from level: Level) -> [Cause] {
        findings.filter { $0.level >= level }
    }

    mutating func sort() {
        findings = findings.enumerated().sorted {
            ($1.element.level, $1.element.proxies.count, $0.offset)
                < ($0.element.level, $0.element.proxies.count, $1.offset)
        }.map(\.element)
    }
}

extension Cause {
    /// How bad it is as a finding.
    public var level: CheckReport.Level {
        switch kind {
        case .missingCluster, .missingRoutes, .missingSecret, .missingExtension, .duplicateDomain,
            .plainToStrict:
            .error
        case .unusedCluster: .info
        default: .warning
        }
    }
}

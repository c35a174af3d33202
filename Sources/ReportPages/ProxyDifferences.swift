internal import DrydockDiff
internal import EnvoyConfig
internal import MeshDiagnosis
internal import Reporting
internal import SupportBundles

/// What differs in the proxies of a bundle, resource by resource: from Istiod's dump of them, else from a
/// healthy replica's.
struct ProxyDifferences {
    /// What each proxy was compared with, by its name.
    private(set) var against: [String: String] = [:]
    /// The differences of each proxy, see `PageContent.difference`.
    private(set) var changes: [String: [ReportValue]] = [:]

    fileprivate struct Task {
        var proxy: String
        var deltas: [ResourceDelta]
        var from: ConfigDump
        var to: ConfigDump
        var length = 0
    }

    /// How many bytes of dumps are read again at once.
    private static let batchLength = 48 << 20

    init(
        _ bundle: SupportBundle, _ report: MeshReport, into content: inout PageContent
    ) async throws(ConfigDumpError) {
        var tasks: [Task] = []
        for proxy in report.proxies {
            guard
                let to = bundle.proxies.first(where: { $0.displayName == proxy.displayName })?.dump
            else { continue }
            if let drift = proxy.drift, drift.contains(where: { !$0.isEmpty }),
                let from = bundle.istiodIndex(of: proxy.name)?.dump
            {
                against[proxy.displayName] = "Istiod's dump"
                tasks.append(Task(proxy: proxy.displayName, deltas: drift, from: from, to: to))
            } else if let odd = proxy.oddOneOut, let name = odd.replicas.first,
                let from = bundle.proxies.first(where: { $0.displayName == name })?.dump
            {
                against[proxy.displayName] = name
                tasks.append(Task(proxy: proxy.displayName, deltas: odd.deltas, from: from, to: to))
            }
        }
        while !tasks.isEmpty {
            var wanted: [String: [Range<Int>]] = [:]
            var length = 0
            var count = 0
            for task in tasks {
                for dump in [task.from, task.to] {
                    for resource in task.resources(of: dump) {
                        wanted[dump.source, default: []].append(resource.range)
                        length += resource.range.count
                    }
                }
                count += 1
                if length > ProxyDifferences.batchLength { break }
            }
            let parts = try await bundle.parts(of: wanted)
            for task in tasks.prefix(count) {
                changes[task.proxy] = task.changes(parts, into: &content)
            }
            tasks.removeFirst(count)
        }
    }
}

extension ProxyDifferences.Task {
    /// The resources of a side that differ.
    fileprivate func resources(of dump: ConfigDump) -> [Resource] {
        let names = Dictionary(uniqueKeysWithValues: deltas.map { ($0.kind, Set($0.names)) })
        return dump.resources.filter {
            $0.state == .active && !$0.range.isEmpty && names[$0.kind]?.contains($0.name) ?? false
        }
    }

    fileprivate func changes(
        _ parts: [String: DumpParts], into content: inout PageContent
    ) -> [ReportValue] {
        func side(_ dump: ConfigDump) -> (ResourceReader, [ResourceKind: [String: Resource]]) {
            let reader = (parts[dump.source].map(dump.holding) ?? dump).makeReader()
            let byKind = Dictionary(grouping: resources(of: dump)) { $0.kind }
            return (
                reader,
                byKind.mapValues { Dictionary($0.map { ($0.name, $0) }) { first, _ in first } }
            )
        }
        let (oldReader, old) = side(from)
        let (newReader, new) = side(to)
        return deltas.flatMap { delta in
            delta.names.sorted().map { name in
                content.difference(
                    old[delta.kind]?[name], new[delta.kind]?[name],
                    { try? oldReader.canonicalValue(of: $0) },
                    { try? newReader.canonicalValue(of: $0) })
            }
        }
    }
}

extension PageContent {
    /// A difference as the script reads it: `[item of the old side, item of the new one, edits]`, -1 for a
    /// side that lacks it; the edits are runs of lines, `[0 the same, 1 old, 2 new; how many]` in turn.
    mutating func difference(
        _ old: Resource?, _ new: Resource?, _ readOld: (Resource) -> CanonicalValue?,
        _ readNew: (Resource) -> CanonicalValue?
    ) -> ReportValue {
        let (first, second) = (old.flatMap(readOld), new.flatMap(readNew))
        let from = old.map { place(of: $0) { first } } ?? -1
        let to = new.map { place(of: $0) { second } } ?? -1
        var edits: [ReportValue] = []
        if let first, let second {
            for edit in ValueDifference(from: first, to: second).lines.edits {
                let mark =
                    switch edit.kind {
                    case .equal: 0
                    case .delete: 1
                    case .insert: 2
                    }
                edits += [.int(mark), .int(edit.count)]
            }
        }
        return .list([.int(from), .int(to), .list(edits)])
    }
}

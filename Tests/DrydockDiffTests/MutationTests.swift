import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import Testing

/// Any real change of a captured resource is found in that resource, at its place, and nothing else.
@Suite struct MutationTests {
    /// A section's resources as istioctl's canonical JSON has them.
    struct Source: Sendable {
        var kind: ResourceKind
        var entries: [PlainJSON]
    }

    private static func goldens(of place: String) throws -> [URL] {
        guard
            let folder = try CapturedPair.folders(
                place.split(separator: "/").first.map(String.init) ?? ""
            )
            .first(where: { $0.place.hasPrefix(place) })?.folder
        else { return [] }
        let golden = folder.appendingPathComponent("golden")
        return try FileManager.default.contentsOfDirectory(atPath: golden.path).sorted()
            .filter { $0.contains("canon.istiod.") }.map(golden.appendingPathComponent)
    }

    private static func source(_ file: URL) throws -> Source {
        let document = try PlainJSON(try Corpus.bytes(of: file))
        let member = document.members.first
        let kinds: [String: ResourceKind] = [
            "dynamicActiveClusters": .clusters, "dynamicListeners": .listeners,
            "dynamicRouteConfigs": .routes,
        ]
        return Source(
            kind: kinds[member?.key ?? ""] ?? .clusters, entries: member?.value.elements ?? [])
    }

    @Test(
        "Every captured resource shows a change where it was made",
        arguments: [
            "lab/a_insync_sotw", "lab/b_stale_sotw", "lab/c_nack_all_sotw",
            "lab/d2_warming_live_sotw",
            "istiod/in_sync/pairs/productpage", "istiod/trace/pairs/istio-ingressgateway",
            "istiod/ambient",
        ])
    func captures(_ place: String) throws {
        let goldens = try Self.goldens(of: place)
        #expect(!goldens.isEmpty)
        var tally = Tally()
        for golden in goldens { try mutate(try Self.source(golden), times: 12, &tally) }
        #expect(tally.mutations > 100)
        #expect(Double(tally.exact) >= 0.95 * Double(tally.exactWanted))
    }

    @Test("Every message type shows a change where it was made")
    func messageTypes() throws {
        let folder = try Corpus.folder("random").appendingPathComponent("golden")
        var tally = Tally()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            try mutate(try Self.source(folder.appendingPathComponent(name)), times: 3, &tally)
        }
        #expect(tally.mutations > 3000)
        #expect(Double(tally.exact) >= 0.95 * Double(tally.exactWanted))
    }

    /// How often a change was looked for, and found at the very value.
    struct Tally {
        var mutations = 0
        var exactWanted = 0
        var exact = 0
    }

    private func mutate(_ source: Source, times: Int, _ tally: inout Tally) throws {
        var numbers = SeededNumbers(seed: UInt64(source.entries.count))
        for entry in source.entries {
            guard let resource = Section.body(of: entry) else { continue }
            for _ in 0..<times {
                guard
                    let mutation = Mutation.random(
                        of: resource, isRoute: source.kind == .routes, using: &numbers)
                else { continue }
                try check(mutation, of: resource, kind: source.kind, &tally)
            }
        }
    }

    private func check(
        _ mutation: Mutation, of resource: PlainJSON, kind: ResourceKind, _ tally: inout Tally
    ) throws {
        let bystander = Section.bystander(kind)
        let from = try ConfigDump(bytes: Section.dump(kind, [resource, bystander]), source: "from")
        let to = try ConfigDump(
            bytes: Section.dump(kind, [mutation.value, bystander]), source: "to")
        let comparison = try Comparison(from: from, to: to, options: .init(kinds: [kind]))
        let section = try #require(comparison[kind])
        let name = resource["name"]?.text ?? ""
        let context: Comment = "\(mutation.what) of \(name) at \(mutation.path)"
        #expect(section.onlyFrom.isEmpty && section.onlyTo.isEmpty, context)
        #expect(section.changed.map(\.name) == [name], context)
        let changes = try #require(section.changed.first, context).changes
        #expect(!changes.isEmpty, context)
        for change in changes {
            #expect(
                Section.isAt(change.path, mutation), "\(context): found at \(change.path)")
        }
        tally.mutations += 1
        if mutation.isExact {
            tally.exactWanted += 1
            if changes.map({ $0.path.components.count }) == [mutation.path.count] {
                tally.exact += 1
            }
        }
    }
}

/// The dump around a resource of canonical JSON.
enum Section {
    private static func names(_ kind: ResourceKind) -> (
        section: String, path: [String], type: String
    ) {
        switch kind {
        case .listeners:
            ("dynamicListeners", ["activeState", "listener"], "envoy.config.listener.v3.Listener")
        case .routes:
            ("dynamicRouteConfigs", ["routeConfig"], "envoy.config.route.v3.RouteConfiguration")
        default: ("dynamicActiveClusters", ["cluster"], "envoy.config.cluster.v3.Cluster")
        }
    }

    static func body(of entry: PlainJSON) -> PlainJSON? {
        entry["cluster"] ?? entry["routeConfig"] ?? entry["activeState"]?["listener"]
    }

    /// Another resource of the section, which is the same on both sides.
    static func bystander(_ kind: ResourceKind) -> PlainJSON {
        .object([
            .init("@type", .string("type.googleapis.com/\(names(kind).type)")),
            .init("name", .string("~ a bystander")),
        ])
    }

    static func dump(_ kind: ResourceKind, _ resources: [PlainJSON]) -> [UInt8] {
        let names = names(kind)
        let entries = resources.map { resource in
            names.path.reversed().reduce(resource) { .object([.init($1, $0)]) }
        }
        let section = PlainJSON.object([
            .init("@type", .string("type.googleapis.com/envoy.admin.v3.\(kind.sectionName)")),
            .init(names.section, .list(entries)),
        ])
        return PlainJSON.object([.init("configs", .list([section]))]).bytes
    }

    /// Whether a change was found at a mutation, inside it, or at a list element around it.
    static func isAt(_ path: ValuePath, _ mutation: Mutation) -> Bool {
        let steps = mutation.path.map { step -> ValuePath.Component in
            switch step {
            case .key(let key): .key(key)
            case .index(let index): .index(index)
            }
        }
        if path.components.count >= steps.count {
            // A value has no inside; what was swapped or removed has.
            return Array(path.components.prefix(steps.count)) == steps
                && (!mutation.isExact || path.components.count == steps.count)
        }
        guard case .index = path.components.last else { return path.components == steps.dropLast() }
        return path.components == Array(steps.prefix(path.components.count))
            || path.components.dropLast() == steps.prefix(path.components.count - 1)
    }
}

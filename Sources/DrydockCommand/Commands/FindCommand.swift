internal import Drydock

/// `drydock find NAME BUNDLE|DUMP…`
enum FindCommand {
    private enum Output: String, CaseIterable {
        case text, json
    }

    private struct Options {
        var output = Output.text
        var comparesVersions = false
        var namesAll = false
        var isPassthrough = false
        var routesTo: String?
        var host: String?
        var limits = JSONLimits()
    }

    static let command = Command(
        CommandPage(
            names: ["find"],
            usages: [
                "[OPTIONS] NAME BUNDLE|DUMP…", "[OPTIONS] --routes-to CLUSTER BUNDLE|DUMP…",
                "[OPTIONS] --host HOST BUNDLE|DUMP…",
            ],
            summary: "say which proxies hold a resource, and which content of it",
            about: """
                Looks for a resource in all proxies of a bundle, or in several dumps, and says which of them
                hold the same content. NAME is a resource's name, the host of a service
                (reviews.default will do), or a kind (clusters, cds). A proxy whose dump cannot be read
                is unknown: it is not said to lack anything.
                """,
            exitStatus: "0 found, 1 found nowhere, 2 trouble.",
            examples: [
                "drydock find reviews.default bug-report.tar.gz",
                "drydock find --diff 'outbound|9080||reviews.default.svc.cluster.local' bug-report.tar.gz",
                "drydock find --routes-to PassthroughCluster bug-report.tar.gz",
                "drydock find listeners monday.json tuesday.json",
            ],
            operandCount: 1...Int.max, operands: "a name, and bundles or dumps"),
        Options(),
        options: [
            .choice("output", "o", "FORMAT", "text (the default) or json", \.output),
            .flag("diff", nil, "what differs between the contents", \.comparesVersions),
            .text(
                "routes-to", nil, "CLUSTER", "instead of a name: what sends to a cluster",
                \.routesTo),
            .text(
                "host", nil, "HOST", "instead of a name: what has a virtual host for HOST", \.host),
            .flag(
                "passthrough", nil, "instead of a name: what sends to PassthroughCluster",
                \.isPassthrough),
            .flag("all", nil, "the names of all proxies, not the first few", \.namesAll),
            .maxDepth(\.limits),
        ]
    ) { options, operands, output throws(CommandFailure) in
        var paths = operands[...]
        let query: ResourceSearch.Query
        switch (options.routesTo, options.host, options.isPassthrough) {
        case (let cluster?, nil, false): query = .routesTo(cluster)
        case (nil, let host?, false): query = .host(host)
        case (nil, nil, true): query = .routesTo("PassthroughCluster")
        case (nil, nil, false): query = .name(paths.removeFirst())
        default:
            throw CommandFailure(
                UsageError("--routes-to, --host and --passthrough: expected one of them"))
        }
        guard !paths.isEmpty else {
            throw CommandFailure(
                UsageError("find takes a name, and bundles or dumps: see drydock find --help"))
        }
        let input = try await InventoryInput(paths, limits: options.limits)
        let censuses: [ResourceCensus]
        do throws(ConfigDumpError) {
            censuses = try await ResourceSearch(input.inventory).censuses(
                query, comparesVersions: options.comparesVersions)
        } catch {
            throw CommandFailure(error)
        }
        switch options.output {
        case .json: ResourceCensusJSON().write(censuses, to: &output)
        case .text:
            let writer = ResourceCensusText(limit: options.namesAll ? nil : 8)
            for census in censuses { writer.write(census, to: &output) }
            if censuses.isEmpty { Terminal.warn(["found nowhere: \(query.text)"]) }
        }
        return censuses.isEmpty ? .different : .same
    }
}

extension ResourceSearch.Query {
    fileprivate var text: String {
        switch self {
        case .name(let name): name
        case .routesTo(let cluster): "a route or listener that sends to \(cluster)"
        case .host(let host): "a virtual host for \(host)"
        }
    }
}

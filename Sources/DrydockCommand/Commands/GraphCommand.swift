internal import Drydock

/// `drydock graph DUMP`
enum GraphCommand {
    private enum Output: String, CaseIterable {
        case mermaid, dot, json
    }

    private struct Options {
        var output = Output.mermaid
        var host: String?
        var limits = JSONLimits()
    }

    static let command = Command(
        CommandPage(
            names: ["graph"], usages: ["[OPTIONS] DUMP"],
            summary: "draw the ways from listeners to endpoints",
            about: """
                Draws which listener leads to which virtual host, cluster and endpoint: as Mermaid, which
                issue trackers draw, as DOT or as JSON. Clusters that are not there, and endpoints that
                take no requests, are marked.
                """,
            exitStatus: "0, 1 where no way leads to the host, or 2 for trouble.",
            examples: [
                "drydock graph --host reviews.default config_dump.json",
                "drydock graph -o dot config_dump.json | dot -Tsvg > graph.svg",
            ],
            operandCount: 1...1, operands: "one dump"),
        Options(),
        options: [
            .choice("output", "o", "FORMAT", "mermaid (the default), dot or json", \.output),
            .text("host", nil, "HOST", "only the ways to a host: reviews.default will do", \.host),
            .maxDepth(\.limits),
        ]
    ) { options, operands, output throws(CommandFailure) in
        let dump = try DumpInput.dump(operands[0], limits: options.limits)
        let graph: ConfigurationGraph
        do throws(ConfigDumpError) {
            graph = try ConfigurationGraph(dump, host: options.host)
        } catch {
            throw CommandFailure(error)
        }
        guard !graph.nodes.isEmpty else {
            Terminal.warn(["\(operands[0]): no way leads to \(options.host ?? "anywhere")"])
            return .different
        }
        switch options.output {
        case .mermaid: ConfigurationGraphMermaid().write(graph, to: &output)
        case .dot: ConfigurationGraphDOT().write(graph, to: &output)
        case .json: ConfigurationGraphJSON().write(graph, to: &output)
        }
        return .same
    }
}

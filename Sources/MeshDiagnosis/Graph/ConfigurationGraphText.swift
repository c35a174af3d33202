internal import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes a graph as Mermaid, which issue trackers draw.
///
///     flowchart LR
///       n0["0.0.0.0_9080"] --> n1["9080 reviews…:9080"]
public struct ConfigurationGraphMermaid: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a graph.
    public func write(_ graph: ConfigurationGraph, to output: inout some ByteOutput) {
        output.write("flowchart LR\n")
        for (index, node) in graph.nodes.enumerated() {
            let (open, close) = node.kind.mermaidShape
            let broken = node.isBroken ? ":::broken" : ""
            output.write("  n\(index)\(open)\"\(escaped(node.name))\"\(close)\(broken)\n")
        }
        for edge in graph.edges { output.write("  n\(edge.from) --> n\(edge.to)\n") }
        if graph.nodes.contains(where: \.isBroken) {
            output.write("  classDef broken stroke:#b3261e,stroke-width:3px\n")
        }
    }

    /// Mermaid writes characters as HTML does, with # in place of &.
    private func escaped(_ text: String) -> String {
        var escaped = ""
        for character in PrintableText.line(text) {
            switch character {
            case "\"", "#", "<", ">", "&", "`", "|":
                escaped += "#\(character.unicodeScalars.first?.value ?? 63);"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

/// Writes a graph in Graphviz's language.
public struct ConfigurationGraphDOT: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a graph.
    public func write(_ graph: ConfigurationGraph, to output: inout some ByteOutput) {
        output.write("digraph configuration {\n  rankdir=LR;\n  node [shape=box];\n")
        for (index, node) in graph.nodes.enumerated() {
            let color = node.isBroken ? ", color=red" : ""
            output.write("  n\(index) [label=\"\(escaped(node.name))\"\(color)];\n")
        }
        for edge in graph.edges { output.write("  n\(edge.from) -> n\(edge.to);\n") }
        output.write("}\n")
    }

    private func escaped(_ text: String) -> String {
        PrintableText.line(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}

/// Writes a graph as JSON.
public struct ConfigurationGraphJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a graph.
    public func write(_ graph: ConfigurationGraph, to output: inout some ByteOutput) {
        let nodes = graph.nodes.map { node -> ReportValue in
            [
                "kind": .string(node.kind.rawValue), "name": .string(node.name),
                "broken": .bool(node.isBroken),
            ]
        }
        let edges = graph.edges.map { edge -> ReportValue in
            ["from": .int(edge.from), "to": .int(edge.to)]
        }
        let document: ReportValue = ["nodes": .list(nodes), "edges": .list(edges)]
        document.write(to: &output)
    }
}

extension ConfigurationGraph.NodeKind {
    /// What stands around a node's text.
    fileprivate var mermaidShape: (String, String) {
        switch self {
        case .listener: ("[", "]")
        case .virtualHost: ("(", ")")
        case .cluster: ("[[", "]]")
        case .endpoint: ("([", "])")
        }
    }
}

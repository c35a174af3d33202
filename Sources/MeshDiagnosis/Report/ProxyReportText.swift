internal import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes the page of one proxy of a bundle: its state, its causes, what differs and from what, its
/// certificate, and the commands to go on with.
public struct ProxyReportText {
    /// How many names of a kind are listed.
    private static let listed = 20

    /// Makes a writer.
    public init() {}

    /// Writes a proxy.
    public func write(
        _ proxy: ProxyReport, of report: MeshReport, to output: inout some ByteOutput
    ) {
        func line(_ text: String) { output.write("\(PrintableText.line(text))\n") }
        line("\(proxy.displayName): \(verdict(proxy))")
        line(facts(proxy))
        line("sync: \(sync(proxy))")
        line("dump: \(MeshReportText.resources(proxy))")
        if let end = proxy.certificateEnd { line("certificate: valid until \(end)") }
        notes("causes", proxy.causes, &output)
        let causes = Set(proxy.causes)
        notes("also", proxy.notes.filter { !causes.contains($0) }, &output)
        notes("also found, whatever the sync", proxy.findings, &output)
        if let drift = proxy.drift { write(drift, proxy.differences, &output) }
        if let odd = proxy.oddOneOut {
            write(
                "against \(odd.replicas.joined(separator: ", "))", odd.deltas,
                ("theirs alone", "its own alone"), &output)
        }
        output.write("\nnext:\n")
        let own = (report.causes + report.findings).filter {
            $0.proxies.contains(proxy.displayName)
        }
        var commands = own.flatMap(\.nextSteps)
        commands += NextSteps(bundle: report.source).commands(proxy)
        var seen: Set<String> = []
        for command in commands where seen.insert(command).inserted {
            line("    \(command)")
        }
    }

    private func verdict(_ proxy: ProxyReport) -> String {
        switch proxy.verdict {
        case .ok: "ok"
        case .problem: "a problem"
        case .partial:
            "ok as far as it was checked (\(proxy.checked.map(\.rawValue).joined(separator: ", ")))"
        case .notChecked: "not checked"
        }
    }

    private func facts(_ proxy: ProxyReport) -> String {
        var parts = ["workload \(proxy.workload ?? "unknown") in \(proxy.namespace)"]
        if let version = proxy.istioVersion { parts.append("Istio \(version)") }
        if let version = proxy.envoyVersion { parts.append("Envoy \(version)") }
        switch (proxy.isConnected, proxy.istiod) {
        case (false, _): parts.append("connected to no Istiod")
        case (_, let istiod?): parts.append("connected to \(istiod)")
        default: parts.append("its Istiod is not known")
        }
        return parts.joined(separator: ", ")
    }

    private func sync(_ proxy: ProxyReport) -> String {
        guard let status = proxy.sync else { return MeshReportText.sync(proxy) }
        return ProxySyncStatus.typeNames.map { "\($0.name) \(status[$0.kind].state.rawValue)" }
            .joined(separator: ", ")
    }

    private func notes(_ title: String, _ notes: [Note], _ output: inout some ByteOutput) {
        guard !notes.isEmpty else { return }
        output.write("\n\(title):\n")
        for note in notes {
            output.write("    \(note.kind.rawValue): \(note.line)\n")
            if let object = note.object {
                output.write("        change \(PrintableText.line(object.description))\n")
            } else if !note.candidates.isEmpty {
                let names = NameList.text(note.candidates.map(\.description), limit: 8)
                output.write("        change one of \(PrintableText.line(names))\n")
            }
        }
    }

    private func write(
        _ drift: [ResourceDelta], _ groups: [ChangeGroup], _ output: inout some ByteOutput
    ) {
        // Where the bodies could not be read, the names alone are known.
        guard !groups.isEmpty else {
            return write(
                "drift from Istiod's dump", drift, ("Istiod's alone", "Envoy's alone"), &output)
        }
        output.write("\ndrift from Istiod's dump:\n")
        let text = ChangeGroupText(Comparison.Labels(), namesKind: true)
        for group in groups { output.write("    \(text.line(group))\n") }
    }

    private func write(
        _ title: String, _ deltas: [ResourceDelta], _ sides: (String, String),
        _ output: inout some ByteOutput
    ) {
        let found = deltas.filter { !$0.isEmpty }
        output.write("\n\(PrintableText.line(title)): \(found.isEmpty ? "none" : "")\n")
        for delta in found {
            for (mark, what, names) in [
                ("-", sides.0, delta.onlyFrom), ("+", sides.1, delta.onlyTo),
                ("~", "changed", delta.changed),
            ] where !names.isEmpty {
                output.write("    \(delta.kind.rawValue), \(what):\n")
                for name in names.prefix(ProxyReportText.listed) {
                    output.write("        \(mark) \(PrintableText.line(name))\n")
                }
                if names.count > ProxyReportText.listed {
                    output.write("        and \(names.count - ProxyReportText.listed) more\n")
                }
            }
        }
    }
}

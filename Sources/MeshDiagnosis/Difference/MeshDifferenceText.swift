public import DrydockDiff
internal import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes what became of a mesh between two bundles.
///
///     10 proxies in both, 1 gone, 2 new
///     gone: reviews-v1-6584ddcf65-zk4wl.default
///     new cause: stale: CDS: what Istiod sent last was not acknowledged (1 proxy: …)
///     7 proxies (details-v1-….default, productpage-v1-….default and 5 more):
///       ~ 3 clusters (service reviews.default; subsets v1, v2 and none): connectTimeout 10s → 3s
public struct MeshDifferenceText: ReportWriter {
    private let style: DiffStyle

    /// Makes a writer.
    public init(style: DiffStyle = .plain) {
        self.style = style
    }

    /// Writes a difference.
    public func write(_ difference: MeshDifference, to output: inout some ByteOutput) {
        func line(_ text: String) { output.write("\(PrintableText.line(text))\n") }
        line(
            "\(difference.pairs.count) proxies in both, \(difference.gone.count) gone, "
                + "\(difference.new.count) new")
        if !difference.gone.isEmpty { line("gone: \(NameList.text(difference.gone, limit: 8))") }
        if !difference.new.isEmpty { line("new: \(NameList.text(difference.new, limit: 8))") }
        for pair in difference.pairs where !pair.changes.isEmpty || pair.before != pair.after {
            let name = pair.before == pair.after ? pair.after : "\(pair.before) → \(pair.after)"
            let changes = pair.changes.isEmpty ? "" : ": \(pair.changes.joined(separator: ", "))"
            line("proxy \(name)\(changes)")
        }
        for (what, causes) in [
            ("gone", difference.goneCauses), ("new", difference.newCauses),
        ] {
            for cause in causes {
                let proxies = NameList.text(cause.proxies, limit: 2)
                line("\(what) cause: \(cause.kind.rawValue): \(cause.text) (\(proxies))")
            }
        }
        let text = ChangeGroupText(
            Comparison.Labels(from: "before", to: "after"), style: style, namesKind: true)
        for change in difference.changes {
            let count = change.proxies.count
            let noun = count == 1 ? "proxy" : "proxies"
            line("\(count) \(noun) (\(NameList.text(change.proxies, limit: 3))):")
            for group in change.groups { output.write("  \(text.line(group))\n") }
        }
        if !difference.notCompared.isEmpty {
            line(
                "not compared: \(NameList.text(difference.notCompared, limit: 8)): no readable dump"
            )
        }
        if difference.isEmpty { line("nothing is different") }
    }
}

/// Writes what became of a mesh between two bundles, as JSON.
public struct MeshDifferenceJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a difference.
    public func write(_ difference: MeshDifference, to output: inout some ByteOutput) {
        func causes(_ causes: [Cause]) -> ReportValue {
            .list(
                causes.map { cause in
                    [
                        "kind": .string(cause.kind.rawValue), "text": .string(cause.text),
                        "proxies": .strings(cause.proxies),
                    ]
                })
        }
        let pairs = difference.pairs.map { pair -> ReportValue in
            [
                "before": .string(pair.before), "after": .string(pair.after),
                "changes": .strings(pair.changes),
            ]
        }
        let changes = difference.changes.map { change -> ReportValue in
            [
                "proxies": .strings(change.proxies),
                "groups": .list(change.groups.map(\.reportValue)),
            ]
        }
        let document: ReportValue = [
            "match": .bool(difference.isEmpty), "pairs": .list(pairs),
            "gone": .strings(difference.gone), "new": .strings(difference.new),
            "goneCauses": causes(difference.goneCauses), "newCauses": causes(difference.newCauses),
            "changes": .list(changes), "notCompared": .strings(difference.notCompared),
        ]
        document.write(to: &output)
    }
}

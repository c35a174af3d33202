internal import Drydock

/// The options of `drydock diff`.
struct DiffOptions {
    enum Output: String, CaseIterable {
        case unified, summary, json
    }

    enum Color: String, CaseIterable {
        case auto, always, never
    }

    var output = Output.unified
    var comparison = Comparison.Options()
    /// The labels that the user gave.
    var fromLabel: String?, toLabel: String?
    /// Lines around a change.
    var context = 7
    var color = Color.auto
    var isQuiet = false
    var syncStatusPaths: [String] = []
    var proxy: String?
    var limits = JSONLimits()

    static let table: [CommandOption<DiffOptions>] = [
        .option(
            "kind", nil, "KINDS",
            "clusters,listeners,routes (the default), endpoints, ecds, secrets, scopedRoutes",
            completes: .words(kinds.map(\.rawValue))
        ) { (options, text) throws(UsageError) in
            options.comparison.kinds = try read(text)
        },
        .text(
            "name", nil, "TEXT", "only resources whose name contains TEXT",
            \.comparison.nameFilter),
        .option(
            "ignore", nil, "KIND/NAME#PATH",
            "differences not to report, * for any text, once for each: clusters#connectTimeout"
        ) { (options, text) throws(UsageError) in
            options.comparison.ignoring.append(try rule(text))
        },
        .value(
            "context", nil, "N", "lines around a change: 7", \.context,
            expected: "a number of lines"
        ) { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } },
        .choice("output", "o", "FORMAT", "unified (the default), summary or json", \.output),
        .flag("quiet", "q", "print nothing: the exit status tells", \.isQuiet),
        .choice("color", nil, "WHEN", "auto (the default), always or never", \.color),
        .text("from-label", nil, "LABEL", "what the first dump is called: Istiod", \.fromLabel),
        .text("to-label", nil, "LABEL", "what the second dump is called: Envoy", \.toLabel),
        .texts(
            "syncz", "FILE", "Istiod's /debug/syncz, once for each Istiod: why it differs",
            \.syncStatusPaths, completes: .files),
        .text(
            "proxy", nil, "POD.NAMESPACE",
            "which proxy of the syncz; else the node of Envoy's dump", \.proxy),
        .maxDepth(\.limits),
    ]

    /// The user's labels alone.
    var labels: Comparison.Labels { labels(instead: Comparison.Labels()) }

    /// The user's labels, or else these.
    func labels(instead labels: Comparison.Labels) -> Comparison.Labels {
        Comparison.Labels(from: fromLabel ?? labels.from, to: toLabel ?? labels.to)
    }

    /// Whether the unified diff is coloured.
    var usesColor: Bool {
        switch color {
        case .auto: Terminal.wantsColor
        case .always: true
        case .never: false
        }
    }

    /// The kinds that have a canonical text.
    static let kinds = ResourceKind.allCases.filter { $0.discoveryService != nil }

    private static func rule(_ text: String) throws(UsageError) -> IgnoreRule {
        guard let rule = IgnoreRule(text) else {
            throw UsageError(
                "--ignore \(text): expected KIND/NAME#PATH, where KIND is empty or "
                    + kinds.map(\.rawValue).joined(separator: ", "))
        }
        return rule
    }

    private static func read(_ text: String) throws(UsageError) -> [ResourceKind] {
        var kinds: [ResourceKind] = []
        for name in text.split(separator: ",") {
            let kind = try kind(String(name))
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        guard !kinds.isEmpty else { throw UsageError("--kind: \(expected)") }
        return kinds
    }

    private static let expected =
        "expected \(kinds.dropLast().map(\.rawValue).joined(separator: ", ")) or "
        + (kinds.last?.rawValue ?? "")

    /// A kind by its name.
    static func kind(_ name: String) throws(UsageError) -> ResourceKind {
        guard let kind = kinds.first(where: { $0.rawValue == name }) else {
            throw UsageError("\(name): \(expected)")
        }
        return kind
    }
}

internal import Drydock

/// The options of `drydock diff`.
struct DiffOptions {
    enum Output: String, CaseIterable {
        case unified, summary, stat, names, markdown, html, json
    }

    enum Color: String, CaseIterable {
        case auto, always, never
    }

    var output = Output.unified
    /// Whether every kind is compared that both dumps have.
    var comparesAll = false
    var marksWords = false
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
            "clusters,listeners,routes (the default), endpoints, ecds, secrets, scopedRoutes, also "
                + "as cluster or cds; all: every kind that both have",
            completes: .words(kinds.map(\.rawValue) + ["all"])
        ) { (options, text) throws(UsageError) in
            options.comparesAll = text == "all"
            options.comparison.kinds = options.comparesAll ? kinds : try read(text)
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
            "context", "U", "N", "lines around a change: 7", \.context,
            expected: "a number of lines"
        ) { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } },
        .choice(
            "output", "o", "FORMAT",
            "unified (the default), summary: each change once, stat, names, markdown, html, or json",
            \.output),
        .setting("stat", "how many lines of which resources differ", \.output, .stat),
        .setting("name-only", "the names of the resources that differ", \.output, .names),
        .flag(
            "word-diff", nil, "changed lines once, with the words marked: not for patch",
            \.marksWords),
        .flag("quiet", "q", "print nothing: the exit status tells", \.isQuiet),
        .choice("color", nil, "WHEN", "auto (the default), always or never", \.color),
        .setting("no-color", "no colours", \.color, .never),
        .option("label", nil, "LABEL", "as diff has it: twice, for each dump in turn") {
            options, text in
            if options.fromLabel == nil { options.fromLabel = text } else { options.toLabel = text }
        },
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

    /// Whether texts are coloured.
    var style: DiffStyle {
        switch color {
        case .auto: Terminal.wantsColor ? .ansi : .plain
        case .always: .ansi
        case .never: .plain
        }
    }

    /// What is compared of two dumps. What one of them lacks is told as not compared where all kinds
    /// were asked for.
    func comparison(of from: ConfigDump, _ to: ConfigDump) -> Comparison.Options {
        guard comparesAll else { return comparison }
        var options = comparison
        options.kinds.removeAll { kind in
            ![.clusters, .listeners, .routes].contains(kind)
                && !(from.sections.contains(kind) && to.sections.contains(kind))
        }
        return options
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
        guard let kind = kinds.first(where: { names($0).contains(name.lowercased()) }) else {
            throw UsageError("\(name): \(expected)")
        }
        return kind
    }

    /// What people call a kind: `clusters`, `cluster`, `cds`.
    private static func names(_ kind: ResourceKind) -> [String] {
        [kind.rawValue, String(kind.rawValue.dropLast()), kind.discoveryService ?? ""]
            .map { $0.lowercased() }
    }
}

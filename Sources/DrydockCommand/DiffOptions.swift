internal import Drydock

/// The options of `drydock diff`.
struct DiffOptions {
    enum Output: String, CaseIterable {
        case unified, json, summary
    }

    var output = Output.unified
    var comparison = Comparison.Options()
    var labels = Comparison.Labels()
    /// The labels that the user gave.
    var fromLabel: String?, toLabel: String?
    var context = 7
    var usesColor = false
    var syncStatusPaths: [String] = []
    var proxy: String?
    var limits = JSONLimits()

    static let options = [
        CommandOption("kind"), CommandOption("name"), CommandOption("context"),
        CommandOption("output", "o"), CommandOption("color"), CommandOption("from-label"),
        CommandOption("to-label"), CommandOption("syncz"), CommandOption("proxy"),
        CommandOption("max-depth"), CommandOption("help", "h", takesArgument: false),
    ]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        output = try arguments.choice("output", else: output)
        if let kinds = arguments.value("kind") {
            comparison.kinds = try DiffOptions.kinds(kinds)
        }
        comparison.nameFilter = arguments.value("name")
        if let text = arguments.value("context") {
            guard let context = Int(text), context >= 0 else {
                throw UsageError("--context \(text): expected a number of lines")
            }
            self.context = context
        }
        switch arguments.value("color") ?? "auto" {
        case "auto": usesColor = Terminal.wantsColor
        case "always": usesColor = true
        case "never": usesColor = false
        case let text: throw UsageError("--color \(text): expected auto, always or never")
        }
        fromLabel = arguments.value("from-label")
        toLabel = arguments.value("to-label")
        labels = labels(instead: labels)
        syncStatusPaths = arguments.values("syncz")
        proxy = arguments.value("proxy")
        limits = try DumpInput.limits(arguments)
    }

    /// The user's labels, or else these.
    func labels(instead labels: Comparison.Labels) -> Comparison.Labels {
        Comparison.Labels(from: fromLabel ?? labels.from, to: toLabel ?? labels.to)
    }

    private static let kinds: [ResourceKind] = [
        .clusters, .listeners, .routes, .endpoints, .ecds, .secrets,
    ]

    private static func kinds(_ text: String) throws(UsageError) -> [ResourceKind] {
        var kinds: [ResourceKind] = []
        for name in text.split(separator: ",") {
            guard let kind = DiffOptions.kinds.first(where: { $0.rawValue == name }) else {
                throw UsageError("\(name): \(expected)")
            }
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        guard !kinds.isEmpty else { throw UsageError("--kind: \(expected)") }
        return kinds
    }

    private static let expected =
        "expected clusters, listeners, routes, endpoints, ecds or secrets"

    /// A kind by its name.
    static func kind(_ name: String) throws(CommandFailure) -> ResourceKind {
        guard let kind = kinds.first(where: { $0.rawValue == name }) else {
            throw CommandFailure(UsageError("\(name): \(expected)"))
        }
        return kind
    }
}

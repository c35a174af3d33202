internal import Drydock

/// One of istioctl's tables of a proxy as a command: one file a view, and the list of them all.
struct ProxyView: Sendable {
    /// Its name, istioctl's singular and its short forms.
    var names: [String]
    /// What stands above it among all tables; nil if it is not among them.
    var title: String?
    /// What it prints, after "print ".
    var content: String
    var about: String
    /// What must be there.
    var needs = "the section"
    /// When the header alone is an answer; nil for a view without a header.
    var answersEmpty: String? = "the section is empty, or no row matches"
    var example: String
    /// Its own options.
    var options: [CommandOption<ViewOptions>] = []
    var output = OutputFormat()
    /// What of a capture the table is made of.
    var kinds: Set<CapturedKind>
    /// What of a capture the resources behind the rows are read from; nil for the same.
    var documentKinds: Set<CapturedKind>?
    /// Which answers of a bundle's proxy it can be made of, the best first.
    var answers: @Sendable (ProxyAnswers, ViewOptions) -> [ProxyAnswers.Answer?] = { answers, _ in
        [answers.dump]
    }
    /// What the reader is told where there is no such section, after its name.
    var advice = ""
    /// Whether it judges certificates.
    var judgesCertificates = false
    /// The rows that the filters let pass.
    var rows: @Sendable (ProxySummary, ViewOptions, _ time: Int) -> ViewRows

    var name: String { names[0] }

    /// The formats of a view.
    struct OutputFormat: Sendable {
        var standard = ViewOptions.Output.short
        var text = "short (the default), json or yaml"
    }

    /// What of a capture is read for an output.
    func kinds(_ output: ViewOptions.Output) -> Set<CapturedKind> {
        output == .short ? kinds : documentKinds ?? kinds
    }

    /// Every view, in the order of the help.
    static let all: [ProxyView] = [
        clusters, listeners, routes, endpoints, secrets, bootstrap, ecds, scopedRoutes, allViews,
    ]
}

/// What a view shows of a capture.
struct ViewRows {
    /// How many rows the filters let pass, and how many there are.
    var count = 0, total = 0
    /// Writes the table; the argument says whether the columns' names are those among other tables.
    var write: (_ isNamed: Bool, _ output: inout DescriptorOutput) -> Void
    /// The resources behind the rows; a table does without them.
    var content: () -> ProxyDocument.Content
}

extension ViewRows {
    /// The rows of one table.
    init<Row>(
        _ rows: [Row], of total: Int, content: @escaping @autoclosure () -> ProxyDocument.Content,
        table: @escaping (_ rows: [Row], _ isNamed: Bool) -> TextTable
    ) {
        count = rows.count
        self.total = total
        self.content = content
        write = { isNamed, output in table(rows, isNamed).write(width: Terminal.width, to: &output)
        }
    }
}

extension Array {
    /// The elements that a filter lets pass. Without a filter they are the array's own, not a copy.
    func passing<Filter: Equatable>(
        _ filter: Filter, unless none: Filter, _ matches: (Filter) -> (Element) -> Bool
    ) -> [Element] {
        filter == none ? self : self.filter(matches(filter))
    }
}

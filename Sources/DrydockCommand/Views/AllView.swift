internal import Drydock

extension ProxyView {
    static let allViews = ProxyView(
        names: ["all", "a"],
        content: "every table, as istioctl proxy-config does",
        about: "Prints every table of a config dump.", needs: "any section",
        answersEmpty: "sections are empty or missing, or no row matches",
        example: "--with-headers config_dump.json",
        options: options(of: parts) + [
            .flag("with-headers", nil, "a title over each table", \.hasHeaders)
        ],
        kinds: Set(CapturedKind.allCases), judgesCertificates: true
    ) { summary, options, time in
        let rows = parts.map { ($0, $0.rows(summary, options, time)) }
        return ViewRows(
            write: { _, output in write(rows, hasHeaders: options.hasHeaders, &output) },
            content: {
                .object(
                    rows.map { (key: $0.0.name, content: $0.1.content()) }
                        .sorted { $0.key < $1.key })
            })
    }

    /// The views that it is made of, in the order of its tables, as istioctl has it.
    static let parts: [ProxyView] = [
        bootstrap, clusters, listeners, routes, secrets, endpoints, ecds,
    ]

    /// The options of all parts; of two with one name the first one's.
    private static func options(of parts: [ProxyView]) -> [CommandOption<ViewOptions>] {
        var names: Set<String> = []
        return parts.flatMap(\.options).filter { names.insert($0.description.long).inserted }
    }

    /// Every table that has a title.
    private static func write(
        _ parts: [(view: ProxyView, rows: ViewRows)], hasHeaders: Bool,
        _ output: inout DescriptorOutput
    ) {
        var isFirst = true
        for (view, rows) in parts {
            guard let title = view.title else { continue }
            if !isFirst { output.write("\n") }
            isFirst = false
            if hasHeaders { output.write("------ \(title) INFO ------\n\n") }
            rows.write(true, &output)
        }
    }
}

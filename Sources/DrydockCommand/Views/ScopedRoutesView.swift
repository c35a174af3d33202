internal import Drydock

extension ProxyView {
    static let scopedRoutes = ProxyView(
        names: ["scoped-routes", "srds"],
        content: "the scopes of routes",
        about: """
            Prints the scoped routes of a config dump: which route configuration serves the requests of
            which key. istioctl has no such table.
            """,
        answersEmpty: "the section is empty", example: "config_dump.json",
        kinds: [.section(.scopedRoutes)]
    ) { summary, _, _ in
        ViewRows(
            summary.scopedRoutes, of: summary.scopedRoutes.count,
            content: .resources(summary.scopedRoutes)
        ) { rows, _ in .scopedRoutes(rows) }
    }
}

internal import Drydock

extension ProxyView {
    static let routes = ProxyView(
        names: ["routes", "route", "r"], title: "ROUTE",
        content: "the routes, as istioctl proxy-config does",
        about: "Prints the routes of a config dump, as istioctl proxy-config does.",
        example: "--name 9080 config_dump.json",
        options: [
            .text("name", nil, "NAME", "the route configuration of this name", \.routes.name),
            .verbose,
        ],
        kinds: [.routes]
    ) { summary, options, _ in
        let rows = summary.routes.passing(
            options.routes, unless: RouteFilter(), RouteFilter.matches)
        return ViewRows(rows, of: summary.routes.count, content: .resources(rows)) {
            rows, isNamed in
            options.isVerbose
                ? .routes(rows, named: isNamed) : .virtualHostCounts(rows, named: isNamed)
        }
    }
}

internal import Drydock

extension ProxyView {
    static let ecds = ProxyView(
        names: ["ecds"],
        content: "the extensions that ECDS delivered, as istioctl proxy-config does",
        about: "Prints the extensions' configurations that ECDS delivered.",
        needs: "any section", answersEmpty: "the section is empty or missing",
        example: "-o yaml config_dump.json", kinds: [.ecds]
    ) { summary, _, _ in
        ViewRows(
            summary.extensions, of: summary.extensions.count,
            content: .extensions(summary.extensions)
        ) { rows, _ in .extensions(rows) }
    }
}

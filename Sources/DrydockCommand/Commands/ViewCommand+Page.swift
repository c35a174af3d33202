extension ViewCommand {
    /// What people are told of a view.
    static func page(_ view: ViewKind) -> CommandPage {
        CommandPage(
            names: view.names,
            usages: ["[OPTIONS] FILE", "[OPTIONS] BUNDLE POD.NAMESPACE"],
            summary: "print \(content(view)), as istioctl proxy-config does",
            about: about(view), exitStatus: exitStatus(view),
            examples: ["drydock \(view.rawValue) \(example(view))"],
            // -f names the file as well.
            operandCount: 0...2, operands: "a file, or a bundle and a proxy")
    }

    private static func content(_ view: ViewKind) -> String {
        switch view {
        case .clusters, .listeners, .routes, .endpoints: "the \(view.rawValue)"
        case .secrets: "the secrets and certificates"
        case .bootstrap: "what Envoy was started with"
        case .ecds: "the extensions that ECDS delivered"
        case .all: "every table"
        }
    }

    private static func about(_ view: ViewKind) -> String {
        switch view {
        case .clusters:
            "Prints the clusters of a config dump, as istioctl proxy-config does."
        case .listeners:
            "Prints the listeners of a config dump, a row a filter chain, as istioctl does."
        case .routes:
            "Prints the routes of a config dump, as istioctl proxy-config does."
        case .endpoints:
            """
            Prints the endpoints of a config dump that was captured with include_eds, or those of
            /clusters: Envoy's JSON, or the text that a bug-report holds.
            """
        case .secrets:
            "Prints the secrets of a config dump, or the certificates of /certs. Never a key."
        case .bootstrap:
            "Prints what Envoy was started with; its versions from /server_info too."
        case .ecds:
            "Prints the extensions' configurations that ECDS delivered."
        case .all:
            "Prints every table of a config dump."
        }
    }

    /// When the header alone is an answer.
    private static func exitStatus(_ view: ViewKind) -> String {
        let trouble = "0, or 2 for trouble: a file of another kind, or a dump without"
        let (lacking, alone) =
            switch view {
            case .bootstrap: ("the section", "")
            case .secrets: ("the section", "the section is empty")
            case .ecds: ("any section", "the section is empty or missing")
            case .endpoints: ("any section", "the section is empty or missing, or no row matches")
            case .all: ("any section", "sections are empty or missing, or no row matches")
            case .clusters, .listeners, .routes:
                ("the section", "the section is empty, or no row matches")
            }
        let header = " The header alone is an answer, and standard error says which: \(alone)."
        return "\(trouble) \(lacking).\(alone.isEmpty ? "" : header)"
    }

    private static func example(_ view: ViewKind) -> String {
        switch view {
        case .clusters: "--fqdn reviews.default.svc.cluster.local config_dump.json"
        case .listeners: "--port 9080 -o json config_dump.json"
        case .routes: "--name 9080 config_dump.json"
        case .endpoints: "--port 9080 --status unhealthy clusters.json"
        case .secrets: "--at 2026-11-23T18:16:00Z config_dump.json"
        case .bootstrap: "-o short server_info.json"
        case .ecds: "-o yaml config_dump.json"
        case .all: "--with-headers config_dump.json"
        }
    }
}

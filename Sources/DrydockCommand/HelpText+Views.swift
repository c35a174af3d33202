extension HelpText {
    /// What a view's `--help` prints.
    static func view(_ view: ViewKind) -> String {
        """
        Usage: drydock \(view.rawValue) [OPTIONS] FILE
               drydock \(view.rawValue) [OPTIONS] BUNDLE POD.NAMESPACE

        \(summary(view))

        \(options(view))  -o, --output FORMAT   \(formats(view))
          -f, --file FILE       the file, as istioctl has it
              --max-depth N     how deep a capture may nest, 512, at most 2048

        \(status(view))

        Example:
          drydock \(view.rawValue) \(example(view))
        """
    }

    /// When the header alone is an answer.
    private static func status(_ view: ViewKind) -> String {
        let trouble = "Exit status: 0, or 2 for trouble: a file of another kind, or a dump without"
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
        let header = "\nThe header alone is an answer, and standard error says which:\n\(alone)."
        return "\(trouble) \(lacking).\(alone.isEmpty ? "" : header)"
    }

    private static func formats(_ view: ViewKind) -> String {
        view == .bootstrap
            ? "json (the default), yaml, or short: the versions"
            : "short (the default), json or yaml"
    }

    private static func summary(_ view: ViewKind) -> String {
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

    private static func options(_ view: ViewKind) -> String {
        let lines: [(String, [ViewKind], String)] = [
            ("--fqdn TEXT", [.clusters, .all], "clusters whose name contains TEXT"),
            ("--subset TEXT", [.clusters, .all], "clusters whose name contains TEXT"),
            ("--direction TEXT", [.clusters, .all], "inbound, outbound or inbound-vip"),
            ("--address TEXT", [.listeners, .all], "listeners at this address"),
            ("--address TEXT", [.endpoints], "IP:PORT of a config dump, IP of /clusters"),
            ("--port N", [.clusters, .listeners, .endpoints, .all], "those at this port"),
            ("--type TYPE", [.listeners, .all], "HTTP, TCP, HTTP+TCP or UNKNOWN"),
            ("--waypoint", [.listeners, .all], "listeners and chains by name"),
            ("--name NAME", [.routes, .all], "the route configuration of this name"),
            ("--cluster NAME", [.endpoints, .all], "the endpoints of this cluster"),
            (
                "--status STATUS", [.endpoints, .all],
                "healthy, unhealthy, draining, timeout, degraded,\n                        unknown"
            ),
            ("--verbose=false", [.listeners, .routes, .all], "a row each (with the =)"),
            (
                "--at TIME", [.secrets, .all],
                "when VALID CERT is asked: a time, or now; else the\n                        newest time in the capture"
            ),
            ("--with-headers", [.all], "a title over each table"),
        ]
        return lines.filter { $0.1.contains(view) }.map { name, _, text in
            let padding = String(repeating: " ", count: max(1, 18 - name.utf8.count))
            return "      \(name)\(padding)\(text)\n"
        }.joined()
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

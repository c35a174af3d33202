internal import Drydock

extension ProxyView {
    static let endpoints = ProxyView(
        names: ["endpoints", "endpoint", "ep", "e", "eds"], title: "ENDPOINTS",
        content: "the endpoints, as istioctl proxy-config does",
        about: """
            Prints the endpoints of a config dump that was captured with include_eds, or those of
            /clusters: Envoy's JSON, or the text that a bug-report holds.
            """,
        needs: "any section",
        answersEmpty: "the section is empty or missing, or no row matches",
        example: "--port 9080 --status unhealthy clusters.json",
        options: [
            .text(
                "address", nil, "TEXT", "IP:PORT of a config dump, IP of /clusters",
                \.endpoints.address),
            .port,
            .text("cluster", nil, "NAME", "the endpoints of this cluster", \.endpoints.cluster),
            .word(
                "status", "STATUS",
                ["healthy", "unhealthy", "draining", "timeout", "degraded", "unknown"],
                "healthy, unhealthy, draining, timeout, degraded, unknown", \.endpoints.status),
        ],
        kinds: [.endpoints, .clusterStatus],
        // It knows the health of each host, as istioctl's table of a running proxy does.
        answers: { answers, _ in [answers.clusters, answers.dump] },
        advice: "; capture it with config_dump?include_eds"
    ) { summary, options, _ in
        let none = EndpointFilter()
        let filter = options.endpoints
        let total = summary.endpoints.count + summary.hosts.count
        guard !summary.kinds.contains(.clusterStatus) else {
            let hosts = summary.hosts.passing(filter, unless: none) { filter in
                { filter.matches($0) }
            }
            return ViewRows(hosts, of: total, content: .hosts(hosts)) { hosts, _ in .hosts(hosts) }
        }
        let endpoints = summary.endpoints.passing(filter, unless: none) { filter in
            { filter.matches($0) }
        }
        return ViewRows(endpoints, of: total, content: .endpoints(endpoints, filter)) {
            .endpoints($0, named: $1)
        }
    }
}

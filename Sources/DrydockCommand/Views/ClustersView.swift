internal import Drydock

extension ProxyView {
    static let clusters = ProxyView(
        names: ["clusters", "cluster", "c"], title: "CLUSTER",
        content: "the clusters, as istioctl proxy-config does",
        about: "Prints the clusters of a config dump, as istioctl proxy-config does.",
        example: "--fqdn reviews.default.svc.cluster.local config_dump.json",
        options: [
            .text("fqdn", nil, "TEXT", "clusters whose name contains TEXT", \.clusters.serviceName),
            .text("subset", nil, "TEXT", "clusters whose name contains TEXT", \.clusters.subset),
            .word(
                "direction", "TEXT", ["inbound", "outbound", "inbound-vip"],
                "inbound, outbound or inbound-vip", \.clusters.direction),
            .port,
        ],
        kinds: [.clusters]
    ) { summary, options, _ in
        let rows = summary.clusters.passing(
            options.clusters, unless: ClusterFilter(), ClusterFilter.matches)
        return ViewRows(rows, of: summary.clusters.count, content: .resources(rows)) {
            .clusters($0, named: $1)
        }
    }
}

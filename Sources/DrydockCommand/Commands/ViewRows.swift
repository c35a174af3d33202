internal import Drydock

/// The rows of a capture that the filters let pass, and how each view shows them.
struct ViewRows {
    let summary: ProxySummary
    private let options: ViewOptions
    /// The moment of VALID CERT, in seconds since 1970.
    private let time: Int
    private let clusters: [ClusterSummary]
    private let listeners: [ListenerSummary]
    private let routes: [RouteSummary]
    private let endpoints: [EndpointSummary]
    private let hosts: [HostSummary]

    init(_ summary: ProxySummary, _ options: ViewOptions, at time: Int) {
        self.time = time
        self.summary = summary
        self.options = options
        // Without a filter the rows are the summary's own, not a copy of them.
        clusters =
            options.clusters == ClusterFilter()
            ? summary.clusters : summary.clusters.filter(options.clusters.matches)
        listeners =
            options.listeners == ListenerFilter()
            ? summary.listeners : summary.listeners.filter(options.listeners.matches)
        routes =
            options.routes == RouteFilter()
            ? summary.routes : summary.routes.filter(options.routes.matches)
        let hasEndpointFilter = options.endpoints != EndpointFilter()
        endpoints =
            hasEndpointFilter
            ? summary.endpoints.filter(options.endpoints.matches) : summary.endpoints
        hosts =
            hasEndpointFilter ? summary.hosts.filter(options.endpoints.matches) : summary.hosts
    }

    /// Whether the endpoints are those of `/clusters`.
    private var hasHosts: Bool { summary.kinds.contains(.clusterStatus) }

    // MARK: - Tables

    func write(_ view: ViewKind, to output: inout some ByteOutput) {
        if view == .all {
            writeAll(to: &output)
        } else {
            write(view, named: false, to: &output)
        }
    }

    /// Every table but that of ECDS, as istioctl has it.
    private func writeAll(to output: inout some ByteOutput) {
        let parts: [(title: String, view: ViewKind)] = [
            ("BOOTSTRAP", .bootstrap), ("CLUSTER", .clusters), ("LISTENER", .listeners),
            ("ROUTE", .routes), ("SECRET", .secrets), ("ENDPOINTS", .endpoints),
        ]
        for (index, part) in parts.enumerated() {
            if index > 0 { output.write("\n") }
            if options.hasHeaders { output.write("------ \(part.title) INFO ------\n\n") }
            write(part.view, named: true, to: &output)
        }
    }

    private func write(_ view: ViewKind, named: Bool, to output: inout some ByteOutput) {
        if view == .bootstrap {
            ProxyVersionsText().write(summary.versions, to: &output)
        } else {
            table(view, named: named)?.write(to: &output)
        }
    }

    private func table(_ view: ViewKind, named: Bool) -> TextTable? {
        switch view {
        case .clusters:
            .clusters(clusters, named: named)
        case .listeners where options.showsWaypoint:
            .waypointListeners(listeners)
        case .listeners:
            options.isVerbose
                ? .listeners(listeners, named: named) : .listenerTypes(listeners, named: named)
        case .routes:
            options.isVerbose
                ? .routes(routes, named: named) : .virtualHostCounts(routes, named: named)
        case .endpoints:
            hasHosts ? .hosts(hosts) : .endpoints(endpoints, named: named)
        case .secrets:
            .secrets(summary.secrets, at: time, named: named)
        case .ecds:
            .extensions(summary.extensions)
        case .bootstrap, .all:
            nil
        }
    }

    // MARK: - Documents

    func content(_ view: ViewKind) -> ProxyDocument.Content {
        switch view {
        case .clusters: .clusters(clusters)
        case .listeners: .listeners(listeners)
        case .routes: .routes(routes)
        case .endpoints: hasHosts ? .hosts(hosts) : .endpoints(endpoints, options.endpoints)
        case .secrets: .secrets
        case .ecds: .extensions(summary.extensions)
        case .bootstrap: .bootstrap
        case .all:
            .object(
                ([.bootstrap, .clusters, .ecds, .endpoints, .listeners, .routes, .secrets]
                    as [ViewKind]).map { ($0.rawValue, content($0)) })
        }
    }

    // MARK: - Notes

    /// What a reader of a view should know: a section that is not there, filters that nothing
    /// matches, entries that were passed over.
    func notes(_ view: ViewKind) -> [String] {
        missing(view) + summary.notes.map(\.text)
    }

    private func missing(_ view: ViewKind) -> [String] {
        if view == .all {
            return ViewKind.allCases.filter { $0 != .all && $0 != .ecds }.flatMap(missing)
        }
        if summary.kinds.isDisjoint(with: view.kinds(options.output)) {
            let name = view.section?.sectionName ?? view.rawValue
            let advice = view == .endpoints ? "; capture it with config_dump?include_eds" : ""
            return ["there is no \(name)\(advice)"]
        }
        if isFilteredOut(view) { return ["no \(view.rawValue) match the filter"] }
        guard isEmpty(view) else { return [] }
        let isUnshown = !summary.unshownKinds.isDisjoint(with: view.kinds(options.output))
        return [
            isUnshown
                ? "the \(view.rawValue) that it has are not in use or cannot be shown"
                : "it has no \(view.rawValue): the section is empty"
        ]
    }

    /// Whether a section is there and empty.
    private func isEmpty(_ view: ViewKind) -> Bool {
        switch view {
        case .clusters: summary.clusters.isEmpty
        case .listeners: summary.listeners.isEmpty
        case .routes: summary.routes.isEmpty
        case .endpoints: summary.endpoints.isEmpty && summary.hosts.isEmpty
        case .secrets: summary.secrets.isEmpty
        case .ecds: summary.extensions.isEmpty
        case .bootstrap, .all: false
        }
    }

    private func isFilteredOut(_ view: ViewKind) -> Bool {
        switch view {
        case .clusters: clusters.isEmpty && !summary.clusters.isEmpty
        case .listeners: listeners.isEmpty && !summary.listeners.isEmpty
        case .routes: routes.isEmpty && !summary.routes.isEmpty
        case .endpoints:
            endpoints.isEmpty && hosts.isEmpty
                && !(summary.endpoints.isEmpty && summary.hosts.isEmpty)
        case .secrets, .bootstrap, .ecds, .all: false
        }
    }
}

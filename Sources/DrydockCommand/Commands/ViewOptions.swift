internal import Drydock

/// The views of `drydock`, under istioctl's names.
enum ViewKind: String, CaseIterable {
    case clusters, listeners, routes, endpoints, secrets, bootstrap, ecds, all

    /// Its name, istioctl's singular and its short forms.
    var names: [String] {
        switch self {
        case .clusters: ["clusters", "cluster", "c"]
        case .listeners: ["listeners", "listener", "l"]
        case .routes: ["routes", "route", "r"]
        case .endpoints: ["endpoints", "endpoint", "ep", "e", "eds"]
        case .secrets: ["secrets", "secret", "s"]
        case .bootstrap: ["bootstrap", "b"]
        case .ecds: ["ecds"]
        case .all: ["all", "a"]
        }
    }

    /// What of a capture it reads. The resources behind a table are printed from a bootstrap alone:
    /// `/server_info` knows the versions, and nothing else of it.
    func kinds(_ output: ViewOptions.Output) -> Set<CapturedKind> {
        switch self {
        case .clusters: [.clusters]
        case .listeners: [.listeners]
        case .routes: [.routes]
        case .endpoints: [.endpoints, .clusterStatus]
        case .secrets: [.secrets, .certificates]
        case .bootstrap: output == .short ? [.bootstrap, .serverInfo] : [.bootstrap]
        case .ecds: [.ecds]
        case .all: Set(CapturedKind.allCases)
        }
    }

    /// The section that the view is made of; nil for several.
    var section: ResourceKind? { ResourceKind(rawValue: rawValue) }
}

/// The options of a view.
struct ViewOptions {
    enum Output: String, CaseIterable {
        case short, json, yaml
    }

    var output: Output
    var clusters = ClusterFilter()
    var listeners = ListenerFilter()
    var routes = RouteFilter()
    var endpoints = EndpointFilter()
    var isVerbose = true
    var showsWaypoint = false
    var hasHeaders = false
    /// The moment of VALID CERT.
    var moment = Moment.capture
    /// The file that an option names.
    var path: String?
    var limits = JSONLimits()

    /// When certificates are judged.
    enum Moment: Equatable, Sendable {
        /// At the newest time in the capture.
        case capture
        case now
        /// Seconds since 1970.
        case time(Int)
    }

    /// The options of a view, each with the views that have it.
    static func table(_ view: ViewKind) -> [CommandOption<ViewOptions>] {
        rows(view).filter { $0.views.contains(view) }.map(\.option)
    }

    private static func rows(
        _ view: ViewKind
    ) -> [(views: [ViewKind], option: CommandOption<ViewOptions>)] {
        [
            (
                [.clusters, .all],
                .text(
                    "fqdn", nil, "TEXT", "clusters whose name contains TEXT",
                    \.clusters.serviceName)
            ),
            (
                [.clusters, .all],
                .text("subset", nil, "TEXT", "clusters whose name contains TEXT", \.clusters.subset)
            ),
            (
                [.clusters, .all],
                .word(
                    "direction", "TEXT", ["inbound", "outbound", "inbound-vip"],
                    "inbound, outbound or inbound-vip", \.clusters.direction)
            ),
            (
                [.listeners, .all],
                .text("address", nil, "TEXT", "listeners at this address", \.listeners.address)
            ),
            (
                [.endpoints],
                .text(
                    "address", nil, "TEXT", "IP:PORT of a config dump, IP of /clusters",
                    \.endpoints.address)
            ),
            (
                [.clusters, .listeners, .endpoints, .all],
                .value(
                    "port", "N", "those at this port", \.port, expected: "a number up to 65535"
                ) { text in Int(text).flatMap { 0...65_535 ~= $0 ? $0 : nil } }
            ),
            (
                [.listeners, .all],
                .word(
                    "type", "TYPE", ["HTTP", "TCP", "HTTP+TCP", "UNKNOWN"],
                    "HTTP, TCP, HTTP+TCP or UNKNOWN", \.listeners.type)
            ),
            (
                [.listeners, .all],
                .flag("waypoint", "listeners and chains by name", \.showsWaypoint)
            ),
            (
                [.routes, .all],
                .text(
                    "name", nil, "NAME", "the route configuration of this name", \.routes.name)
            ),
            (
                [.endpoints, .all],
                .text("cluster", nil, "NAME", "the endpoints of this cluster", \.endpoints.cluster)
            ),
            (
                [.endpoints, .all],
                .word(
                    "status", "STATUS",
                    ["healthy", "unhealthy", "draining", "timeout", "degraded", "unknown"],
                    "healthy, unhealthy, draining, timeout, degraded, unknown",
                    \.endpoints.status)
            ),
            (
                [.listeners, .routes, .all],
                .value(
                    "verbose", "true|false", "false: a row each", \.isVerbose,
                    expected: "true or false", completes: .words(["true", "false"])
                ) { Bool($0) }
            ),
            (
                [.secrets, .all],
                .value(
                    "at", "TIME",
                    "when VALID CERT is asked: a time, or now; else the newest time in the capture",
                    \.moment, expected: "now or a time such as 2026-11-23T18:16:00Z", read: moment)
            ),
            ([.all], .flag("with-headers", "a title over each table", \.hasHeaders)),
            (
                ViewKind.allCases,
                .choice(
                    "output", "o", "FORMAT",
                    view == .bootstrap
                        ? "json (the default), yaml, or short: the versions"
                        : "short (the default), json or yaml", \.output)
            ),
            (
                ViewKind.allCases,
                .text(
                    "file", "f", "FILE", "the file, as istioctl has it", \.path,
                    completes: .files)
            ),
            (ViewKind.allCases, .maxDepth(\.limits)),
        ]
    }

    init(_ view: ViewKind) {
        output = view == .bootstrap ? .json : .short
    }

    /// The port of every table that has one; 0 is any.
    private var port: Int {
        get { clusters.port ?? 0 }
        set {
            let port = newValue == 0 ? nil : newValue
            clusters.port = port
            listeners.port = port
            endpoints.port = port
        }
    }

    @Sendable private static func moment(_ text: String) -> Moment? {
        text == "now" ? .now : ClockTime.seconds(text).map(Moment.time)
    }
}

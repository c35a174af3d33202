internal import Drydock

/// The views of `drydock`, under istioctl's names.
enum ViewKind: String, CaseIterable {
    case clusters, listeners, routes, endpoints, secrets, bootstrap, ecds, all

    /// By istioctl's name, its singular, or its short form.
    init?(commandName: String) {
        let found = ViewKind.allCases.first { $0.names.contains(commandName) }
        guard let found else { return nil }
        self = found
    }

    private var names: [String] {
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
    var moment: Moment
    var limits: JSONLimits

    /// When certificates are judged.
    enum Moment: Equatable {
        /// At the newest time in the capture.
        case capture
        case now
        /// Seconds since 1970.
        case time(Int)
    }

    private static let filters: [ViewKind: [CommandOption]] = [
        .clusters: ["fqdn", "port", "subset", "direction"].map { CommandOption($0) },
        .listeners: ["address", "port", "type", "verbose"].map { CommandOption($0) } + [
            CommandOption("waypoint", takesArgument: false)
        ],
        .routes: ["name", "verbose"].map { CommandOption($0) },
        .endpoints: ["address", "port", "cluster", "status"].map { CommandOption($0) },
        .all: [
            "fqdn", "port", "subset", "direction", "address", "type", "verbose", "name", "cluster",
            "status",
        ].map { CommandOption($0) } + [
            CommandOption("waypoint", takesArgument: false),
            CommandOption("with-headers", takesArgument: false),
        ],
    ]

    /// The options that popt knows for a view.
    static func options(_ view: ViewKind) -> [CommandOption] {
        (filters[view] ?? []) + [
            CommandOption("output", "o"), CommandOption("file", "f"), CommandOption("at"),
            CommandOption("max-depth"), CommandOption("help", "h", takesArgument: false),
        ]
    }

    init(_ view: ViewKind, _ arguments: ParsedArguments) throws(UsageError) {
        output = try arguments.choice("output", else: view == .bootstrap ? .json : .short)
        let port =
            try arguments.value("port").map { (text) throws(UsageError) in
                guard let port = Int(text), (0...65_535).contains(port) else {
                    throw UsageError("--port \(text): expected a number up to 65535")
                }
                return port == 0 ? nil : port
            } ?? nil
        clusters.serviceName = arguments.value("fqdn")
        clusters.subset = arguments.value("subset")
        clusters.direction = try arguments.word(
            "direction", among: ["inbound", "outbound", "inbound-vip"])?.lowercased()
        clusters.port = port
        listeners.address = arguments.value("address")
        listeners.type = try arguments.word(
            "type", among: ["HTTP", "TCP", "HTTP+TCP", "UNKNOWN"])
        listeners.port = port
        routes.name = arguments.value("name")
        endpoints.address = arguments.value("address")
        endpoints.cluster = arguments.value("cluster")
        endpoints.status = try arguments.word(
            "status",
            among: ["healthy", "unhealthy", "draining", "timeout", "degraded", "unknown"])
        endpoints.port = port
        switch arguments.value("verbose") ?? "true" {
        case "true": isVerbose = true
        case "false": isVerbose = false
        case let text: throw UsageError("--verbose=\(text): expected true or false, after an =")
        }
        showsWaypoint = arguments.has("waypoint")
        hasHeaders = arguments.has("with-headers")
        moment = try ViewOptions.moment(arguments.value("at"))
        limits = try DumpInput.limits(arguments)
    }

    private static func moment(_ text: String?) throws(UsageError) -> Moment {
        guard let text else { return .capture }
        if text == "now" { return .now }
        guard let time = ClockTime.seconds(text) else {
            throw UsageError("--at \(text): expected now or a time such as 2026-11-23T18:16:00Z")
        }
        return .time(time)
    }
}

internal import Drydock

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

    init(output: Output) {
        self.output = output
    }

    /// The options that every view has.
    static func common(_ format: ProxyView.OutputFormat) -> [CommandOption<ViewOptions>] {
        [
            .choice("output", "o", "FORMAT", format.text, \.output),
            .text("file", "f", "FILE", "the file, as istioctl has it", \.path, completes: .files),
            .maxDepth(\.limits),
        ]
    }

    /// The port of every table that has one; 0 is any.
    fileprivate var port: Int {
        get { clusters.port ?? 0 }
        set {
            let port = newValue == 0 ? nil : newValue
            clusters.port = port
            listeners.port = port
            endpoints.port = port
        }
    }

    @Sendable static func moment(_ text: String) -> Moment? {
        text == "now" ? .now : ClockTime.seconds(text).map(Moment.time)
    }
}

extension CommandOption<ViewOptions> {
    static let port = CommandOption.value(
        "port", nil, "N", "those at this port", \.port, expected: "a number up to 65535"
    ) { text in Int(text).flatMap { 0...65_535 ~= $0 ? $0 : nil } }

    static let verbose = CommandOption.value(
        "verbose", nil, "true|false", "false: a row each", \.isVerbose, expected: "true or false",
        completes: .words(["true", "false"])
    ) { Bool($0) }
}

public import Reporting
internal import StrictJSON

/// Writes a trace as text: what becomes of the request, a hop a line, and the notes.
///
///     forwarded
///       listener             0.0.0.0_9080
///       route configuration  9080
///       virtual host         reviews.default.svc.cluster.local:9080
///       route                split, VirtualService reviews in default
///                            no timeout, 2 retries on connect-failure
///       75 %                 outbound|9080|v1|reviews.default.svc.cluster.local, DestinationRule reviews in default
///         10.244.0.13:9080   mTLS by tlsMode-istio, SNI outbound_.9080_.v1_.reviews.default.svc.cluster.local
///       …
public struct RequestTraceText: ReportWriter {
    /// Whether every step is written, the rejected candidates with their reasons.
    public var explains: Bool

    /// Makes a writer.
    public init(explains: Bool = false) {
        self.explains = explains
    }

    /// Writes a trace.
    public func write(_ trace: RequestTrace, to output: inout some ByteOutput) {
        let words = RequestTraceText.words(for: trace)
        output.write(words + (trace.status.map { " (\($0))" } ?? "") + "\n")
        let hops = RequestTraceText.hops(of: trace)
        let width = hops.map(\.title.count).max() ?? 0
        for hop in hops {
            let space = String(repeating: " ", count: width - hop.title.count + 2)
            output.write("  \(PrintableText.line("\(hop.title)\(space)\(hop.text)"))\n")
        }
        for note in trace.notes { output.write("  - \(PrintableText.line(note.text))\n") }
        guard explains else { return }
        // The stages in the order in which they were first reached, each with all of its steps.
        var stages: [RequestTrace.Step.Stage] = []
        for step in trace.steps where !stages.contains(step.stage) { stages.append(step.stage) }
        for stage in stages {
            output.write("\(RequestTraceText.title(of: stage))\n")
            for step in trace.steps where step.stage == stage {
                let subject = step.subject.isEmpty ? "(unnamed)" : PrintableText.line(step.subject)
                let reason = PrintableText.line(step.reason)
                output.write("  \(step.isTaken ? "+" : "-") \(subject): \(reason)\n")
            }
        }
    }

    // MARK: - Hops

    private static func hops(of trace: RequestTrace) -> [(title: String, text: String)] {
        var hops: [(title: String, text: String)] = []
        func add(_ title: String, _ text: String?) {
            if let text, !text.isEmpty { hops.append((title, text)) }
        }
        add("listener", trace.listener)
        add("filter chain", trace.filterChain)
        add("route configuration", trace.routeConfiguration)
        add("virtual host", trace.virtualHost)
        // A route without a name is named by its place.
        if let route = trace.steps.first(where: { $0.stage == .route && $0.isTaken }) {
            add("route", name(route.subject, trace.routeObject))
        }
        if let patience = trace.patience { add("", words(for: patience)) }
        let total = trace.clusters.reduce(0.0) { $0 + Double($1.weight) }
        for cluster in trace.clusters {
            let isShared = trace.clusters.count > 1 && total > 0
            add(
                isShared ? Runtime.percent(Double(cluster.weight) / total) : "cluster",
                name(cluster.name, cluster.object))
            for endpoint in cluster.endpoints { add("  \(endpoint.address)", words(for: endpoint)) }
        }
        for mirror in trace.mirrors { add("mirror", mirror) }
        add("location", trace.location)
        return hops
    }

    private static func name(_ name: String, _ object: Note.Object?) -> String {
        object.map { "\(name), \($0)" } ?? name
    }

    private static func words(for patience: RequestTrace.Patience) -> String {
        var parts = [patience.timeout.map { "timeout \($0)" } ?? "no timeout"]
        if patience.retries > 0 {
            let count = patience.retries == 1 ? "1 retry" : "\(patience.retries) retries"
            parts.append("\(count) on \(patience.retryOn.joined(separator: ", "))")
            if let time = patience.perTryTimeout { parts.append("\(time) a try") }
        }
        return parts.joined(separator: ", ")
    }

    private static func words(for endpoint: RequestTrace.Endpoint) -> String {
        let isWell = endpoint.health == "HEALTHY" || endpoint.health == "UNKNOWN"
        var parts = isWell ? [] : [endpoint.health]
        if let transport = endpoint.transport {
            let kind =
                switch transport.kind {
                case .plain: "plain text"
                case .tls: "TLS"
                case .mutualTLS: "mTLS"
                case .other: "a transport socket that is not known here"
                }
            parts.append(kind + (transport.match.map { " by \($0)" } ?? ""))
            if let name = transport.serverName { parts.append("SNI \(name)") }
            if !transport.identities.isEmpty {
                parts.append("expects \(transport.identities.joined(separator: " or "))")
            }
        }
        return parts.joined(separator: ", ")
    }

    private static func words(for trace: RequestTrace) -> String {
        switch trace.outcome {
        case .forwarded: "forwarded"
        case .redirected: "redirected"
        case .answered: "answered by Envoy"
        case .noRoute: "no route"
        case .noFilterChain: "no filter chain"
        case .noListener: "no listener"
        case .noCluster: "no such cluster"
        case .noEndpoint: "no endpoint"
        case .denied: "denied"
        case .protocolMismatch: "not what the filter chain expects"
        case .notReady: "not ready: a secret is missing"
        case .notFollowed: "another protocol decides"
        case .undecided: "not decided by the dump"
        }
    }

    private static func title(of stage: RequestTrace.Step.Stage) -> String {
        switch stage {
        case .listener: "listeners"
        case .filterChain: "filter chains"
        case .networkFilter: "network filters"
        case .request: "request"
        case .routeConfiguration: "route configuration"
        case .virtualHost: "virtual hosts"
        case .route: "routes"
        case .httpFilter: "HTTP filters"
        case .cluster: "clusters"
        case .endpoint: "endpoints"
        }
    }
}

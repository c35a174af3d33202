public import Reporting
internal import StrictJSON

/// Writes a trace as text: the answer in one line and the notes below it.
///
///     listener 0.0.0.0_9080 -> virtual host reviews.default.svc.cluster.local:9080 -> route split -> 75 % outbound|9080|v1|reviews.default.svc.cluster.local (10.244.0.13:9080), 25 % …
public struct RequestTraceText: ReportWriter {
    /// Whether every step is written, the rejected candidates with their reasons.
    public var explains: Bool

    /// Makes a writer.
    public init(explains: Bool = false) {
        self.explains = explains
    }

    /// Writes a trace.
    public func write(_ trace: RequestTrace, to output: inout some ByteOutput) {
        output.write("\(answer(trace))\n")
        for note in trace.notes { output.write("  \(PrintableText.line(note.text))\n") }
        guard explains else { return }
        var stage: RequestTrace.Step.Stage?
        for step in trace.steps {
            if step.stage != stage { output.write("\(RequestTraceText.title(of: step.stage))\n") }
            stage = step.stage
            let subject = step.subject.isEmpty ? "(unnamed)" : PrintableText.line(step.subject)
            let reason = PrintableText.line(step.reason)
            output.write("  \(step.isTaken ? "+" : "-") \(subject): \(reason)\n")
        }
    }

    private func answer(_ trace: RequestTrace) -> String {
        var parts: [String] = []
        if let listener = trace.listener { parts.append("listener \(listener)") }
        if let chain = trace.filterChain, !chain.isEmpty { parts.append("filter chain \(chain)") }
        if let name = trace.routeConfiguration { parts.append("route configuration \(name)") }
        if let host = trace.virtualHost { parts.append("virtual host \(host)") }
        // A route without a name is named by its place.
        if let route = trace.steps.first(where: { $0.stage == .route && $0.isTaken }) {
            parts.append("route \(route.subject)")
        }
        let clusters = destinations(trace.clusters)
        if !clusters.isEmpty { parts.append(clusters) }
        if trace.outcome != .forwarded {
            parts.append(
                RequestTraceText.words(for: trace) + (trace.status.map { " (\($0))" } ?? ""))
        }
        return PrintableText.line(parts.joined(separator: " -> "))
    }

    private func destinations(_ clusters: [RequestTrace.Destination]) -> String {
        let total = clusters.reduce(0.0) { $0 + Double($1.weight) }
        return clusters.map { cluster in
            let share =
                clusters.count > 1 && total > 0
                ? "\(Runtime.percent(Double(cluster.weight) / total)) " : ""
            let places = cluster.endpoints.map { endpoint in
                let health = endpoint.health == "HEALTHY" || endpoint.health == "UNKNOWN"
                return health ? endpoint.address : "\(endpoint.address) \(endpoint.health)"
            }
            let list = places.isEmpty ? "" : " (\(places.joined(separator: ", ")))"
            return "\(share)\(cluster.name)\(list)"
        }.joined(separator: ", ")
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

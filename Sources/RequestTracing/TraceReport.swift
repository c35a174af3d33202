public import CanonicalForm
internal import StructuralDiff
public import UnifiedText

/// Writes a trace as JSON, a stable contract for scripts.
///
///     {
///         "outcome": "forwarded",
///         "listener": "0.0.0.0_9080",
///         "filterChain": "",
///         "routeConfiguration": "9080",
///         "virtualHost": "reviews.default.svc.cluster.local:9080",
///         "route": "split",
///         "clusters": [
///             {
///                 "name": "outbound|9080|v1|reviews.default.svc.cluster.local",
///                 "weight": 75,
///                 "endpoints": [
///                     {
///                         "address": "10.244.0.13:9080",
///     …
///
/// What the request did not get to is `null`; what it got to and has no name is an empty string.
public struct TraceReport: Sendable {
    /// Whether every step is written, the rejected candidates with their reasons.
    public var explains: Bool

    /// Makes a writer.
    public init(explains: Bool = false) {
        self.explains = explains
    }

    /// Writes a trace.
    public func write(_ trace: RequestTrace, to output: inout some ByteOutput) {
        var buffer: [UInt8] = []
        CanonicalText.append(value(trace), depth: 0, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        output.write(buffer[...])
    }

    /// A trace as JSON.
    public func value(_ trace: RequestTrace) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [
            ("outcome", .string(trace.outcome.rawValue)),
            ("listener", optional(trace.listener)),
            ("filterChain", optional(trace.filterChain)),
            ("routeConfiguration", optional(trace.routeConfiguration)),
            ("virtualHost", optional(trace.virtualHost)),
            ("route", optional(trace.route)),
            ("clusters", .list(trace.clusters.map(destination))),
            ("mirrors", .list(trace.mirrors.map { .string($0) })),
            ("status", trace.status.map { .literal(String($0)) } ?? .literal("null")),
            ("notes", .list(trace.notes.map(JSONReport.value))),
        ]
        if explains { members.append(("steps", .list(trace.steps.map(step)))) }
        return .members(members)
    }

    private func optional(_ text: String?) -> CanonicalValue {
        text.map { .string($0) } ?? .literal("null")
    }

    private func destination(_ destination: RequestTrace.Destination) -> CanonicalValue {
        .members([
            ("name", .string(destination.name)),
            ("weight", .literal(String(destination.weight))),
            ("endpoints", .list(destination.endpoints.map(endpoint))),
        ])
    }

    private func endpoint(_ endpoint: RequestTrace.Endpoint) -> CanonicalValue {
        .members([
            ("address", .string(endpoint.address)), ("health", .string(endpoint.health)),
            ("priority", .literal(String(endpoint.priority))),
            ("locality", .string(endpoint.locality)),
        ])
    }

    private func step(_ step: RequestTrace.Step) -> CanonicalValue {
        .members([
            ("stage", .string(step.stage.rawValue)), ("subject", .string(step.subject)),
            ("taken", .literal(step.isTaken ? "true" : "false")), ("reason", .string(step.reason)),
        ])
    }
}

/// Writes a trace as text: the answer in one line, below it what is to be known about it.
///
///     listener 0.0.0.0_9080 -> virtual host reviews.default.svc.cluster.local:9080 -> route split -> 75 % outbound|9080|v1|reviews.default.svc.cluster.local (10.244.0.13:9080), 25 % …
public struct TraceText: Sendable {
    /// Whether every step is written, the rejected candidates with their reasons.
    public var explains: Bool

    /// Makes a writer.
    public init(explains: Bool = false) {
        self.explains = explains
    }

    /// Writes a trace.
    public func write(_ trace: RequestTrace, to output: inout some ByteOutput) {
        output.write("\(answer(trace))\n")
        for note in trace.notes { output.write("  \(TraceText.line(note.text))\n") }
        guard explains else { return }
        var stage: RequestTrace.Step.Stage?
        for step in trace.steps {
            if step.stage != stage { output.write("\(TraceText.title(of: step.stage))\n") }
            stage = step.stage
            let subject = step.subject.isEmpty ? "(unnamed)" : TraceText.line(step.subject)
            let reason = TraceText.line(step.reason)
            output.write("  \(step.isTaken ? "+" : "-") \(subject): \(reason)\n")
        }
    }

    private func answer(_ trace: RequestTrace) -> String {
        var parts: [String] = []
        if let listener = trace.listener { parts.append("listener \(listener)") }
        if let chain = trace.filterChain, !chain.isEmpty { parts.append("filter chain \(chain)") }
        if let name = trace.routeConfiguration { parts.append("route configuration \(name)") }
        if let host = trace.virtualHost { parts.append("virtual host \(host)") }
        // A route without a name goes by its place.
        if let route = trace.steps.first(where: { $0.stage == .route && $0.isTaken }) {
            parts.append("route \(route.subject)")
        }
        let clusters = destinations(trace.clusters)
        if !clusters.isEmpty { parts.append(clusters) }
        if trace.outcome != .forwarded {
            parts.append(TraceText.words(for: trace) + (trace.status.map { " (\($0))" } ?? ""))
        }
        return TraceText.line(parts.joined(separator: " -> "))
    }

    private func destinations(_ clusters: [RequestTrace.Destination]) -> String {
        let total = clusters.reduce(0) { $0 + $1.weight }
        return clusters.map { cluster in
            let share =
                clusters.count > 1 && total > 0
                ? "\(Runtime.percent(Double(cluster.weight) / Double(total))) " : ""
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

    /// A text on one line: a terminal must not obey what a dump says.
    private static func line(_ text: String) -> String {
        String(
            text.unicodeScalars.map {
                $0.properties.generalCategory == .control ? "?" : Character($0)
            })
    }
}

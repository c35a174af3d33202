public import DrydockDiff
public import EnvoyConfig
public import Reporting

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
public struct RequestTraceJSON: ReportWriter {
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
            ("notes", .list(trace.notes.map(ComparisonJSON.value))),
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

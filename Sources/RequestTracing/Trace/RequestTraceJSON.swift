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
/// What the request did not reach is `null`; what it reached and has no name is an empty string.
public struct RequestTraceJSON: ReportWriter {
    /// Whether every step is written, the rejected candidates with their reasons.
    public var explains: Bool

    /// Makes a writer.
    public init(explains: Bool = false) {
        self.explains = explains
    }

    /// Writes a trace.
    public func write(_ trace: RequestTrace, to output: inout some ByteOutput) {
        value(trace).write(to: &output)
    }

    /// A trace as a value, for a document that holds more.
    public func value(_ trace: RequestTrace) -> ReportValue {
        var members: ReportObject = [
            "outcome": .string(trace.outcome.rawValue),
            "listener": ReportValue(trace.listener),
            "filterChain": ReportValue(trace.filterChain),
            "routeConfiguration": ReportValue(trace.routeConfiguration),
            "virtualHost": ReportValue(trace.virtualHost),
            "route": ReportValue(trace.route),
            "routeObject": trace.routeObject?.reportValue ?? .null,
            "timeout": ReportValue(trace.patience?.timeout),
            "retries": trace.patience.map(retries) ?? .null,
            "clusters": .list(trace.clusters.map(destination)),
            "mirrors": .strings(trace.mirrors),
            "status": ReportValue(trace.status),
            "notes": .list(trace.notes.map(\.reportValue)),
        ]
        if explains { members.append("steps", .list(trace.steps.map(step))) }
        return .object(members)
    }

    private func destination(_ destination: RequestTrace.Destination) -> ReportValue {
        [
            "name": .string(destination.name),
            "weight": .int(destination.weight),
            "object": destination.object?.reportValue ?? .null,
            "endpoints": .list(destination.endpoints.map(endpoint)),
        ]
    }

    private func endpoint(_ endpoint: RequestTrace.Endpoint) -> ReportValue {
        [
            "address": .string(endpoint.address), "health": .string(endpoint.health),
            "priority": .int(endpoint.priority), "locality": .string(endpoint.locality),
            "transport": endpoint.transport.map(transport) ?? .null,
        ]
    }

    private func transport(_ transport: RequestTrace.Transport) -> ReportValue {
        [
            "kind": .string(transport.kind.rawValue), "match": ReportValue(transport.match),
            "sni": ReportValue(transport.serverName), "identities": .strings(transport.identities),
        ]
    }

    private func retries(_ patience: RequestTrace.Patience) -> ReportValue {
        [
            "attempts": .int(patience.retries), "on": .strings(patience.retryOn),
            "perTryTimeout": ReportValue(patience.perTryTimeout),
        ]
    }

    private func step(_ step: RequestTrace.Step) -> ReportValue {
        [
            "stage": .string(step.stage.rawValue), "subject": .string(step.subject),
            "taken": .bool(step.isTaken), "reason": .string(step.reason),
        ]
    }
}

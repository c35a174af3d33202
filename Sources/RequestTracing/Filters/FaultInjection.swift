internal import EnvoyConfig
internal import EnvoyResources

/// An `envoy.extensions.filters.http.fault.v3.HTTPFault` as it meets one request.
struct FaultInjection {
    /// Delays, and refusals by chance, in words.
    private(set) var notes: [String] = []
    /// The HTTP status where every request is answered so; nil where not.
    private(set) var status: Int?

    init(
        _ fault: CanonicalValue, headers: RequestHeaders, cluster: String?, runtime: Runtime
    ) {
        // All of its conditions must hold.
        for match in fault.messages("headers", as: HeaderMatch.self)
        where match.verdict(for: headers) != .holds { return }
        if let wanted = fault.text("upstreamCluster"), !wanted.isEmpty, wanted != cluster { return }
        if let delay = fault["delay"] { take(delay: delay, fault, runtime) }
        if let abort = fault["abort"] { take(abort: abort, fault, headers, runtime) }
    }

    private mutating func take(delay: CanonicalValue, _ fault: CanonicalValue, _ runtime: Runtime) {
        let share = FaultInjection.share(
            delay, fault.text("delayPercentRuntime") ?? "fault.http.delay.fixed_delay_percent",
            runtime)
        guard share > 0 else { return }
        let length = delay.text("fixedDelay") ?? "as long as a header of the request says"
        notes.append("a fault delays \(Runtime.percent(share)) of these requests: \(length)")
    }

    private mutating func take(
        abort: CanonicalValue, _ fault: CanonicalValue, _ headers: RequestHeaders,
        _ runtime: Runtime
    ) {
        let share = FaultInjection.share(
            abort, fault.text("abortPercentRuntime") ?? "fault.http.abort.abort_percent", runtime)
        guard share > 0 else { return }
        let status: Int
        var answer: String
        if let code = abort.integer("httpStatus") {
            (status, answer) = (code, "with \(code)")
        } else if let code = abort.integer("grpcStatus") {
            // Of a request that is not gRPC Envoy makes the HTTP status of the same meaning.
            status = 200
            answer = "with the gRPC status \(code)"
        } else {
            guard let text = headers.value("x-envoy-fault-abort-request"), let code = Int(text)
            else { return }
            (status, answer) = (code, "with \(code), which the request asks for")
        }
        if share >= 1 {
            self.status = status
            answer = "every request of this kind \(answer)"
        } else {
            answer = "\(Runtime.percent(share)) of these requests \(answer)"
        }
        notes.append("a fault answers \(answer)")
    }

    /// The share of the requests; a number in the runtime overrides it.
    private static func share(
        _ fault: CanonicalValue, _ key: String, _ runtime: Runtime
    ) -> Double {
        runtime.share(
            of: .object([
                CanonicalValue.Member(
                    key: "defaultValue", value: fault["percentage"] ?? .object([])),
                CanonicalValue.Member(key: "runtimeKey", value: .string(key)),
            ])
        ).share
    }
}

internal import Reporting
public import RequestTracing
public import Testing

/// Where a request is expected to get.
public enum TraceExpectation: Sendable, Hashable {
    /// It is forwarded to one of these clusters, whatever their shares, and to no other.
    case clusters(Set<String>)
    /// It ends so: `.redirected`, `.denied`, `.noRoute` …
    case outcome(RequestTrace.Outcome)
    /// Envoy answers it by itself, with this status.
    case status(Int)

    /// It is forwarded to one cluster.
    public static func cluster(_ name: String) -> TraceExpectation { .clusters([name]) }
}

/// Expects where a request gets through one proxy: a regression test for routes.
///
///     @Test func reviewsAreSplit() throws {
///         let tracer = try ConfigDump(contentsOfFile: "config_dump.json").makeTracer()
///         try expectTrace(
///             of: TracedRequest(url: "http://reviews:9080/reviews/1"), by: tracer,
///             leadsTo: .clusters([
///                 "outbound|9080|v1|reviews.default.svc.cluster.local",
///                 "outbound|9080|v2|reviews.default.svc.cluster.local",
///             ]))
///     }
///
/// Another end is an issue of the test, with the way of the request. In a test of another framework,
/// where an issue would be recorded nowhere, it is thrown.
///
/// - Parameters:
///   - request: What is sent.
///   - tracer: The proxy's tracer, which all expectations of one dump share.
///   - expectation: Where it has to get.
///   - sourceLocation: Where the issue is recorded.
/// - Returns: The way of the request, for what else a test looks at.
/// - Throws: `ConfigDumpError` if the dump cannot be read again, `TraceFailure` outside of a test of
///   Swift Testing.
@discardableResult
public func expectTrace(
    of request: TracedRequest, by tracer: RequestTracer, leadsTo expectation: TraceExpectation,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> RequestTrace {
    let trace = try tracer.trace(request)
    guard let problem = expectation.problem(with: trace) else { return trace }
    var text = TextBuffer()
    RequestTraceText().write(trace, to: &text)
    let message = "\(problem)\n\(text.text)"
    guard Test.current != nil else { throw TraceFailure(description: message, trace: trace) }
    Issue.record("\(message)", sourceLocation: sourceLocation)
    return trace
}

/// What an expectation found, where no test of Swift Testing is there to record it.
public struct TraceFailure: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String
    /// The way of the request.
    public let trace: RequestTrace
}

extension TraceExpectation {
    /// What is not as expected; nil where all is.
    fileprivate func problem(with trace: RequestTrace) -> String? {
        switch self {
        case .outcome(let outcome):
            return trace.outcome == outcome
                ? nil : "expected \(outcome.rawValue), the request is \(trace.outcome.rawValue)"
        case .status(let status):
            guard trace.status != status else { return nil }
            let found = trace.status.map { "Envoy answers \($0)" } ?? "Envoy does not answer itself"
            return "expected status \(status): \(found)"
        case .clusters(let names):
            guard trace.outcome == .forwarded else {
                return "expected the request to be forwarded, it is \(trace.outcome.rawValue)"
            }
            let found = Set(trace.clusters.filter { $0.weight > 0 }.map(\.name))
            guard found != names else { return nil }
            let lists = [names, found].map { $0.sorted().joined(separator: ", ") }
            return "expected \(lists[0]), the request goes to \(lists[1])"
        }
    }
}

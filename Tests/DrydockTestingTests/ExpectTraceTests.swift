import CorpusSupport
import DrydockTesting
import EnvoyConfig
import RequestTracing
import Testing

/// The expectation of where a request gets, for users' own regression tests.
@Suite struct ExpectTraceTests {
    private let tracer: RequestTracer

    init() throws {
        let file = try Corpus.folder("lab/b_stale_sotw").appendingPathComponent("config_dump.json")
        tracer = try ConfigDump(contentsOfFile: file.path).makeTracer()
    }

    private static func request(_ url: String) throws -> TracedRequest {
        try TracedRequest(url: url)
    }

    @Test("A request that gets where it should passes, and its way is returned")
    func passes() throws {
        let trace = try expectTrace(
            of: Self.request("http://details:9080/details/0"), by: tracer,
            leadsTo: .cluster("outbound|9080||details.default.svc.cluster.local"))
        #expect(trace.outcome == .forwarded)
        try expectTrace(
            of: Self.request("http://details:9080/details/0"), by: tracer,
            leadsTo: .outcome(.forwarded))
    }

    @Test("Another cluster, another end and another status are issues")
    func fails() throws {
        let request = try Self.request("http://details:9080/details/0")
        for expectation: TraceExpectation in [
            .cluster("outbound|9080||ratings.default.svc.cluster.local"), .clusters([]),
            .outcome(.noRoute), .status(404),
        ] {
            try withKnownIssue {
                try expectTrace(of: request, by: tracer, leadsTo: expectation)
            } matching: { issue in
                issue.description.contains("details.default.svc.cluster.local")
            }
        }
    }
}

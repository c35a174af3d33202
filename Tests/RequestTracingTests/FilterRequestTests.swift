import CorpusSupport
import Drydock
import Foundation
import Testing

/// Requests over filters that answer by themselves, over subsets and hashing, over versions of HTTP and
/// other protocols, and over the kinds of connections that leave a gateway.
@Suite struct FilterRequestTests {
    /// The rows that a dump cannot decide, by what they show, with the reason.
    private static let undecided = [
        "/x: a wrong password": "Envoy prints no passwords",
        "/x: an unknown key": "Envoy prints no keys",
        "/own/x: a key": "Envoy prints no keys, and so not whose they are",
        "/missing: a good token":
            "several providers have one issuer, and a map's order decides which is asked",
        "/missing: another audience":
            "several providers have one issuer, and a map's order decides which is asked",
    ]

    static let rows = Result {
        try CapturedRequest.rows(Corpus.folder("filters").appendingPathComponent("traces.json"))
    }
    static let tracer = Result {
        try ConfigDump(
            contentsOfFile: Corpus.folder("filters").appendingPathComponent(
                "config_dump_eds.json"
            ).path
        ).makeTracer()
    }

    private static func key(_ row: CapturedRequest) -> String {
        "\(row.path ?? ""): \(row.note ?? "")"
    }

    @Test("A request goes where Envoy sent it", arguments: try rows.get())
    func row(_ row: CapturedRequest) throws {
        let trace = try Self.tracer.get().trace(row.request())
        if Self.undecided[Self.key(row)] != nil {
            #expect(trace.notes.contains { $0.kind == .undecided }, "\(row)")
        } else {
            try CapturedRequestTests.compare(row, trace)
        }
    }

    @Test(
        "A connection is plain where a far end of plain text has answered, and TLS where it has not"
    )
    func transports() throws {
        let rows = try Self.rows.get().filter { $0.destination.hasSuffix(":8270") }
        #expect(rows.count == 40)
        for row in rows {
            let trace = try Self.tracer.get().trace(row.request())
            let kinds = trace.clusters.flatMap(\.endpoints).map(\.transport?.kind)
            #expect(kinds == [row.expected.status == [200] ? .plain : .tls], "\(row)")
        }
    }

    @Test("At most one row of a hundred is not decided by a dump")
    func undecidedRows() throws {
        let rows = try Self.rows.get()
        #expect(rows.count >= 700)
        #expect(rows.count { Self.undecided[Self.key($0)] != nil } * 100 <= rows.count)
    }

    @Test(
        "A chain that ends in another protocol names the clusters that it may lead to",
        arguments: [
            (8280, RequestTrace.Outcome.notFollowed, ["tcp-echo", "v1"]),
            (8281, .forwarded, ["tcp-echo"]), (8282, .notFollowed, ["v1", "v2"]),
            (8283, .forwarded, ["tcp-echo"]), (8284, .answered, []), (8285, .answered, []),
        ])
    func otherProtocols(port: Int, outcome: RequestTrace.Outcome, parts: [String]) throws {
        let request = try TracedRequest(url: "tcp://127.10.0.1:\(port)")
        let trace = try Self.tracer.get().trace(request)
        #expect(trace.outcome == outcome)
        #expect(trace.clusters.count == parts.count)
        for part in parts { #expect(trace.clusters.contains { $0.name.contains(part) }) }
    }
}

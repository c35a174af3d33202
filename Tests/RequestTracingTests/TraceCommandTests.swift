import CorpusSupport
import Foundation
import Testing

/// `drydock trace`: its two outputs, its exit status, its errors.
@Suite struct TraceCommandTests {
    private static let dump = Result {
        try Corpus.folder("requests").appendingPathComponent("config_dump_eds.json").path
    }

    private func run(_ arguments: String...) throws -> Command.Outcome {
        try Command.run(["trace"] + arguments)
    }

    @Test("The answer has a hop a line, the exit status 0")
    func hops() throws {
        let outcome = try run(
            "--destination", "127.10.0.1:8120", try Self.dump.get(),
            "http://endpoints.example.com/three-of-four")
        #expect(outcome.status == 0)
        #expect(outcome.errorText.isEmpty)
        #expect(
            outcome.text == """
                forwarded
                  listener             0.0.0.0_8120
                  route configuration  http.8120
                  virtual host         endpoints
                  route                three-of-four
                                       no timeout
                  cluster              outbound|9080|ep|three-of-four.default.svc.cluster.local, \
                DestinationRule three-of-four in default
                    127.244.36.1:9080  plain text
                    127.244.36.2:9080  plain text
                    127.244.36.3:9080  plain text

                """)
    }

    @Test("--explain names every candidate that was passed over, with its reason")
    func explain() throws {
        let outcome = try run(
            "--explain", "-H", "x-token=abc", "--destination", "127.10.0.1:8100",
            try Self.dump.get(), "http://headers.example.com/exact")
        #expect(outcome.status == 0)
        let lines = outcome.lines
        let heading = try #require(lines.firstIndex(of: "routes"))
        #expect(lines[(heading + 1)...].contains { $0.hasPrefix("  + exact: ") })
        #expect(lines.contains { $0.hasPrefix("  + 127.244.0.2:9080: HEALTHY") })
    }

    @Test("The JSON has the members of the contract, in its order")
    func json() throws {
        let outcome = try run(
            "-o", "json", "--destination", "127.10.0.1:8110", try Self.dump.get(),
            "http://actions.example.com/mirror")
        #expect(outcome.status == 0)
        let object = try outcome.json()
        #expect(
            Set(object.keys) == [
                "outcome", "listener", "filterChain", "routeConfiguration", "virtualHost", "route",
                "routeObject", "timeout", "retries", "clusters", "mirrors", "status", "notes",
            ])
        #expect(outcome.text.hasPrefix("{\n    \"outcome\": \"forwarded\",\n    \"listener\": "))
        #expect(object["status"] is NSNull)
        #expect(
            object["mirrors"] as? [String] == ["outbound|9080|v2|echo.default.svc.cluster.local"])
        let clusters = try #require(object["clusters"] as? [[String: Any]])
        let cluster = try #require(clusters.first)
        #expect(cluster["name"] as? String == "outbound|9080|v1|echo.default.svc.cluster.local")
        #expect(cluster["weight"] as? Int == 100)
        let endpoints = try #require(cluster["endpoints"] as? [[String: Any]])
        #expect(endpoints.first?["address"] as? String == "127.244.0.1:9080")
        #expect(endpoints.first?["health"] as? String == "HEALTHY")
    }

    @Test(
        "A request that ends on its way exits with 1 and says why",
        arguments: [
            ("http://actions.example.com/missing", "noCluster", 503),
            ("http://nowhere.example.com/", "noRoute", 404),
        ])
    func ending(_ url: String, _ kind: String, _ status: Int) throws {
        let outcome = try run(
            "--output", "json", "--destination", "127.10.0.1:8110", try Self.dump.get(), url)
        #expect(outcome.status == 1)
        let object = try outcome.json()
        #expect(object["outcome"] as? String == kind)
        #expect(object["status"] as? Int == status)
        #expect((object["notes"] as? [[String: Any]])?.isEmpty == false)
    }

    @Test(
        "A redirect and an answer of Envoy's own exit with 0",
        arguments: [
            ("http://actions.example.com/redirect-host/x", "redirected")
        ])
    func answered(_ url: String, _ kind: String) throws {
        let outcome = try run(
            "-o", "json", "--destination", "127.10.0.1:8110", try Self.dump.get(), url)
        #expect(outcome.status == 0)
        #expect(try outcome.json()["outcome"] as? String == kind)
    }

    @Test("A dump is read from standard input, and its endpoints from /clusters")
    func input() throws {
        let folder = try Corpus.folder("requests")
        let outcome = try Command.run(
            [
                "trace", "--destination", "127.10.0.1:8120", "--clusters",
                folder.appendingPathComponent("clusters.json").path, "-",
                "http://endpoints.example.com/three-of-four",
            ],
            standardInput: try Corpus.bytes(
                of: folder.appendingPathComponent("config_dump.json")))
        #expect(outcome.status == 0)
        #expect(outcome.lines.count { $0.hasPrefix("    127.244.36.") } == 3)
    }

    /// Arguments that cannot be meant, and a part of the error.
    static let mistakes: [([String], String)] = [
        ([], "a dump and a URL"), (["x.json"], "a dump and a URL"),
        (["x.json", "ftp://reviews/"], "http, https or tcp"),
        (["--direction", "up", "x", "http://a/"], "inbound"),
        (["--destination", "nowhere", "x", "http://a/"], "IP:PORT"),
        (["--source", "x", "x", "http://a/"], "IP"),
        (["-H", "novalue", "x", "http://a/"], "NAME=VALUE"),
        (["--protocol", "udp", "x", "http://a/"], "tcp"),
        (["-o", "xml", "x", "http://a/"], "json"),
        (["--no-such", "x", "http://a/"], "--no-such"),
        (["/nonexistent", "http://a/"], "/nonexistent"),
    ]

    @Test(
        "A mistake is one line on standard error, status 2, nothing on standard output",
        arguments: mistakes)
    func mistake(_ arguments: [String], _ part: String) throws {
        let outcome = try Command.run(["trace"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains(part))
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        let asJSON = try Command.run(["trace", "--output=json"] + arguments)
        let errors = try #require(
            try JSONSerialization.jsonObject(with: Data(asJSON.errors)) as? [String: [String: Any]])
        #expect(errors["error"]?["code"] is String)
    }

    @Test("What is no /clusters is an error of its own")
    func noClusters() throws {
        let dump = try Self.dump.get()
        let outcome = try run("--clusters", dump, dump, "http://a.example.com/")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errorText.contains("/clusters"))
    }
}

import EnvoyConfig
import StrictJSON
import Testing

/// Where the entries of a capture and their resources stand: exactly the bytes of their JSON values,
/// in whatever chunks these arrive.
@Suite struct CaptureWalkerTests {
    /// How resources are read.
    enum Reading: String, CaseIterable {
        case skipped, fingerprint, tree, both
    }

    /// Writes down what it is handed.
    private final class Recorder: CaptureSink {
        let mode: Reading
        var entries: [CapturedEntry] = []
        var kinds: [CapturedKind] = []

        init(_ mode: Reading) { self.mode = mode }

        func reading(of list: CaptureList, _ state: ResourceState) -> BodyReading {
            switch mode {
            case .skipped: .skip
            case .fingerprint: .fingerprint
            case .tree: .tree(.whole)
            case .both: .fingerprintAndTree(.whole)
            }
        }

        func takesEntries(of list: CaptureList) -> Bool { true }
        func begin(_ kind: CapturedKind) { kinds.append(kind) }
        func take(_ entry: CapturedEntry) { entries.append(entry) }
        func note(serverVersion: String) {}
        func note(sectionUpdated: String, _ kind: CapturedKind?) {}
    }

    /// An entry as a capture spells it; empty if the place of an entry is not known.
    struct Entry: Sendable {
        var text: String
        var kind: CapturedKind
        var bodies: [Body]

        init(_ kind: CapturedKind, _ text: String, _ bodies: Body...) {
            self.kind = kind
            self.text = text
            self.bodies = bodies
        }
    }

    /// A resource as a capture spells it.
    struct Body: Sendable {
        var state: ResourceState
        var text: String

        init(_ state: ResourceState, _ text: String) {
            self.state = state
            self.text = text
        }
    }

    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var entries: [Entry]
        /// Whether only fingerprints are made of its resources.
        var isFingerprintedOnly = false
    }

    private static func type(_ name: String) -> String { #""@type": "t/envoy.admin.v3.\#(name)""# }

    private static let one = #"{"@type": "t/envoy.config.cluster.v3.Cluster", "name": "one"}"#
    private static let two = #"{"name":"two","@type":"t/envoy.config.cluster.v3.Cluster"}"#
    private static let three =
        "{\n  \"name\" : \"{thr\\\"ee}\" ,\n\t\"filters\" : [ { } , { \"name\" : \"]\" } ]\n}"
    private static let four = #"{"name": "f\u00f6ür", "lb_policy": 2, "connect_timeout": null}"#

    private static func listener(_ name: String) -> String {
        #"{"@type": "t/envoy.config.listener.v3.Listener", "name": "\#(name)"}"#
    }

    static let samples: [Sample] = {
        let oneEntry =
            #"{"version_info": "1", "cluster": \#(one), "last_updated": "2026-01-01T00:00:00Z"}"#
        let twoEntry = #"{"cluster":\#(two)}"#
        let threeEntry = "{ \"cluster\" :\r\n \(three)\t}"
        let fourEntry =
            #"{"error_state": {"details": "no", "failed_configuration": \#(two)}, "cluster": \#(four)}"#
        let listenerEntry = """
            {
              "name": "l",
              "active_state": {"version_info": "1", "listener": \(listener("l"))},
              "warming_state": { "listener" :\(listener("l-2")) , "last_updated": "x" },
              "draining_state": {"listener": {}},
              "error_state": {"failed_configuration": \(listener("l-3")), "details": "no"}
            }
            """
        let host = #"{"name": "c", "host_statuses": [ {"address": {}} ]}"#
        let chain = #"{"ca_cert": [ ], "cert_chain": []}"#
        let bootstrap = #"{"node": {"id": "x"} , "admin": {}}"#
        let item =
            #"{ \#(type("ClustersConfigDump.DynamicCluster")), "version_info": "1", "cluster": \#(one)}"#
        let typedLast = #"{"cluster": \#(three) , \#(type("ClustersConfigDump.DynamicCluster")) }"#
        let warming = #"{\#(type("ClustersConfigDump.StaticCluster")), "cluster":\#(two)}"#
        return [
            Sample(
                testDescription: "clusters, the section's type first",
                text: """
                    {"configs": [ {\(type("ClustersConfigDump")), "version_info": "1",
                    "static_clusters": [\(oneEntry) , \(twoEntry)],
                    "dynamic_active_clusters": [\n\(threeEntry)\n], "dynamic_warming_clusters": [\(fourEntry)]}]}
                    """,
                entries: [
                    Entry(.clusters, oneEntry, Body(.fixed, one)),
                    Entry(.clusters, twoEntry, Body(.fixed, two)),
                    Entry(.clusters, threeEntry, Body(.active, three)),
                    Entry(.clusters, fourEntry, Body(.rejected, two), Body(.warming, four)),
                ]),
            Sample(
                testDescription: "clusters, the section's type last, compact",
                text:
                    #"{"configs":[{"dynamic_active_clusters":[\#(twoEntry),\#(threeEntry)],\#(type("ClustersConfigDump"))}]}"#,
                entries: [
                    Entry(.clusters, twoEntry, Body(.active, two)),
                    Entry(.clusters, threeEntry, Body(.active, three)),
                ]),
            Sample(
                testDescription: "a listener's states",
                text:
                    #"{"configs": [{\#(type("ListenersConfigDump")), "dynamic_listeners": [\#(listenerEntry)]}]}"#,
                entries: [
                    Entry(
                        .listeners, listenerEntry, Body(.active, listener("l")),
                        Body(.warming, listener("l-2")), Body(.draining, "{}"),
                        Body(.rejected, listener("l-3")))
                ]),
            Sample(
                testDescription: "the answer to a ?resource=",
                text: #"{"configs": [\#(item),\#(typedLast), \#(warming)]}"#,
                entries: [
                    Entry(.clusters, item, Body(.active, one)),
                    Entry(.clusters, typedLast, Body(.active, three)),
                    Entry(.clusters, warming, Body(.fixed, two)),
                ]),
            Sample(
                testDescription: "a bootstrap in a dump",
                text:
                    #"{"configs": [{\#(type("BootstrapConfigDump")), "bootstrap" : \#(bootstrap) }]}"#,
                entries: [Entry(.bootstrap, bootstrap, Body(.fixed, bootstrap))]),
            Sample(
                testDescription: "a dump inside of another object, between lines of noise",
                text:
                    "\u{FEFF}Defaulted container \"\u{E9}\"\n\n {\"a\": {\"configs\": [{\"dynamic_active_clusters\":[\(twoEntry)]}]}}\nbye now\n",
                entries: [Entry(.clusters, twoEntry, Body(.active, two))]),
            Sample(
                testDescription: "the hosts of /clusters",
                text: #"{"cluster_statuses": [\#(host),{} ]}"#,
                entries: [
                    Entry(.clusterStatus, host, Body(.active, host)),
                    Entry(.clusterStatus, "{}", Body(.active, "{}")),
                ]),
            Sample(
                testDescription: "the certificates of /certs",
                text: "{\"certificates\": [\n \(chain)\n]}",
                entries: [Entry(.certificates, chain, Body(.active, chain))]),
            Sample(
                testDescription: "the node of /server_info",
                text: #"{"version": "1", "node": {"id": "n"} , "state": "LIVE"}"#,
                entries: [
                    Entry(.serverInfo, #"{"id": "n"}"#, Body(.fixed, #"{"id": "n"}"#))
                ]),
            Sample(
                testDescription: "resources that are not objects, from after their keys on",
                text:
                    #"{"configs": [{\#(type("ClustersConfigDump")), "static_clusters": [{"cluster": "x\"y"}, {"cluster" : [1, [2]] }, {"cluster":true,"version_info":"1"}]}]}"#,
                entries: [
                    Entry(.clusters, #"{"cluster": "x\"y"}"#, Body(.fixed, #": "x\"y""#)),
                    Entry(.clusters, #"{"cluster" : [1, [2]] }"#, Body(.fixed, #" : [1, [2]]"#)),
                    Entry(
                        .clusters, #"{"cluster":true,"version_info":"1"}"#, Body(.fixed, ":true")),
                ], isFingerprintedOnly: true),
            Sample(
                testDescription: "an entry with nothing in it",
                text:
                    #"{"configs": [{\#(type("ClustersConfigDump")), "static_clusters": [ { } ,{"version_info":"1"}]}]}"#,
                entries: [Entry(.clusters, "{ }"), Entry(.clusters, #"{"version_info":"1"}"#)]),
        ]
    }()

    /// What a sink is handed of a capture that arrives in chunks of a size.
    private func entries(_ text: String, _ mode: Reading, chunk: Int) throws -> [CapturedEntry] {
        let bytes = Array(text.utf8)
        let recorder = Recorder(mode)
        var stream = try CaptureStream(recorder, expected: .adminCapture, source: "test")
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
            try piece.withBytes { (piece) throws(ConfigDumpError) in try stream.append(piece) }
        }
        _ = try stream.finish()
        return recorder.entries
    }

    private func text(_ text: String, _ range: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }

    @Test(
        "An entry and its resources have the bytes of their values, in chunks of any size",
        arguments: samples)
    func ranges(_ sample: Sample) throws {
        for mode in sample.isFingerprintedOnly ? [.fingerprint] : Reading.allCases {
            for chunk in Array(1...40) + [1 << 20] {
                let found = try entries(sample.text, mode, chunk: chunk)
                try #require(
                    found.count == sample.entries.count, "\(mode) in chunks of \(chunk)")
                for (entry, expected) in zip(found, sample.entries) {
                    #expect(entry.list.kind == expected.kind)
                    #expect(
                        text(sample.text, entry.range) == expected.text,
                        "\(mode) in chunks of \(chunk)")
                    #expect(entry.bodies.map(\.state) == expected.bodies.map(\.state))
                    #expect(
                        entry.bodies.map { text(sample.text, $0.range) }
                            == expected.bodies.map(\.text), "\(mode) in chunks of \(chunk)")
                }
            }
        }
    }

    @Test("Equal values stand in different places")
    func places() throws {
        let entry = #"{"cluster":{}}"#
        let text = #"{"configs":[{"static_clusters":[\#(entry),\#(entry)]}]}"#
        let start = #"{"configs":[{"static_clusters":["#.utf8.count
        for chunk in 1...40 {
            let found = try entries(text, .fingerprint, chunk: chunk)
            #expect(found.map(\.range) == [start..<start + 14, start + 15..<start + 29])
            #expect(
                found.flatMap(\.bodies).map(\.range)
                    == [start + 11..<start + 13, start + 26..<start + 28])
        }
    }

    @Test("What is noted of an entry and of its states is its own")
    func notes() throws {
        let text = #"""
            {"configs": [{"@type": "t/envoy.admin.v3.ListenersConfigDump", "dynamic_listeners": [
            {"name": "e", "active_state": {"version_info": "v1", "last_updated": "t1",
            "listener": {"name": "n1"}}, "warming_state": {"listener": {"name": "n2"},
            "version_info": "v2"}, "draining_state": {"version_info": "v3"}},
            {"error_state": {"details": "no", "last_update_attempt": "t4", "version_info": "v4"}},
            5]}]}
            """#
        for chunk in 1...40 {
            let found = try entries(text, .fingerprint, chunk: chunk)
            try #require(found.count == 3)
            let (first, second) = (found[0], found[1])
            #expect(first.name == "e")
            #expect(first.versionInfo == nil)
            #expect(first.bodies.map(\.name) == ["n1", "n2"])
            #expect(first.bodies.map(\.versionInfo) == ["v1", "v2"])
            #expect(first.bodies.map(\.lastUpdated) == ["t1", nil])
            #expect(first.bodies.map(\.failure?.details) == [nil, nil])
            #expect(first.emptyStates == [.draining])
            #expect(!first.isStray)
            #expect(second.name == nil)
            #expect(second.bodies.map(\.state) == [.rejected])
            #expect(second.bodies.first?.failure?.details == "no")
            #expect(second.bodies.first?.failure?.lastUpdateAttempt == "t4")
            #expect(second.bodies.first?.failure?.versionInfo == "v4")
            #expect(second.bodies.first?.range.isEmpty == true)
            #expect(found[2].isStray)
            #expect(found[2].bodies.isEmpty)
        }
    }

    @Test(
        "Of a cluster with EDS its load assignment is noted",
        arguments: [
            (#""name": "c", "type": "EDS""#, "c"), (#""name": "c", "type": 3"#, "c"),
            (#""name": "c", "type": "EDS", "eds_cluster_config": {"service_name": "s"}"#, "s"),
            (#""edsClusterConfig": {"serviceName": "s"}, "name": "c", "type": "EDS""#, "s"),
            (#""name": "c", "type": "STATIC", "eds_cluster_config": {"service_name": "s"}"#, nil),
            (#""name": "c", "type": 2"#, nil), (#""name": "c", "type": 33"#, nil),
            (#""name": "c""#, nil),
            // The same names elsewhere mean something else.
            (#""name": "c", "type": "EDS", "metadata": {"service_name": "s"}"#, "c"),
            (#""name": "c", "common_lb_config": {"type": "EDS", "name": "d"}"#, nil),
            (
                #""name": "c", "type": "EDS", "eds_cluster_config": {"x": {"service_name": "s"}}"#,
                "c"
            ),
        ])
    func loadAssignment(_ members: String, _ expected: String?) throws {
        let text =
            #"{"configs": [{"static_clusters": [], "dynamic_active_clusters": [{"cluster": {\#(members)}}]}]}"#
        for chunk in 1...40 {
            let body = try #require(
                try entries(text, .fingerprint, chunk: chunk).first?.bodies.first)
            #expect(body.loadAssignment == expected)
            #expect(body.name == "c")
        }
    }
}

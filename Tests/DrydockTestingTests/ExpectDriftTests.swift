import CorpusSupport
import DrydockDiff
import DrydockTesting
import Foundation
import Testing

/// The expectations for users' own regression tests.
@Suite(.attachingDrift) struct ExpectDriftTests {
    private let istiod: ConfigDump
    private let stale: ConfigDump
    private let envoy: ConfigDump

    init() throws {
        let folder = try Corpus.folder("lab/b_stale_sotw")
        func dump(_ name: String) throws -> ConfigDump {
            try ConfigDump(contentsOfFile: folder.appendingPathComponent(name).path)
        }
        istiod = try dump("insync.istiod_config_dump.json")
        stale = try dump("all.istiod_config_dump.json")
        envoy = try dump("config_dump.json")
    }

    private static let drift: [ResourceKind: Set<String>] = [
        .clusters: [
            "outbound|9080||details.default.svc.cluster.local",
            "outbound|9080||newsvc.default.svc.cluster.local",
            "outbound|9080||ratings.default.svc.cluster.local",
        ], .listeners: ["0.0.0.0_9080"], .routes: ["9080"],
    ]

    @Test("Dumps in sync pass")
    func inSync() throws {
        try expectNoDrift(from: istiod, to: envoy)
        try expectDrift(from: istiod, to: envoy, in: [:])
    }

    @Test("A difference is an issue that names what differs")
    func differs() throws {
        try withKnownIssue {
            try expectNoDrift(from: stale, to: envoy)
        } matching: { issue in
            issue.comments.map(\.rawValue).joined().contains("~ 0.0.0.0_9080")
        }
    }

    @Test("Exactly the named resources are expected")
    func named() throws {
        try expectDrift(from: stale, to: envoy, in: Self.drift)
        var fewer = Self.drift
        fewer[.routes] = []
        try withKnownIssue {
            try expectDrift(from: stale, to: envoy, in: fewer)
        } matching: {
            $0.comments.map(\.rawValue).joined().contains("routes 9080 differs")
        }
        var more = Self.drift
        more[.routes] = ["9080", "80"]
        try withKnownIssue {
            try expectDrift(from: stale, to: envoy, in: more)
        } matching: {
            $0.comments.map(\.rawValue).joined().contains("routes 80 does not differ")
        }
    }

    @Test("Known differences are ignored by kind, name and path")
    func ignored() throws {
        let rules = [
            IgnoreRule(kind: .clusters, name: "outbound|9080||details.*", path: "circuitBreakers*"),
            IgnoreRule(kind: .clusters, name: "*newsvc*"),
            IgnoreRule(kind: .clusters, name: "*ratings*"),
            IgnoreRule(kind: .listeners, path: "filterChains[0].filterChainMatch.*"),
        ]
        try expectDrift(from: stale, to: envoy, in: [.routes: ["9080"]], ignoring: rules)
        try expectNoDrift(from: stale, to: envoy, ignoring: rules + [IgnoreRule(kind: .routes)])
    }
}

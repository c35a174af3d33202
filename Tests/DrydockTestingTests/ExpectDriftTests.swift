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

    @Test("A rule that ignored nothing is an issue")
    func unusedRule() throws {
        let rule = IgnoreRule(path: "conectTimeout")
        let comparison = try Comparison(
            from: istiod, to: envoy, options: .init(ignoring: [rule]))
        #expect(comparison.unusedRules == [rule])
        try withKnownIssue {
            try expectNoDrift(from: istiod, to: envoy, ignoring: [rule])
        } matching: {
            $0.comments.map(\.rawValue).joined().contains("conectTimeout")
        }
    }

    @Test("A comparison of nothing is an issue", arguments: [[], [ResourceKind.endpoints]])
    func nothing(_ kinds: [ResourceKind]) throws {
        try withKnownIssue {
            try expectNoDrift(from: istiod, to: stale, kinds: kinds)
        } matching: {
            $0.comments.map(\.rawValue).joined().contains("nothing was compared")
        }
        #expect(throws: DriftError.self) {
            try Comparison(from: istiod, to: stale, options: .init(kinds: kinds)).requireMatch()
        }
    }

    @Test("A kind in which drift is expected is compared")
    func expectedKind() throws {
        try withKnownIssue {
            try expectDrift(from: istiod, to: envoy, in: [.ecds: ["no such filter"]])
        } matching: {
            $0.comments.map(\.rawValue).joined().contains("ecds no such filter does not differ")
        }
    }

    @Test("The message has both values of the first changes")
    func values() throws {
        let error = #expect(throws: DriftError.self) {
            try Comparison(from: stale, to: envoy).requireMatch()
        }
        let text = try #require(error).description
        #expect(text.contains(": ") && text.contains(" → "), "\(text)")
        #expect(text.contains("@@ "))
    }
}

import CorpusSupport
import Foundation
import Testing

/// Causes before effects, wherever the captures hold them.
@Suite struct ReasonTests {
    /// `diff` of a pair of `istiod/drift` with the sync status of both Istiods.
    private func diff(_ workload: String, _ arguments: [String] = []) throws -> Command.Outcome {
        let folder = try Corpus.folder("istiod/drift")
        let pair = try #require(
            try CapturedPair.all("istiod").first {
                $0.place.hasPrefix("istiod/drift/pairs/\(workload)") && !$0.hasEndpoints
            })
        let status = folder.appendingPathComponent("status")
        let captures = try FileManager.default.contentsOfDirectory(atPath: status.path).sorted()
            .filter { $0.hasSuffix(".syncz.json") }
        #expect(captures.count == 2)
        return try Command.run(
            ["diff", pair.istiod.path, pair.envoy.path]
                + captures.flatMap { ["--syncz", status.appendingPathComponent($0).path] }
                + arguments)
    }

    @Test("Clusters that Envoy rejected come first, those that wait behind them after")
    func rejectedClusters() throws {
        let outcome = try diff("reviews-v2", ["-o", "json"])
        #expect(outcome.status == 1)
        let report = try DiffReport(outcome.output)
        let section = try #require(report["clusters"])
        #expect(section.notes.prefix(3).map(\.kind) == ["rejected", "rejected", "behind"])
        let rejected = Set(section.notes.prefix(2).compactMap(\.resource?.name))
        #expect(
            rejected == [
                "outbound|9080||ratings.default.svc.cluster.local",
                "outbound|9080|v1|ratings.default.svc.cluster.local",
            ])
        for note in section.notes.prefix(2) {
            #expect(note.source == "istiod")
            #expect(note.text.contains("Expected positive duration"))
        }
        #expect(section.notes[2].text.contains("10 other changes"))
        #expect(try #require(report.differing("clusters")).count == 12)
    }

    @Test("The unified text puts them before the diff, the summary before the names")
    func order() throws {
        let unified = try diff("reviews-v2").lines
        let rejection = try #require(unified.firstIndex { $0.hasPrefix("  rejected by Envoy: ") })
        let header = try #require(unified.firstIndex { $0.hasPrefix("--- ") })
        #expect(rejection < header)
        let summary = try diff("reviews-v2", ["-o", "summary"]).lines
        let reason = try #require(summary.firstIndex { $0.hasPrefix("  rejected by Envoy: ") })
        let name = try #require(summary.firstIndex { $0.hasPrefix("  ~ ") })
        #expect(reason < name)
    }

    @Test("A dump that is one line of text is explained by Istiod's: the listener and the filter")
    func unprintable() throws {
        let outcome = try diff("details")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("stats.PluginConfig"))
        #expect(outcome.errorText.contains("listener virtualInbound, filter istio.stats"))
        let json = try diff("details", ["-o", "json"])
        #expect(json.status == 2)
        let report = try JSONSerialization.jsonObject(with: Data(json.errors)) as? [String: Any]
        let error = try #require(report?["error"] as? [String: Any])
        #expect(error["code"] as? String == "unprintable-dump")
        let notes = try #require(error["notes"] as? [[String: Any]])
        #expect(
            (notes.first?["resource"] as? [String: Any])?["name"] as? String == "virtualInbound")
    }

    @Test("A cluster that waits for its secret is told as warming")
    func warming() throws {
        let report = try DiffReport(try diff("productpage", ["-o", "json"]).output)
        let section = try #require(report["clusters"])
        let note = try #require(section.notes.first)
        #expect(note.kind == "warming")
        #expect(note.resource?.name == "outbound|443||currencies.example.com")
        #expect(note.text.contains("secret"))
        #expect(section.changed.first?.notes.first?.kind == "warming")
    }

    @Test("A proxy whose agent hangs is told as stale")
    func stale() throws {
        let folder = try CapturedPair.folders("istiod").map(\.place)
        #expect(folder.contains { $0.hasSuffix("hq2mc") })
        let report = try DiffReport(try diff("reviews-v1-6584ddcf65-hq2mc", ["-o", "json"]).output)
        for section in report.sections { #expect(section.notes.first?.kind == "stale") }
    }

    @Test("A listener's own error_state is told with its reason, and only where it still differs")
    func listenerErrorState() throws {
        let folder = try Corpus.folder("lab/c_nack_listener_sotw")
        let envoy = folder.appendingPathComponent("config_dump.json").path
        let rejected = try Command.run(
            [
                "diff", folder.appendingPathComponent("istiod_config_dump.json").path, envoy, "-o",
                "json",
            ])
        let notes = try #require(try DiffReport(rejected.output)["listeners"]?.notes)
        #expect(notes.map(\.kind) == ["rejected", "rejected"])
        #expect(
            notes.allSatisfy { $0.source == "envoy" && $0.text.contains("same matching rules") })
        #expect(notes.allSatisfy { !$0.text.contains("goo.gle") && !$0.text.contains("\n") })
        let same = try Command.run(["diff", envoy, envoy, "-o", "json"])
        #expect(same.status == 0)
        #expect(try #require(try DiffReport(same.output)["listeners"]).notes.isEmpty)
    }

    @Test("Two resources of one name are both kept, paired in order, and told")
    func duplicates() throws {
        let entry = { (timeout: String) in
            #"{"cluster": {"@type": "t/envoy.config.cluster.v3.Cluster", "name": "a", "connectTimeout": "\#(timeout)"}}"#
        }
        let section = { (entries: [String]) in
            #"{"@type": "t/envoy.admin.v3.ClustersConfigDump", "dynamicActiveClusters": ["#
                + entries.joined(separator: ",") + "]}"
        }
        let files = try TemporaryDumps([
            section([entry("1s"), entry("2s")]), section([entry("1s"), entry("3s")]),
        ])
        let outcome = try Command.run(["diff", "--kind", "clusters", "-o", "json"] + files.paths)
        let clusters = try #require(try DiffReport(outcome.output)["clusters"])
        #expect(clusters.same == 1)
        #expect(clusters.changed.map(\.changes.count) == [1])
        #expect(clusters.notes.map(\.kind) == ["duplicate-name", "duplicate-name"])
    }

    @Test("A packed sync status, or one on standard input, says the same")
    func packedSyncStatus() throws {
        let folder = try Corpus.folder("istiod/drift")
        let status = folder.appendingPathComponent("status")
        let names = try FileManager.default.contentsOfDirectory(atPath: status.path).sorted()
        // That of the Istiod which knows the proxy.
        let capture = try #require(
            try names.filter { $0.hasSuffix(".syncz.json") }
                .map { status.appendingPathComponent($0).path }
                .first { try String(contentsOfFile: $0, encoding: .utf8).contains("hq2mc") })
        let packed = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-c", capture],
            environment: ["PATH": "/usr/bin:/bin"])
        let files = try TemporaryDumps(contents: [packed.output])
        let pair = try #require(
            try CapturedPair.all("istiod").first {
                $0.place.hasPrefix("istiod/drift/pairs/reviews-v1-6584ddcf65-hq2mc")
                    && !$0.hasEndpoints
            })
        let arguments = ["diff", pair.istiod.path, pair.envoy.path, "--syncz"]
        let plain = try Command.run(arguments + [capture])
        #expect(plain.text.contains("was not acknowledged by the proxy"))
        #expect(try Command.run(arguments + files.paths).output == plain.output)
        let piped = try Command.run(arguments + ["-"], standardInput: packed.output)
        #expect(piped.output == plain.output)
    }
}

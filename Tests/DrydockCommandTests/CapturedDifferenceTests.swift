import CorpusSupport
import Foundation
import Testing

/// `drydock diff` names what differs in every captured pair, and nothing else.
@Suite struct CapturedDifferenceTests {
    static let kinds = ["clusters", "listeners", "routes"]

    /// What is not compared by istioctl's list of names, with the reason.
    ///
    /// In `lab/f_forms` `differing.json` counts what Envoy redacts and Istiod's control plane does not
    /// (the sections have no canonical golden for that reason): RULES of redaction by schema on both
    /// sides make them equal.
    static let redactedByEnvoy: [String: Set<String>] = [
        "lab/f_forms_delta": ["0.0.0.0_9999"], "lab/f_forms_sotw": ["0.0.0.0_9999"],
    ]

    @Test(
        "The named resources are those whose canonical JSON differs", arguments: ["lab", "istiod"])
    func names(_ group: String) throws {
        var compared = 0
        for pair in try CapturedPair.all(group) where !pair.hasEndpoints {
            let outcome = try Command.run(
                ["diff", pair.istiod.path, pair.envoy.path, "--output", "json"])
            if outcome.status == 2 {
                #expect(try isUnprintable(pair.envoy), "\(pair): \(outcome.errorText)")
                continue
            }
            let report = try DiffReport(outcome.output)
            var isAnyDifferent = false
            for kind in Self.kinds {
                let found = try #require(report.differing(kind), "\(pair) \(kind)")
                let expected = try #require(try expectedNames(pair, kind), "\(pair) \(kind)")
                #expect(found == expected, "\(pair) \(kind)")
                isAnyDifferent = isAnyDifferent || !expected.isEmpty
                compared += 1
            }
            #expect(outcome.status == (isAnyDifferent ? 1 : 0), "\(pair)")
            #expect(report.isMatch == !isAnyDifferent, "\(pair)")
        }
        #expect(compared > 80)
    }

    /// A line of text in place of a dump, which is no pair.
    private func isUnprintable(_ dump: URL) throws -> Bool {
        String(decoding: try Corpus.bytes(of: dump), as: UTF8.self).hasPrefix("Failed to convert")
    }

    private func expectedNames(_ pair: CapturedPair, _ kind: String) throws -> Set<String>? {
        let istiod = pair.golden("\(pair.variant)canon.istiod.\(kind).json")
        let envoy =
            pair.golden("\(pair.variant)canon.envoy.\(kind).json")
            ?? pair.golden("canon.envoy.\(kind).json")
        if let istiod, let envoy {
            let (first, second) = (
                try CanonicalGolden.resources(istiod), try CanonicalGolden.resources(envoy)
            )
            return Set(Set(first.keys).union(second.keys).filter { first[$0] != second[$0] })
        }
        guard let differing = pair.golden("\(pair.variant)differing.json") else { return nil }
        let object = try JSONSerialization.jsonObject(with: Data(differing)) as? [String: Any]
        guard let section = object?[kind] as? [String: Any] else { return nil }
        let names = section.values.compactMap { $0 as? [String] }.joined()
        return Set(names).subtracting(Self.redactedByEnvoy[pair.place] ?? [])
    }

    @Test("Pairs in sync end with 0 and three lines that say so")
    func inSync() throws {
        let scenarios = ["lab/a_insync", "lab/e_large", "istiod/in_sync", "istiod/trace"]
        var count = 0
        for pair in try CapturedPair.all("lab") + CapturedPair.all("istiod")
        where !pair.hasEndpoints && pair.variant.isEmpty
            && scenarios.contains(where: pair.place.hasPrefix)
        {
            let outcome = try Command.run(["diff", pair.istiod.path, pair.envoy.path])
            #expect(outcome.status == 0, "\(pair)")
            let lines = outcome.lines.filter { !$0.hasPrefix("  ") && !$0.isEmpty }
            #expect(lines.count == 3, "\(pair)")
            #expect(lines.first == "Clusters Match" && lines.dropFirst().first == "Listeners Match")
            #expect(lines.last?.hasPrefix("Routes Match (RDS last loaded at ") == true, "\(pair)")
            count += 1
        }
        #expect(count >= 13)
    }

    @Test("Endpoints of pairs in sync match")
    func endpointsInSync() throws {
        let scenarios = ["lab/a_insync", "lab/e_large", "istiod/in_sync", "istiod/trace"]
        var count = 0
        for pair in try CapturedPair.all("lab") + CapturedPair.all("istiod")
        where pair.hasEndpoints && pair.variant.isEmpty
            && scenarios.contains(where: pair.place.hasPrefix)
        {
            let outcome = try Command.run(
                ["diff", pair.istiod.path, pair.envoy.path, "--kind", "endpoints"])
            #expect(outcome.text == "Endpoints Match\n", "\(pair)")
            #expect(outcome.status == 0, "\(pair)")
            count += 1
        }
        #expect(count >= 6)
    }

    @Test("Endpoints that Envoy prints less exactly than it got them match")
    func lossyEndpoints() throws {
        let folder = try Corpus.folder("requests")
        let dumps = ["istiod_config_dump_eds.json", "config_dump_eds.json"].map {
            folder.appendingPathComponent($0)
        }
        // The captured pair holds what Envoy loses.
        let texts = try dumps.map { String(decoding: try Corpus.bytes(of: $0), as: UTF8.self) }
        #expect(texts[0].contains("DRAINING") && texts[0].contains("TIMEOUT"))
        #expect(texts[1].contains("\"load_balancing_weight\": 0"))
        let outcome = try Command.run(
            ["diff", "--kind", "clusters,listeners,endpoints"] + dumps.map(\.path))
        #expect(outcome.text == "Clusters Match\nListeners Match\nEndpoints Match\n")
    }
}

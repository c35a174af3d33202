import CorpusSupport
import DrydockDiff
import DrydockTesting
import Testing
import XCTest

/// The expectations where no test of Swift Testing is there to record an issue: they throw.
final class ExpectDriftXCTests: XCTestCase {
    private func dump(_ name: String) throws -> ConfigDump {
        let folder = try Corpus.folder("lab/b_stale_sotw")
        return try ConfigDump(contentsOfFile: folder.appendingPathComponent(name).path)
    }

    func testDriftIsThrown() throws {
        let stale = try dump("all.istiod_config_dump.json")
        let envoy = try dump("config_dump.json")
        XCTAssertThrowsError(try expectNoDrift(from: stale, to: envoy)) { error in
            XCTAssertTrue("\(error)".contains("~ 0.0.0.0_9080"), "\(error)")
        }
        XCTAssertThrowsError(try expectDrift(from: stale, to: envoy, in: [:]))
    }

    func testDumpsInSyncPass() throws {
        let istiod = try dump("insync.istiod_config_dump.json")
        let envoy = try dump("config_dump.json")
        try expectNoDrift(from: istiod, to: envoy)
        try expectDrift(from: istiod, to: envoy, in: [:])
    }

    func testAnEmptyComparisonIsThrown() throws {
        let empty = try ConfigDump(bytes: Array(#"{"configs": []}"#.utf8))
        XCTAssertThrowsError(try expectNoDrift(from: empty, to: empty))
    }

    func testWithoutAFramework() throws {
        let stale = try dump("all.istiod_config_dump.json")
        let envoy = try dump("config_dump.json")
        XCTAssertThrowsError(try Comparison(from: stale, to: envoy).requireMatch()) { error in
            let drift = error as? DriftError
            XCTAssertTrue(drift?.diff.contains("+++ Envoy Clusters") ?? false)
            XCTAssertEqual(drift?.comparison.isMatch, false)
        }
    }
}

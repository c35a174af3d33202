// The same in an Xcode-style test case: the expectations throw.
import DrydockTesting
import XCTest

final class GatewayXCTests: XCTestCase {
    private func dump(_ path: String) throws -> ConfigDump {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try ConfigDump(contentsOfFile: "/\(folder)/Corpus/pairs/\(path)")
    }

    func testProxyHasWhatTheControlPlaneWouldSend() throws {
        try expectNoDrift(
            from: dump("in_sync/istiod_config_dump.json"), to: dump("in_sync/config_dump.json"))
    }

    func testDriftIsThrown() throws {
        let stale = try dump("stale/istiod_config_dump.json")
        let envoy = try dump("stale/config_dump.json")
        XCTAssertThrowsError(try expectNoDrift(from: stale, to: envoy)) { error in
            XCTAssertTrue("\(error)".contains("connectTimeout"))
        }
    }
}

// A regression test over captured dumps, to copy into your own package: it needs the products
// DrydockDiff and DrydockTesting.
import DrydockDiff
import DrydockTesting
import Foundation
import Testing

@Suite(.attachingDrift) struct GatewayConfigurationTests {
    private static let captures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("../../Corpus/pairs")

    private func dump(_ path: String) throws -> ConfigDump {
        try ConfigDump(contentsOfFile: Self.captures.appendingPathComponent(path).path)
    }

    @Test("The proxy has what the control plane would send it")
    func inSync() throws {
        try expectNoDrift(
            from: dump("in_sync/istiod_config_dump.json"), to: dump("in_sync/config_dump.json"))
    }

    @Test("The upgrade changes what it should, and nothing else")
    func upgrade() throws {
        try expectDrift(
            from: dump("stale/istiod_config_dump.json"), to: dump("stale/config_dump.json"),
            in: [
                .clusters: ["outbound|9080||details.default.svc.cluster.local"],
                .routes: ["9080"], .listeners: ["10.96.10.5_27017"],
            ])
    }

    @Test("A timeout that may differ is told to be ignored, the rest is compared")
    func ignoring() throws {
        try expectDrift(
            from: dump("stale/istiod_config_dump.json"), to: dump("stale/config_dump.json"),
            in: [.routes: ["9080"], .listeners: ["10.96.10.5_27017"]],
            ignoring: [IgnoreRule(kind: .clusters, path: "connectTimeout")])
    }
}

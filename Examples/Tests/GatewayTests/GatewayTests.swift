// A regression test of captured dumps, under Swift Testing.
import DrydockTesting

@Suite(.attachingDrift) struct GatewayTests {
    private func dump(_ path: String) throws -> ConfigDump {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try ConfigDump(contentsOfFile: "/\(folder)/Corpus/pairs/\(path)")
    }

    @Test func proxyHasWhatTheControlPlaneWouldSend() throws {
        try expectNoDrift(
            from: dump("in_sync/istiod_config_dump.json"), to: dump("in_sync/config_dump.json"))
    }

    @Test func upgradeChangesWhatItShould() throws {
        try expectDrift(
            from: dump("stale/istiod_config_dump.json"), to: dump("stale/config_dump.json"),
            in: [.routes: ["9080"], .listeners: ["10.96.10.5_27017"]],
            ignoring: [IgnoreRule(kind: .clusters, path: "connectTimeout")])
    }
}

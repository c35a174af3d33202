import CorpusSupport
import EnvoyConfig
import Foundation
import MeshDiagnosis
import SupportBundles
import Testing

/// Dumps of a bundle with something around them, or in another encoding.
@Suite struct NoisyDumpTests {
    @Test(
        "They are read, compared and read again, and a note says what was passed over",
        arguments: [
            "Defaulted container \"istio-proxy\" out of: istio-proxy\n", "\u{FEFF}", "UTF-16",
        ])
    func noise(before: String) async throws {
        let cluster = MeshFixture.Cluster("outbound|80||a.default.svc.cluster.local")
        let changed = MeshFixture.Cluster(
            "outbound|80||a.default.svc.cluster.local", timeout: "11s")
        let dump = MeshFixture.envoyDump("a", workload: "a", active: [changed])
        var bytes = Array((before + dump).utf8)
        if before == "UTF-16" {
            bytes = dump.data(using: .utf16LittleEndian).map { [0xFF, 0xFE] + $0 } ?? []
        }
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "b/proxies/default/a/config_dump")
        try folder.write(
            Array(MeshFixture.istiodDump([cluster]).utf8),
            to: "b/istio/istio-system/istiod-x/debug/config_dump?proxyID=a.default")
        let urls = ["cluster.v3.Cluster", "listener.v3.Listener"].map {
            #""type.googleapis.com/envoy.config.\#($0)": {"sent": "1", "acked": "1"}"#
        }
        try folder.write(
            Array(
                #"[{"proxy": "a.default", "resources": {\#(urls.joined(separator: ", "))}}]"#.utf8),
            to: "b/istio/istio-system/istiod-x/debug/syncz")
        let bundle = try await SupportBundle.reading("\(folder.url.path)/b")
        let report = try await BundleDiagnosis(bundle).report()
        let proxy = try #require(report.proxies.first)
        #expect(
            proxy.drift?.first { $0.kind == .clusters }?.changed == [
                "outbound|80||a.default.svc.cluster.local"
            ])
        #expect(proxy.notes.contains { $0.kind == .passedOver && $0.text.contains("in its dump") })
        #expect(!proxy.notes.contains { $0.text.contains("changed while") })
        // Whole dumps are read from the bundle once more.
        let whole = try await bundle.whole([try #require(bundle.proxies.first?.dump)])
        let resource = try #require(whole[0].compared(.clusters).first)
        #expect(try whole[0].canonicalValue(of: resource)["connectTimeout"]?.stringValue == "11s")
    }
}

import CorpusSupport
import EnvoyConfig
import SupportBundles
import Testing

/// What is read of logs and other texts of a bundle.
@Suite struct BundleTextTests {
    private func bundle(_ path: String, _ text: String) async throws -> SupportBundle {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "w"))
        mesh.add(path, text)
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        return try await SupportBundle.reading(folder.url.path)
    }

    @Test("The last rejection of each type is taken, all its lines and nothing behind them")
    func rejections() async throws {
        let start = "2026-01-01T00:00:01.5Z\twarning\tenvoy config x.cc:1\t"
        let log = """
            \(start)delta config for type.googleapis.com/envoy.config.listener.v3.Listener rejected: old
            \tthread=1
            2026-01-01T00:00:02Z\tinfo\txdsproxy\tconnected to upstream XDS server: istiod\tid=1
            \(start)gRPC config for type.googleapis.com/envoy.config.cluster.v3.Cluster rejected: first
            name: "x"
            last
            \tthread=22
            2026-01-01T00:00:03Z\twarn\txdsproxy\tupstream terminated with error\tid=1
            \(start)delta config for type.googleapis.com/envoy.config.listener.v3.Listener rejected: new\tthread=1
            {"start": "2030-01-01T00:00:00Z"}

            """
        let found = try await bundle("proxies/default/a/istio-proxy.log", log)
        let proxy = try #require(found.proxies.first)
        #expect(proxy.log.rejections[.listeners]?.text == "new")
        #expect(proxy.log.rejections[.clusters]?.text == "first\nname: \"x\"\nlast\n")
        #expect(proxy.log.rejections.count == 2)
        #expect(proxy.log.lastUpstream == "upstream terminated with error")
        #expect(found.newestTime == CaptureTime("2026-01-01T00:00:03Z"))
    }

    @Test("A log of one endless line takes no memory and hides nothing behind it")
    func endlessLine() async throws {
        let log =
            "2026-01-01T00:00:01Z\tinfo\tx\t" + String(repeating: "y", count: 3 << 20)
            + "\n2026-01-01T00:00:02Z\twarn\txdsproxy\tupstream gone\n"
        let found = try await bundle("proxies/default/a/istio-proxy.log", log)
        #expect(found.proxies.first?.log.lastUpstream == "upstream gone")
    }

    @Test("The endpoints of the way to Istiod are read from Envoy's text")
    func discoveryEndpoints() async throws {
        let text = """
            xds-grpc::observability_name::xds-grpc;
            xds-grpc::./etc/istio/proxy/XDS::cx_active::1
            xds-grpc::./etc/istio/proxy/XDS::health_flags::healthy
            other::10.0.0.1:80::health_flags::healthy

            """
        let found = try await bundle("proxies/default/a/clusters", text)
        #expect(found.proxies.first?.hostHealth?.discovery == ["./etc/istio/proxy/XDS (healthy)"])
    }

    @Test("Hosts with a flag other than healthy are counted, the first twenty listed")
    func unhealthyHosts() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a"))
        let bad = (1...25).map {
            "outbound|80||a.b::10.0.0.\($0):80::health_flags::/failed_outlier_check/failed_eds_health\n"
        }
        mesh.add(
            "proxies/default/a/clusters",
            "x::1.2.3.4:80::health_flags::healthy\nx::1.2.3.4:80::weight::1\n" + bad.joined())
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let health = try #require(
            try await SupportBundle.reading(folder.url.path).proxies.first?.hostHealth)
        #expect(health.unhealthyCount == 25)
        #expect(health.unhealthy.count == 20)
        #expect(
            health.unhealthy.first
                == "outbound|80||a.b 10.0.0.1:80 (failed_outlier_check, failed_eds_health)")
        #expect(health.discovery.isEmpty)
    }

    @Test("An Istiod's metrics tell when they were captured")
    func metrics() async throws {
        let text = """
            # TYPE istiod_uptime_seconds gauge
            istiod_uptime_seconds 41.5
            process_start_time_seconds 1.7672256e+09

            """
        let found = try await bundle("istio/istio-system/istiod-a/metrics", text)
        #expect(found.newestTime == CaptureTime("2026-01-01T00:00:41.5Z"))
    }

    @Test("A server_info says who a proxy is whose dump cannot be read")
    func serverInfo() async throws {
        var mesh = MeshFixture()
        mesh.addProxy(
            "a",
            "Failed to convert protobuf message to JSON string: INVALID_ARGUMENT: "
                + "could not find @type 'type.googleapis.com/stats.PluginConfig'")
        mesh.add(
            "proxies/default/a/server_info",
            """
            {"version": "9e55/1.40.0/Clean/RELEASE/BoringSSL", "node": {"id":
            "sidecar~10.0.0.1~a.default~x", "metadata": {"WORKLOAD_NAME": "w", "NAMESPACE": "default",
            "ISTIO_VERSION": "1.30.0"}, "extensions": [{"name": "x"}]}}
            """)
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let bundle = try await SupportBundle.reading(folder.url.path)
        let proxy = try #require(bundle.proxies.first)
        #expect(proxy.dumpError?.code == .unprintableDump)
        #expect(proxy.dumpError?.typeName == "stats.PluginConfig")
        #expect(proxy.node?.workload == "w")
        #expect(proxy.node?.envoyVersion == "1.40.0")
    }
}

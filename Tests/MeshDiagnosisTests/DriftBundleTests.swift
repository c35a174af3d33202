import CorpusSupport
import DrydockDiff
import EnvoyConfig
import MeshDiagnosis
import Testing

/// `istiod/drift`, one change met in six ways, and its siblings, as their notes say.
@Suite struct DriftBundleTests {
    private func proxy(_ start: String, _ scenario: String = "istiod/drift") async throws
        -> ProxyReport
    {
        let report = try await CapturedMesh(scenario).report()
        return try #require(report.proxies.first { $0.name.hasPrefix(start) })
    }

    @Test("details: ERROR with its reason, and an explained unreadable dump")
    func details() async throws {
        let proxy = try await proxy("details")
        #expect(proxy.sync?[.listeners].state == .error)
        #expect(proxy.dump?.isReadable == false)
        #expect(proxy.workload == "details-v1")
        #expect(proxy.envoyVersion == "1.40.0")
        #expect(proxy.notes.map(\.kind) == [.rejected, .unreadable, .unreadable])
        #expect(
            proxy.notes.at(0).text.contains(
                "virtualInbound: Didn't find a registered implementation"))
        #expect(proxy.notes.at(1).text.contains("stats.PluginConfig"))
        #expect(
            proxy.notes.at(2).text
                == "listener virtualInbound, filter istio.stats uses stats.PluginConfig")
    }

    @Test("reviews-v2: the two rejected clusters first, the ten others behind them")
    func reviews() async throws {
        let proxy = try await proxy("reviews-v2")
        #expect(proxy.notes.map(\.kind) == [.rejected, .waiting])
        #expect(
            proxy.notes.at(0).text.hasPrefix(
                "2 clusters rejected by Envoy: outbound|9080|v1|ratings"))
        // Not the DestinationRule that the resource's metadata names.
        #expect(
            proxy.notes.at(0).object
                == Note.Object(kind: "EnvoyFilter", namespace: "default", name: "ratings-broken"))
        #expect(proxy.notes.at(0).candidates.isEmpty)
        #expect(
            proxy.notes.at(1).text.hasPrefix("10 other changes of the same push were not applied"))
    }

    @Test("productpage: its warming cluster, and the secret that it waits for")
    func productpage() async throws {
        let proxy = try await proxy("productpage")
        #expect(proxy.notes.map(\.kind) == [.warming])
        #expect(proxy.notes.at(0).resource?.name == "outbound|443||currencies.example.com")
        #expect(proxy.notes.at(0).text.contains("/etc/certs/missing.pem"))
        #expect(proxy.dump?.warming == 1)
    }

    @Test("reviews-v1: the connected, synced replica is right; the two others differ from it")
    func replicas() async throws {
        let cut = try await proxy("reviews-v1-6584ddcf65-zk4wl")
        #expect(cut.isConnected == false)
        #expect(cut.notes.map(\.kind) == [.disconnected, .oddOneOut])
        #expect(cut.notes.at(0).text.contains("keepalive ping failed"))
        #expect(cut.notes.at(0).text.contains("istiod.istio-system.svc:15010"))
        #expect(cut.notes.at(0).text.contains("xds-grpc"))
        #expect(cut.drift == nil)
        let stale = try await proxy("reviews-v1-6584ddcf65-hq2mc")
        #expect(stale.notes.map(\.kind) == [.stale, .oddOneOut])
        for odd in [cut, stale] {
            let found = try #require(odd.oddOneOut)
            #expect(found.replicas == ["reviews-v1-6584ddcf65-n8x5r.default"])
            let clusters = try #require(found.deltas.first { $0.kind == .clusters })
            #expect(
                clusters.onlyFrom.contains("outbound|9080|v4|reviews.default.svc.cluster.local"))
            #expect(clusters.onlyTo.contains("outbound|8081||ledger.data.svc.cluster.local"))
            #expect(!clusters.names.contains { $0.hasPrefix("inbound|") })
        }
        let right = try await proxy("reviews-v1-6584ddcf65-n8x5r")
        #expect(right.isWell)
        #expect(right.oddOneOut == nil)
    }

    @Test(
        "Where all is well there is no odd one out", arguments: ["istiod/in_sync", "istiod/trace"])
    func well(_ scenario: String) async throws {
        let report = try await CapturedMesh(scenario).report()
        #expect(report.isWell)
        #expect(report.proxies.count == 10)
        for proxy in report.proxies {
            #expect(proxy.notes.isEmpty)
            #expect(proxy.oddOneOut == nil)
            #expect(proxy.drift?.allSatisfy(\.isEmpty) ?? false)
        }
    }

    @Test("stale: two hanging agents of seven proxies")
    func stale() async throws {
        let report = try await CapturedMesh("istiod/stale").report()
        #expect(report.proxies.count == 7)
        let sick = report.proxies.filter { !$0.isWell }
        #expect(sick.map { $0.notes.at(0).kind } == [.stale, .stale])
        for proxy in sick {
            let kinds = try #require(proxy.drift).filter { !$0.isEmpty }.map(\.kind)
            #expect(kinds.filter { $0 != .ecds } == [.clusters, .listeners, .routes])
        }
    }

    @Test("defaults: every listener push rejected, no dump readable")
    func defaults() async throws {
        let report = try await CapturedMesh("istiod/defaults").report()
        #expect(report.proxies.count == 3)
        #expect(report.unreadable.count == 3)
        for proxy in report.proxies {
            #expect(proxy.dump?.isReadable == false)
            #expect(proxy.notes.at(0).kind == .rejected)
            #expect(
                proxy.notes.contains {
                    $0.kind == .rejected && $0.text.contains("listeners rejected")
                })
            #expect(proxy.notes.contains { $0.text.contains("uses stats.PluginConfig") })
        }
    }

    @Test("large_600: one stale proxy of two")
    func large() async throws {
        let report = try await CapturedMesh("istiod/large_600").report()
        #expect(report.proxies.map(\.isWell) == [true, false])
        let stale = try #require(report.proxies.last)
        #expect(stale.notes.map(\.kind) == [.stale])
    }
}

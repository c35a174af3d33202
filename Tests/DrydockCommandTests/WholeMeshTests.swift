import CorpusSupport
import Foundation
import Testing

/// One question about all proxies: `find` and `check`.
@Suite struct WholeMeshTests {
    private static func bundle(_ name: String) throws -> String {
        try Corpus.folder("istiod/\(name)").appendingPathComponent("bug-report.tar.gz").path
    }

    private static func resources(_ arguments: [String]) throws -> [[String: Any]] {
        let outcome = try Command.run(["find", "-o", "json"] + arguments)
        return try #require(outcome.json()["resources"] as? [[String: Any]])
    }

    /// The clusters of a proxy by its own table, which knows nothing of fingerprints.
    private static func clusters(_ bundle: String, _ proxy: String) throws -> String? {
        let outcome = try Command.run(["clusters", "-o", "json", bundle, proxy])
        return outcome.status == 0 ? outcome.text : nil
    }

    @Test(
        "Every proxy is in one version, lacks it, or is unknown; an unreadable dump lacks nothing")
    func complete() throws {
        let bundle = try Self.bundle("drift")
        let found = try Self.resources(["clusters", bundle])
        #expect(found.count > 30)
        for resource in found {
            let versions = try #require(resource["versions"] as? [[String: Any]])
            let holders = versions.flatMap { $0["proxies"] as? [String] ?? [] }
            let lacking = try #require(resource["lacking"] as? [String])
            let unknown = try #require(resource["unknown"] as? [String])
            #expect(Set(holders + lacking + unknown).count == 10)
            #expect(holders.count + lacking.count + unknown.count == 10)
            #expect(unknown == ["details-v1-5b8d4f9c8c-q7vtd.default"])
        }
    }

    @Test("Who holds a name is what each proxy's own table says")
    func holders() throws {
        let bundle = try Self.bundle("drift")
        let name = "outbound|9080|v4|reviews.default.svc.cluster.local"
        let found = try #require(try Self.resources([name, bundle]).first)
        let versions = try #require(found["versions"] as? [[String: Any]])
        let holders = Set(versions.flatMap { $0["proxies"] as? [String] ?? [] })
        let lacking = Set(found["lacking"] as? [String] ?? [])
        for proxy in holders.union(lacking) {
            let text = try #require(try Self.clusters(bundle, proxy))
            #expect(text.contains("\"\(name)\"") == holders.contains(proxy), "\(proxy)")
        }
        #expect(lacking.count == 3)
    }

    @Test("The host of a service finds its clusters, and --diff what differs between them")
    func host() throws {
        let bundle = try Self.bundle("drift")
        let outcome = try Command.run(["find", "reviews.default", bundle])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("6 proxies hold version A, 3 version B, 1 unknown"))
        let differences = try Command.run([
            "find", "--diff", "outbound|9080||ratings.default.svc.cluster.local", bundle,
        ])
        #expect(
            differences.text.contains(
                #"B against A: metadata.filterMetadata["com.example.billing"]"#))
    }

    @Test("What leads to a cluster is found, and what is nowhere is exit status 1")
    func routes() throws {
        let bundle = try Self.bundle("stale")
        let cluster = "outbound|9080|v2|reviews.default.svc.cluster.local"
        let found = try Command.run(["find", "--routes-to", cluster, bundle])
        #expect(found.status == 0)
        #expect(found.text.hasPrefix("route configuration "))
        let host = try Command.run(["find", "--host", "reviews.default.svc.cluster.local", bundle])
        #expect(host.text.contains("route configuration 9080: "))
        let nowhere = try Command.run(["find", "no.such.name", bundle])
        #expect(nowhere.status == 1)
        #expect(nowhere.errorText == "drydock: found nowhere: no.such.name\n")
        #expect(try Command.run(["find", "--passthrough", bundle]).status == 0)
        #expect(try Command.run(["find", "clusters"]).status == 2)
    }

    // MARK: - check

    private static func findings(_ arguments: [String]) throws -> [[String: Any]] {
        let outcome = try Command.run(["check", "-o", "json"] + arguments)
        return try #require(outcome.json()["findings"] as? [[String: Any]])
    }

    @Test("The missing cluster of a bundle is found with the object that asks for it")
    func missingCluster() throws {
        let findings = try Self.findings(["--level", "error", Self.bundle("stale")])
        #expect(findings.count == 1)
        let object = try #require(findings.first?["object"] as? [String: Any])
        #expect(findings.first?["id"] as? String == "missing-cluster")
        #expect(object["kind"] as? String == "VirtualService")
        #expect(object["name"] as? String == "bookinfo")
        #expect((findings.first?["next"] as? [String])?.isEmpty == false)
    }

    @Test("Captured proxies that are in sync have no error, and the exit status says so")
    func wellMesh() throws {
        let outcome = try Command.run(["check", Self.bundle("in_sync")])
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(outcome.text.contains("0 errors, 0 warnings"))
    }

    private static let routes = """
        {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "dynamic_route_configs": [
         {"route_config": {"@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
          "name": "80", "virtual_hosts": [
           {"name": "a", "domains": ["a.shop", "b.shop"], "routes": [
            {"name": "general", "match": {"prefix": "/api"}, "route": {"cluster": "c"}},
            {"name": "special", "match": {"prefix": "/api/v1"}, "route": {"cluster": "c"}},
            {"name": "header", "match": {"prefix": "/api", "headers": [{"name": "x"}]},
             "route": {"cluster": "c"}},
            {"name": "open", "match": {"prefix": "/"}, "route": {"cluster": "gone"}}]},
           {"name": "b", "domains": ["B.shop"], "routes": [
            {"name": "one", "match": {"prefix": "/x", "headers": [{"name": "x"}]},
             "route": {"cluster": "c"}},
            {"name": "two", "match": {"prefix": "/x"}, "route": {"cluster": "c"}}]}]}}]}
        """
    private static let clusters = """
        {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters": [
         {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "c"}},
         {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
          "name": "outbound|80||idle.shop"}}]}
        """
    private static let listeners = """
        {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "dynamic_listeners": [
         {"name": "l", "active_state": {"listener": {
          "@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "l",
          "filter_chains": [{"filters": [{"name": "hcm", "typed_config": {
           "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
           "rds": {"route_config_name": "81"}}}]}]}}}]}
        """

    @Test("Hidden routes, double domains, dangling references and idle clusters are found")
    func rules() throws {
        let dumps = try TemporaryDumps(["\(Self.clusters),\(Self.routes),\(Self.listeners)"])
        let findings = try Self.findings(["--level", "info"] + dumps.paths)
        let texts = Dictionary(grouping: findings) { $0["id"] as? String ?? "" }
            .mapValues { $0.compactMap { $0["text"] as? String } }
        #expect(texts["shadowed-route"]?.count == 2, "\(texts)")
        let shadowed = texts["shadowed-route"]?.joined() ?? ""
        #expect(shadowed.contains("route 2 special (prefix /api/v1) of virtual host a"))
        #expect(shadowed.contains("route 3 header"))
        #expect(texts["duplicate-domain"]?.first?.contains("b.shop stands in a, b of 80") == true)
        #expect(texts["missing-routes"]?.first?.contains("route configuration 81") == true)
        #expect(texts["missing-cluster"]?.first?.contains("no cluster gone") == true)
        #expect(texts["unused-cluster"]?.first?.contains("outbound|80||idle.shop") == true)
        let errors = try Self.findings(["--level", "error"] + dumps.paths)
        #expect(!errors.contains { $0["id"] as? String == "shadowed-route" })
        #expect(try Command.run(["check"] + dumps.paths).status == 1)
    }

    @Test("Plain text to a workload that takes mTLS alone is found in the client")
    func plainToStrict() throws {
        let server = """
            {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters": [
             {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
              "name": "inbound|8080||", "metadata": {"filter_metadata": {"istio": {"services": [
               {"host": "s.shop.svc.cluster.local", "name": "s", "namespace": "shop"}]}}}}}]},
            {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "dynamic_listeners": [
             {"name": "virtualInbound", "active_state": {"listener": {
              "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
              "name": "virtualInbound", "traffic_direction": "INBOUND", "filter_chains": [
               {"filter_chain_match": {"destination_port": 8080, "transport_protocol": "tls"}}]}}}]}
            """
        func client(_ socket: String) -> String {
            """
            {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters": [
             {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
              "name": "outbound|80||s.shop.svc.cluster.local"\(socket)}}]}
            """
        }
        let tls = """
            , "transport_socket": {"name": "tls", "typed_config": {
             "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext"}}
            """
        for (socket, expected) in [("", 1), (tls, 0)] {
            let dumps = try TemporaryDumps([server, client(socket)])
            let findings = try Self.findings(dumps.paths)
            #expect(findings.count == expected, "\(findings)")
            #expect(findings.allSatisfy { $0["id"] as? String == "plain-to-strict" })
        }
    }
}

import CorpusSupport
import EnvoyConfig
import Foundation
import MeshDiagnosis
import Reporting
import SupportBundles
import Testing

/// What goes wrong for requests, though the proxy may hold what Istiod sends.
@Suite struct FindingTests {
    private typealias Cluster = MeshFixture.Cluster

    private static let reviews = "outbound|9080||reviews.default.svc.cluster.local"
    private static let v2 = "outbound|9080|v2|reviews.default.svc.cluster.local"

    /// A route configuration with a virtual host whose only route goes to a cluster.
    private static func routes(
        _ cluster: String, host: String = "reviews.default.svc.cluster.local:9080",
        object: String = "/apis/networking.istio.io/v1/namespaces/default/virtual-service/reviews",
        weight: Int? = nil
    ) -> String {
        let action =
            weight.map {
                #""weighted_clusters": {"clusters": [{"name": "\#(cluster)", "weight": \#($0)}]}"#
            } ?? #""cluster": "\#(cluster)""#
        return """
            {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "dynamic_route_configs": [
            {"route_config": {"@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
            "name": "9080", "virtual_hosts": [{"name": "\(host)", "domains": ["*"], "routes": [
            {"name": "canary", "match": {"prefix": "/"}, "route": {\(action)}, "metadata":
            {"filter_metadata": {"istio": {"config": "\(object)"}}}}]}]}}]}
            """
    }

    private func report(
        _ routes: String, active: [Cluster] = [Cluster(Self.reviews)], warming: [Cluster] = [],
        istiod: [Cluster]? = nil, state: String = "SYNCED", objects: [String] = []
    ) async throws -> MeshReport {
        var mesh = MeshFixture()
        let dump = MeshFixture.envoyDump("a", workload: "a", active: active, warming: warming)
        mesh.addProxy(
            "a",
            dump.replacing(
                #"{"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump"}"#, with: routes))
        if let istiod { mesh.addIstiodDump("istiod-a", of: "a", MeshFixture.istiodDump(istiod)) }
        mesh.addStatus("istiod-a", "a", ["CDS": state])
        mesh.addAnswer("istiod-a", "configz", "[\(objects.joined(separator: ", "))]")
        return try await mesh.report()
    }

    private static func virtualService(_ name: String, subset: String) -> String {
        """
        {"kind": "VirtualService", "metadata": {"name": "\(name)", "namespace": "default"}, "spec":
        {"hosts": ["reviews"], "http": [{"route": [{"destination": {"host": "reviews",
        "subset": "\(subset)"}}]}]}}
        """
    }

    @Test("A route to a subset that is not there is found, and is no problem of the sync")
    func missingSubset() async throws {
        let report = try await report(
            Self.routes(Self.v2), objects: [Self.virtualService("reviews", subset: "v2")])
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1)
        #expect(finding.kind == .missingCluster)
        #expect(finding.text.contains(Self.v2))
        #expect(finding.proxies == ["a.default"])
        #expect(
            finding.object
                == Note.Object(kind: "VirtualService", namespace: "default", name: "reviews"))
        #expect(finding.nextSteps.first == "kubectl -n default edit virtualservice reviews")
        #expect(report.causes.isEmpty)
        #expect(report.proxies.map(\.verdict) == [.partial])
        #expect(report.proxies[0].findings.first?.text.contains("route canary of 9080") ?? false)
    }

    @Test("The object is the one that holds the destination, not the one that the metadata names")
    func objectIsProven() async throws {
        // The metadata names `reviews`, which has no such destination.
        let other = try await report(
            Self.routes(Self.v2),
            objects: [
                Self.virtualService("reviews", subset: "v1"),
                Self.virtualService("canary", subset: "v2"),
            ])
        #expect(other.findings.first?.object?.name == "canary")
        // Of two that have it, the metadata tells which.
        let both = try await report(
            Self.routes(Self.v2),
            objects: [
                Self.virtualService("reviews", subset: "v2"),
                Self.virtualService("canary", subset: "v2"),
            ])
        #expect(both.findings.first?.object?.name == "reviews")
        let none = try await report(
            Self.routes(Self.v2), objects: [Self.virtualService("reviews", subset: "v1")])
        #expect(none.findings.count == 1)
        #expect(none.findings.first?.object == nil)
        #expect(none.findings.first?.candidates == [])
    }

    @Test("What is there, gets no requests, or has a cause of its own is no finding")
    func noFinding() async throws {
        let present = try await report(Self.routes(Self.reviews))
        let unweighted = try await report(Self.routes(Self.v2, weight: 0))
        let warming = try await report(Self.routes(Self.v2), warming: [Cluster(Self.v2)])
        let sent = try await report(
            Self.routes(Self.v2), istiod: [Cluster(Self.reviews), Cluster(Self.v2)])
        let refused = try await report(Self.routes(Self.v2), state: "\(Self.v2): bad")
        // Istio writes such routes for port 80 of every host.
        let otherPort = try await report(
            Self.routes(
                "outbound|80|v2|reviews.default.svc.cluster.local",
                host: "reviews.default.svc.cluster.local:80"))
        for report in [present, unweighted, warming, sent, refused, otherPort] {
            #expect(report.findings.isEmpty)
        }
        // A share of one request in a million is one.
        #expect(try await report(Self.routes(Self.v2, weight: 1)).findings.count == 1)
        // Nobody knows which ports a host has of which there is no cluster.
        #expect(
            try await report(
                Self.routes("outbound|80||gone.default.svc.cluster.local", host: "gone:80")
            ).findings.count == 1)
    }

    @Test("A subset without a pod, of a service that has some, is found with its DestinationRule")
    func emptySubset() async throws {
        func lines(_ cluster: String, hosts: [String]) -> String {
            (["added_via_api::true"] + hosts.map { "\($0)::health_flags::healthy" })
                .map { "\(cluster)::\($0)\n" }.joined()
        }
        let empty = "outbound|80||empty.default.svc.cluster.local"
        func report(_ v2: [String]) async throws -> MeshReport {
            var mesh = MeshFixture()
            mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a"))
            mesh.add(
                "proxies/default/a/clusters",
                lines(Self.reviews, hosts: ["10.0.0.1:9080"]) + lines(Self.v2, hosts: v2)
                    // A service without pods has a subset without pods.
                    + lines(empty, hosts: [])
                    + lines(empty.replacing("||", with: "|v1|"), hosts: []))
            mesh.addStatus("istiod-a", "a")
            mesh.addAnswer(
                "istiod-a", "configz",
                """
                [{"kind": "DestinationRule", "metadata": {"name": "reviews", "namespace": "default"},
                "spec": {"host": "reviews", "subsets": [{"name": "v1"}, {"name": "v2"}]}},
                \(Self.virtualService("reviews", subset: "v1")),
                {"kind": "DestinationRule", "metadata": {"name": "other", "namespace": "default"},
                "spec": {"host": "other", "subsets": [{"name": "v2"}]}}]
                """)
            return try await mesh.report()
        }
        let found = try await report([]).findings
        #expect(found.map(\.kind) == [.noEndpoints])
        #expect(found.first?.text.contains("subset v2 of reviews.default") ?? false)
        #expect(found.first?.object?.kind == "DestinationRule")
        #expect(found.first?.object?.name == "reviews")
        #expect(try await report(["10.0.0.2:9080"]).findings.isEmpty)
    }

    @Test("A dump that was captured without its clusters tells of none that is missing")
    func withoutClusters() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", #"{"configs": [\#(Self.routes(Self.v2))]}"#)
        #expect(try await mesh.report().findings.isEmpty)
    }

    @Test("The gateway of a real mesh routes to a subset that its DestinationRule lost")
    func captured() async throws {
        let report = try await CapturedMesh("istiod/stale").report()
        #expect(report.findings.map(\.kind) == [.missingCluster])
        #expect(report.findings.first?.text.contains(Self.v2) ?? false)
        #expect(
            report.findings.first?.object
                == Note.Object(kind: "VirtualService", namespace: "default", name: "bookinfo"))
        #expect(report.findings.first?.proxies.count == 1)
        #expect(report["istio-ingressgateway-7c9f6d8b5-x2k4p"]?.verdict == .ok)
    }
}

import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import MeshDiagnosis
import Reporting
import SupportBundles
import Testing

/// The object to change: what holds the value that Envoy complains of, and can apply to the proxy.
@Suite struct ObjectTests {
    private typealias Cluster = MeshFixture.Cluster

    private static let name = "outbound|80||x.default.svc.cluster.local"
    private static let error = "Invalid duration: Expected positive duration: seconds: -1"

    /// A proxy with these labels whose cluster was refused for a timeout of -1s, and this configuration.
    private func note(
        _ objects: [String], labels: String = #"{"app": "a"}"#, error: String = Self.error,
        timeout: String = "-1s"
    ) async throws -> Note {
        var mesh = MeshFixture()
        let dump = MeshFixture.envoyDump("a", workload: "a", active: [Cluster(Self.name)])
        mesh.addProxy(
            "a",
            dump.replacing(
                #""CLUSTER_ID": "Kubernetes""#,
                with: #""CLUSTER_ID": "Kubernetes", "LABELS": \#(labels)"#))
        mesh.addIstiodDump(
            "istiod-a", of: "a", MeshFixture.istiodDump([Cluster(Self.name, timeout: timeout)]))
        mesh.addStatus("istiod-a", "a", ["CDS": error])
        mesh.addAnswer("istiod-a", "configz", "[\(objects.joined(separator: ", "))]")
        return try #require(try await mesh.report().proxies.first?.notes.first)
    }

    private static func object(
        _ kind: String, _ name: String, namespace: String = "default", _ spec: String
    ) -> String {
        """
        {"kind": "\(kind)", "metadata": {"name": "\(name)", "namespace": "\(namespace)"}, "spec": \(spec)}
        """
    }

    private static func filter(
        _ name: String, namespace: String = "default", selector: String? = nil,
        applyTo: String = "CLUSTER", match: String = "{}", value: String = #""-1s""#
    ) -> String {
        let selection = selector.map { #""workloadSelector": {"labels": \#($0)}, "# } ?? ""
        return object(
            "EnvoyFilter", name, namespace: namespace,
            """
            {\(selection)"configPatches": [{"applyTo": "\(applyTo)", "match": \(match),
            "patch": {"value": {"connect_timeout": \(value)}}}]}
            """)
    }

    @Test(
        "An EnvoyFilter is it by its value, its selector, its namespace, its target and its match",
        arguments: [
            (filter("f"), true),
            (filter("f", value: #""1s""#), false),
            (filter("f", selector: #"{"app": "a"}"#), true),
            (filter("f", selector: #"{"app": "b"}"#), false),
            (filter("f", selector: #"{"app": "a", "version": "v2"}"#), false),
            (filter("f", namespace: "istio-system"), true),
            (filter("f", namespace: "other"), false),
            (filter("f", applyTo: "HTTP_ROUTE"), false),
            (filter("f", match: #"{"cluster": {"service": "x.default.svc.cluster.local"}}"#), true),
            (
                filter("f", match: #"{"cluster": {"service": "y.default.svc.cluster.local"}}"#),
                false
            ),
            (filter("f", match: #"{"cluster": {"portNumber": 80}}"#), true),
            (filter("f", match: #"{"cluster": {"portNumber": 81}}"#), false),
        ])
    func envoyFilter(_ object: String, _ isIt: Bool) async throws {
        let note = try await note([object])
        #expect(note.kind == .rejected)
        #expect(note.object?.name == (isIt ? "f" : nil))
        #expect(note.candidates.isEmpty)
    }

    @Test(
        "A DestinationRule is it where its host is the cluster's",
        arguments: [
            ("x", true), ("x.default.svc.cluster.local", true), ("*.svc.cluster.local", true),
            ("y", false), ("x.other.svc.cluster.local", false),
        ])
    func destinationRule(_ host: String, _ isIt: Bool) async throws {
        let rule = Self.object(
            "DestinationRule", "d",
            #"{"host": "\#(host)", "trafficPolicy": {"connectionPool": {"tcp": {"connectTimeout": "-1s"}}}}"#
        )
        #expect(try await note([rule]).object?.kind == (isIt ? "DestinationRule" : nil))
    }

    @Test("Several that hold the value are candidates, and none is called the cause")
    func several() async throws {
        let note = try await note([
            Self.filter("one"), Self.filter("two"), Self.filter("no", value: "5"),
        ])
        #expect(note.object == nil)
        #expect(note.candidates.map(\.name) == ["one", "two"])
    }

    @Test("A value that the refused resource does not have is no proof")
    func elsewhere() async throws {
        // The text names a value, but the cluster holds another one.
        let note = try await note(
            [Self.filter("f", value: #""very-special""#)],
            error: "Invalid thing: 'very-special'", timeout: "2s")
        #expect(note.object == nil)
        #expect(note.candidates.isEmpty)
    }

    @Test("What istioctl analyze says of the object stands beside the cause")
    func analysis() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a", active: [Cluster(Self.name)]))
        mesh.addIstiodDump(
            "istiod-a", of: "a", MeshFixture.istiodDump([Cluster(Self.name, timeout: "-1s")]))
        mesh.addStatus("istiod-a", "a", ["CDS": Self.error])
        mesh.addAnswer("istiod-a", "configz", "[\(Self.filter("f"))]")
        mesh.add(
            "analyze/output",
            """
            Warning [IST0151] (EnvoyFilter default/f) This EnvoyFilter does not have a priority
            Error [IST0101] (VirtualService default/other) Referenced host not found
            """)
        let report = try await mesh.report()
        #expect(
            report.causes.map(\.analysis) == [
                ["Warning IST0151: This EnvoyFilter does not have a priority"]
            ])
    }

    @Test("A proxy whose labels are not known may be selected")
    func unknownLabels() async throws {
        let note = try await note(
            [Self.filter("f", selector: #"{"app": "b"}"#)], labels: "null")
        #expect(note.object?.name == "f")
    }

    @Test("A thousand proxies with three causes: the causes fit on a screen, each once")
    func thousand() async throws {
        var mesh = MeshFixture()
        for number in 0..<1000 {
            let pod = "shop-\(number)"
            let clusters = [Cluster(Self.name), Cluster("other")]
            mesh.addProxy(
                pod, MeshFixture.envoyDump(pod, workload: "shop-\(number)", active: clusters))
            switch number % 4 {
            case 0:
                mesh.addIstiodDump(
                    "istiod-a", of: pod,
                    MeshFixture.istiodDump([Cluster(Self.name, timeout: "-1s"), Cluster("other")]))
                mesh.addStatus("istiod-a", pod, ["CDS": Self.error])
            case 1:
                mesh.addIstiodDump("istiod-a", of: pod, MeshFixture.istiodDump(clusters))
                mesh.addStatus("istiod-a", pod, ["LDS": "STALE"])
            case 2:
                mesh.addIstiodDump("istiod-a", of: pod, MeshFixture.istiodDump(clusters))
                mesh.addStatus("istiod-a", pod)
            default: break
            }
        }
        mesh.addAnswer("istiod-a", "configz", "[\(Self.filter("broken"))]")
        mesh.setCaptureTime("2026-01-01T01:00:00Z")
        let report = try await mesh.report()
        #expect(report.causes.map(\.proxies.count) == [250, 250, 250])
        #expect(
            Set(report.causes.map(\.kind)) == [Note.Kind.rejected, .stale, .disconnected])
        #expect(report.causes.compactMap(\.object?.name) == ["broken"])
        var buffer = TextBuffer()
        MeshReportText().write(report, to: &buffer)
        let lines = buffer.text.split(separator: "\n", omittingEmptySubsequences: false)
        let row = try #require(lines.firstIndex { $0.hasPrefix("shop-") })
        #expect(row <= 40)
        for line in lines[..<row] where !line.contains("kubectl ") && !line.contains("drydock ") {
            #expect(line.count <= 100 || line.hasPrefix("NAME "), "\(line)")
        }
        #expect(lines.count { $0.hasPrefix("shop-") } == 1000)
        #expect(buffer.text.contains("250 proxies: "))
        // Problems first.
        let verdicts = lines[row...].filter { $0.hasPrefix("shop-") }.map {
            $0.contains("   ok   ")
        }
        #expect(verdicts == verdicts.sorted { !$0 && $1 })
    }

    @Test("A proxy that never received anything keeps nothing")
    func neverConnected() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a"))
        mesh.addProxy("b", MeshFixture.envoyDump("b", workload: "b", active: [Cluster("x")]))
        mesh.addStatus("istiod-a", "c")
        let report = try await mesh.report()
        let text = { report[$0]?.notes.first?.text ?? "" }
        #expect(text("a").contains("never received"))
        #expect(!text("a").contains("keeps"))
        #expect(text("b").contains("keeps the configuration it had"))
    }
}

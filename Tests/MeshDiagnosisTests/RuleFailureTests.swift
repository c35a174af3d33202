import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import MeshDiagnosis
import SupportBundles
import Testing

/// One part never takes the rest: what fails is a note on its proxy.
@Suite struct RuleFailureTests {
    /// A rule that fails for one proxy, in the place of another.
    private struct FailingRule: DiagnosisRule {
        let name: String
        let rule: any DiagnosisRule

        func notes(
            _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
        ) throws(ConfigDumpError) -> [Note] {
            guard proxy.name == "a.default" else { return try rule.notes(proxy, findings) }
            throw ConfigDumpError(.io, "made to fail", source: "test")
        }
    }

    private func mesh() throws -> (bundle: String, folder: TemporaryFolder) {
        var mesh = MeshFixture()
        for pod in ["a", "b"] {
            mesh.addProxy(
                pod,
                MeshFixture.envoyDump(pod, workload: pod, active: [MeshFixture.Cluster("x")]))
            mesh.addStatus("istiod-a", pod, ["CDS": "x: bad"])
        }
        let folder = try TemporaryFolder()
        return (try folder.write(mesh.archive().gzipped(), to: "bundle.tar.gz"), folder)
    }

    @Test("Each rule, made to fail, yields a note and the other proxies' rows", arguments: 0..<6)
    func failing(_ place: Int) async throws {
        try #require(DiagnosisRules.all.count == 6)
        var rules = DiagnosisRules.all
        rules[place] = FailingRule(name: rules[place].name, rule: rules[place])
        let (path, folder) = try mesh()
        let bundle = try await SupportBundle.reading(path)
        let report = try await BundleDiagnosis(bundle, rules: rules).report()
        #expect(report.proxies.map(\.name) == ["a.default", "b.default"])
        let failed = report.proxies[0].notes.filter { $0.kind == .notChecked }
        #expect(failed.count == 1)
        #expect(failed.first?.text.contains(rules[place].name) ?? false)
        #expect(failed.first?.text.contains("made to fail") ?? false)
        #expect(report.proxies[1].notes.map(\.kind) == [.rejected])
        // The other rules of the same proxy go on.
        let isRejected = report.proxies[0].notes.contains { $0.kind == .rejected }
        #expect(isRejected == (DiagnosisRules.all[place].name != "rejected"))
        // What is not known is not called ok: the type that Istiod says was refused is a problem.
        #expect(report.proxies[0].verdict == .problem)
        #expect(!report.proxies[0].checked.contains(.sync))
        #expect(!report.isWell)
        withExtendedLifetime(folder) {}
    }

    @Test(
        "A proxy of which a rule failed is never ok",
        arguments: ["STALE", "SYNCED"], 0..<6)
    func neverOk(_ state: String, _ place: Int) async throws {
        var mesh = MeshFixture()
        let waiting = MeshFixture.Cluster("w", type: "STRICT_DNS")
        mesh.addProxy(
            "a",
            MeshFixture.envoyDump(
                "a", workload: "a", active: [MeshFixture.Cluster("x")], warming: [waiting]))
        mesh.addStatus("istiod-a", "a", ["CDS": state])
        let folder = try TemporaryFolder()
        let path = try folder.write(mesh.archive().gzipped(), to: "bundle.tar.gz")
        var rules = DiagnosisRules.all
        rules[place] = FailingRule(name: rules[place].name, rule: rules[place])
        let bundle = try await SupportBundle.reading(path)
        let report = try await BundleDiagnosis(bundle, rules: rules).report()
        #expect(report.proxies.map(\.isIncomplete) == [true])
        #expect(!report.isWell)
        #expect(text(report).contains("1 proxy: 0 ok"))
        withExtendedLifetime(folder) {}
    }

    private func text(_ report: MeshReport) -> String {
        var output = TextBuffer()
        MeshReportText().write(report, to: &output)
        return output.text
    }

    @Test(
        "Bundles of public bug reports end with rows, whatever a rule wants to read",
        arguments: [
            "rejected_endpoint_address", "rejected_extension_unnamed", "rejected_regex_fragment",
            "rejected_route_old_syncz", "warming_extension",
        ])
    func reported(_ name: String) async throws {
        let folder = try Corpus.folder("reported/\(name)")
        let bundle = try await SupportBundle.reading(
            folder.appendingPathComponent("bug-report.tar.gz").path)
        let report = try await BundleDiagnosis(bundle).report()
        #expect(report.proxies.count == 10)
        #expect(report.proxies.count { $0.verdict == .problem } == 1)
        #expect(!report.proxies.contains { $0.notes.contains { $0.kind == .notChecked } })
    }

    @Test("An extension's rejection that fits no resource names none")
    func unnamedExtension() async throws {
        let folder = try Corpus.folder("reported/rejected_extension_unnamed")
        let bundle = try await SupportBundle.reading(
            folder.appendingPathComponent("bug-report.tar.gz").path)
        let report = try await BundleDiagnosis(bundle).report()
        let proxy = try #require(report["reviews-v2-6f85cb9b7c-4gd2b"])
        #expect(proxy.notes.first?.kind == .rejected)
        #expect(proxy.notes.first?.text.contains("checksum mismatch") ?? false)
        #expect(!(proxy.notes.first?.text.contains("reviews-ratelimit") ?? true))
    }

    @Test("A key twice in a bootstrap is a note on its proxy, in a section that is compared too")
    func defects() async throws {
        for (twice, kind) in [(#""cluster": "x", "cluster": "y","#, "bootstrap"), ("", "clusters")]
        {
            let cluster = kind == "clusters" ? #""name": "c", "name": "d""# : #""name": "c""#
            let dump = """
                {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump",
                "bootstrap": {"node": {\(twice) "id": "sidecar~10.0.0.1~a.default~x"}}}, {"@type":
                "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters":
                [{"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
                \(cluster)}}]}]}
                """
            var mesh = MeshFixture()
            mesh.addProxy("a", dump)
            mesh.addProxy("b", MeshFixture.envoyDump("b", workload: "b"))
            for pod in ["a", "b"] {
                mesh.addStatus("istiod-a", pod)
                mesh.addIstiodDump("istiod-a", of: pod, MeshFixture.istiodDump([]))
            }
            let folder = try TemporaryFolder()
            let path = try folder.write(mesh.archive().finished, to: "bundle.tar")
            let report = try await BundleDiagnosis(try await SupportBundle.reading(path)).report()
            #expect(report.proxies.count == 2)
            let notes = report.proxies[0].notes
            #expect(notes.contains { $0.text.contains(kind) && $0.text.contains("comes twice") })
            #expect(report.proxies[1].notes.isEmpty)
            // A kind that was not compared has no drift to be "none", and its proxy is not ok.
            let row = try #require(
                text(report).split(separator: "\n").first { $0.hasPrefix("a.def") })
            #expect(!row.hasSuffix("none"))
            #expect(row.hasSuffix("clusters not compared") == (kind == "clusters"))
            #expect(report.proxies[0].failedKinds == (kind == "clusters" ? [.clusters] : []))
            #expect(!report.isWell)
        }
    }
}

import CorpusSupport
import Reporting
import SupportBundles
import Testing

/// What `istioctl analyze` said, as a bug report holds it.
@Suite struct AnalysisTests {
    @Test(
        "A line is a level, a number, an object in the new or the old spelling, and a text",
        arguments: [
            (
                #"Error [IST0101] (VirtualService default/reviews) Referenced host not found: "x""#,
                "Error", "IST0101", "VirtualService default reviews",
                #"Referenced host not found: "x""#
            ),
            (
                "Warning [IST0108] (Gateway ingress.default foo.yaml:12) Unknown annotation: a",
                "Warning", "IST0108", "Gateway default ingress", "Unknown annotation: a"
            ),
            (
                "Info [IST0102] (Namespace default) The namespace is not enabled", "Info",
                "IST0102",
                "Namespace  default", "The namespace is not enabled"
            ),
            (
                "Error [IST0106] Schema validation error", "Error", "IST0106", "",
                "Schema validation error"
            ),
        ])
    func line(_ line: String, _ level: String, _ code: String, _ object: String, _ text: String) {
        let message = AnalyzerMessage(line)
        #expect(message?.level == level)
        #expect(message?.code == code)
        let found = message?.object.map { "\($0.kind) \($0.namespace) \($0.name)" } ?? ""
        #expect(found == object)
        #expect(message?.text == text)
    }

    @Test(
        "Other lines are none",
        arguments: [
            "", "✔ No validation issues found", "Error: something [IST0101] (x) y",
            "Error [XYZ0101] (VirtualService a/b) c", "Error [IST0101]",
        ])
    func others(_ line: String) {
        #expect(AnalyzerMessage(line) == nil)
    }

    @Test("A bundle's messages are read wherever istioctl puts them")
    func bundle() async throws {
        var mesh = MeshFixture()
        mesh.addProxy("a", MeshFixture.envoyDump("a", workload: "a"))
        mesh.add(
            "analyze/all/output", "Error [IST0101] (VirtualService default/a) no host\nsomething\n")
        let folder = try TemporaryFolder()
        try mesh.unpack(into: folder)
        let bundle = try await SupportBundle.reading(folder.url.path)
        #expect(bundle.analysis.map(\.code) == ["IST0101"])
        #expect(bundle.unreadable.isEmpty)
    }
}

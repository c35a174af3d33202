import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import MeshDiagnosis
import SupportBundles

/// A captured bundle with what was injected into it.
struct CapturedMesh: Sendable, CustomStringConvertible {
    /// The root cause of one proxy, or of the mesh.
    struct Cause: Sendable, Decodable {
        var kind: String
        var mentions: [String]
        /// What the first note must not mention.
        var not: [String]?
    }

    private struct Expected: Decodable {
        var mesh: [Cause]
        var proxies: [String: Cause?]
    }

    var scenario: String
    /// By pod: the cause, or nil for a proxy that is well.
    var proxies: [String: Cause?]
    var mesh: [Cause]

    var description: String { scenario }

    var archive: String {
        get throws { try Corpus.folder(scenario).appendingPathComponent("bug-report.tar.gz").path }
    }

    func report() async throws -> MeshReport {
        try await BundleDiagnosis(try await SupportBundle.reading(archive)).report()
    }

    init(_ scenario: String) throws {
        let file = try Corpus.folder(scenario).appendingPathComponent("expected.json")
        let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
        self.scenario = scenario
        proxies = expected.proxies
        mesh = expected.mesh
    }

    /// Every scenario that has a bundle.
    static func all() throws -> [CapturedMesh] {
        try (Corpus.scenarios("istiod") + Corpus.scenarios("reported")).compactMap { scenario in
            let file = try Corpus.folder(scenario).appendingPathComponent("expected.json")
            return FileManager.default.fileExists(atPath: file.path)
                ? try CapturedMesh(scenario) : nil
        }
    }
}

extension MeshFixture {
    /// The report on the bundle.
    func report(grace: Double = 3) async throws -> MeshReport {
        let folder = try TemporaryFolder()
        let path = try folder.write(archive().finished, to: "bundle.tar")
        let bundle = try await SupportBundle.reading(path)
        return try await BundleDiagnosis(bundle, options: .init(grace: grace)).report()
    }
}

extension [Note] {
    /// The note at a place; where there is none, one of no kind that any test wants.
    func at(_ index: Int) -> Note {
        indices.contains(index)
            ? self[index] : Note(.init(rawValue: "none"), source: .drydock, text: "no note")
    }
}

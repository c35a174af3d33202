import CorpusSupport
import Foundation
import Testing

/// The views of a proxy out of a support bundle.
@Suite struct BundleViewTests {
    static func bundle(_ scenario: String) throws -> String {
        try Corpus.folder(scenario).appendingPathComponent("bug-report.tar.gz").path
    }

    static let pod = "reviews-v2-6f85cb9b7c-4gd2b"

    @Test(
        "A bundle's proxy shows what istioctl shows of its dump",
        arguments: ["clusters", "listeners", "routes", "endpoints", "secrets", "bootstrap"])
    func captured(view: String) throws {
        // Endpoints are those of `/clusters`, which knows their health: what istioctl shows, too.
        let golden = try Corpus.folder("istiod/in_sync").appendingPathComponent(
            "pairs/\(Self.pod)/golden/\(view).short.txt")
        let expected = String(decoding: try Corpus.bytes(of: golden), as: UTF8.self)
        let options =
            ["secrets": ["--at", "2026-11-24T00:00:00Z"], "bootstrap": ["-o", "short"]][view] ?? []
        for name in ["\(Self.pod).default", Self.pod] {
            let outcome = try Command.run(
                [view, try Self.bundle("istiod/in_sync"), name] + options)
            #expect(outcome.status == 0, "\(outcome.errorText)")
            #expect(outcome.text == expected)
        }
    }

    @Test("Where the dump is a line of text, what else was captured stands in")
    func unreadable() throws {
        let bundle = try Self.bundle("istiod/drift")
        let proxy = "details-v1-5b8d4f9c8c-q7vtd.default"
        let endpoints = try Command.run(["endpoints", bundle, proxy])
        #expect(endpoints.status == 0)
        #expect(endpoints.lines.first?.hasPrefix("ENDPOINT ") == true)
        #expect(endpoints.lines.count > 10)
        #expect(endpoints.errorText.contains("/clusters"))
        let versions = try Command.run(["bootstrap", "-o", "short", bundle, proxy])
        #expect(versions.status == 0)
        #expect(versions.text.contains("Envoy Version: 1.40.0"))
        let secrets = try Command.run(["secrets", bundle, proxy])
        #expect(secrets.status == 0)
        #expect(secrets.text.contains("Cert Chain"))
        #expect(secrets.errorText.contains("could not print"))
        #expect(secrets.errorText.contains("/certs instead"))
        let clusters = try Command.run(["clusters", bundle, proxy])
        #expect(clusters.status == 2)
        #expect(clusters.text == "")
        #expect(clusters.errorText.contains("config_dump?resource="))
    }

    @Test("A proxy that is not there, or a file that is no bundle, is an error")
    func nothing() throws {
        let none = try Command.run(["clusters", Self.bundle("istiod/in_sync"), "nobody.nowhere"])
        #expect(none.status == 2)
        #expect(none.errorText.contains("holds no proxy named nobody.nowhere"))
        let file = try Corpus.folder("istiod/in_sync").appendingPathComponent(
            "pairs/\(Self.pod)/config_dump.json")
        let dump = try Command.run(["clusters", file.path, "nobody.nowhere"])
        #expect(dump.status == 2)
        #expect(dump.errorText.contains("not a bundle"))
    }

    @Test("An unpacked bundle shows the same")
    func folder() throws {
        let folder = try TemporaryFolder()
        _ = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["tar", "-xzf", try Self.bundle("istiod/in_sync"), "-C", folder.url.path],
            environment: ["PATH": "/usr/bin:/bin"])
        let packed = try Command.run(
            ["routes", Self.bundle("istiod/in_sync"), "\(Self.pod).default"])
        let unpacked = try Command.run(["routes", folder.url.path, "\(Self.pod).default"])
        #expect(packed.status == 0 && !packed.output.isEmpty)
        #expect(unpacked.output == packed.output)
    }
}

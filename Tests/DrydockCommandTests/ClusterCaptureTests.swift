import CorpusSupport
import Foundation
import Testing

/// `Corpus/capture/from-cluster` against a fake `kubectl`: read-only, and laid out as a bug report.
@Suite struct ClusterCaptureTests {
    private static let pod = "productpage-v1-7f44c4d57c-6wkqz"

    /// Two Istiods, one of which the proxy is connected to; a pod without a sidecar beside it.
    private static func kubectl(_ istiodDump: String, _ envoyDump: String) -> String {
        """
        #!/bin/bash
        echo "$*" >> "$(dirname "$0")/calls"
        case "$*" in
        *"get pods -l app=istiod"*) printf 'istiod-a\\nistiod-b\\n' ;;
        *"get pods"*) printf '\(pod) app istio-proxy \\njob-1 app \\n' ;;
        *istiod-a*syncz*) echo '[]' ;;
        *istiod-b*syncz*) echo '[{"cluster_id": "Kubernetes", "proxy": "\(pod).default",
          "istio_version": "1.32", "cluster_sent": "a", "cluster_acked": "a"}]' ;;
        *istiod-a*config_dump*) echo 'Proxy not connected to this Pilot instance' ;;
        *istiod-b*config_dump*) cat '\(istiodDump)' ;;
        *pilot-agent*config_dump*) cat '\(envoyDump)' ;;
        *) exit 1 ;;
        esac
        """
    }

    private func run(_ arguments: [String]) throws -> (Command.Outcome, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let pair = try Corpus.folder("istiod/stale").appendingPathComponent("pairs/\(Self.pod)")
        let script = Self.kubectl(
            pair.appendingPathComponent("istiod_config_dump.json").path,
            pair.appendingPathComponent("config_dump.json").path)
        let kubectl = folder.url.appendingPathComponent("kubectl")
        try script.write(to: kubectl, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: kubectl.path)
        let outcome = try Command.run(
            URL(fileURLWithPath: "/bin/bash"),
            [Corpus.repository.appendingPathComponent("Corpus/capture/from-cluster").path]
                + arguments.map { $0.replacing("FOLDER", with: "\(folder.url.path)/out") },
            environment: ["PATH": "\(folder.url.path):/usr/bin:/bin"])
        return (outcome, folder)
    }

    @Test("The capture is a bundle with sync statuses and Istiod's dump, which compares")
    func capture() throws {
        let (outcome, folder) = try run(["--envoy", "FOLDER", "default"])
        #expect(outcome.status == 0, "\(outcome.errorText)")
        let out = "\(folder.url.path)/out"
        let files = try FileManager.default.subpathsOfDirectory(atPath: out)
        #expect(!files.contains { $0.hasSuffix(".part") || $0.hasSuffix(".error") })
        #expect(!files.contains { $0.contains("istiod-a/debug/config_dump") })
        #expect(!files.contains { $0.contains("job-1") })
        let report = try Command.run(["bundle", "-o", "json", out]).json()
        let proxies = try #require(report["proxies"] as? [[String: Any]])
        #expect(proxies.map { $0["proxy"] as? String } == ["\(Self.pod).default"])
        #expect(Set(proxies[0]["checked"] as? [String] ?? []) == ["sync", "drift"])
        let calls = try String(
            contentsOf: folder.url.appendingPathComponent("kubectl").deletingLastPathComponent()
                .appendingPathComponent("calls"), encoding: .utf8)
        for call in calls.split(separator: "\n") {
            #expect(call.contains(" get pods") || call.contains(" request GET "), "\(call)")
        }
    }

    @Test(
        "What is not there is said, and ends with 1; without a namespace it tells how it is called")
    func failures() throws {
        let (usage, _) = try run(["FOLDER"])
        #expect(usage.status == 2)
        #expect(usage.errorText.contains("from-cluster [--envoy] FOLDER NAMESPACE"))
    }
}

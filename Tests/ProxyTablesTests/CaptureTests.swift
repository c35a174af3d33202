import CorpusSupport
import Drydock
import Foundation
import Testing

/// What a capture may be, and what is said of one that is odd.
@Suite struct CaptureTests {
    static func capture(_ text: String) -> AdminCapture {
        AdminCapture(bytes: Array(text.utf8))
    }

    @Test("A bare bootstrap tells the versions, in either spelling")
    func bareBootstrap() throws {
        for key in ["user_agent_build_version", "userAgentBuildVersion"] {
            let capture = Self.capture(
                """
                {"bootstrap": {"node": {"metadata": {"ISTIO_VERSION": "1.32",
                  "ISTIO_PROXY_SHA": "istio-proxy:abc"},
                  "\(key)": {"version": {"\(key == "userAgentBuildVersion" ? "majorNumber" : "major_number")": 1,
                  "patch": 2}, "metadata": {"revision.status": "Clean"}}}}}
                """)
            let versions = try capture.summary(of: [.bootstrap]).versions
            #expect(versions.istio == "1.32")
            #expect(versions.proxy == "abc")
            #expect(versions.envoy == "1.0.2/Clean")
        }
    }

    @Test("/server_info tells the versions, its node before or behind its version")
    func serverInfo() throws {
        let node = #""node": {"metadata": {"ISTIO_VERSION": "1.32"}}"#
        let version = #""version": "abc/1.40.0/Clean/RELEASE/BoringSSL", "state": "LIVE""#
        for text in ["{\(node), \(version)}", "{\(version), \(node)}"] {
            let versions = try Self.capture(text).summary(of: [.serverInfo]).versions
            #expect(versions.istio == "1.32")
            #expect(versions.envoy == "1.40.0/Clean/RELEASE/BoringSSL")
        }
    }

    @Test("The answer to a ?resource= is a capture: its items are entries themselves")
    func items() throws {
        let capture = Self.capture(
            """
            {"configs": [
              {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump.DynamicCluster",
               "version_info": "1", "cluster": {
                 "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
                 "name": "outbound|80|v1|a.b", "type": "EDS"}},
              {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump.StaticCluster",
               "cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
                 "name": "agent"}}]}
            """)
        let summary = try capture.summary(of: [.clusters])
        #expect(summary.clusters.map(\.name) == ["outbound|80|v1|a.b", "agent"])
        #expect(summary.clusters.map(\.place.state) == [.active, .fixed])
        let document = try ProxyDocument(.resources(summary.clusters), of: capture, summary)
        #expect(
            try ProxyDocumentJSON().text(of: document) == """
                [
                    {
                        "name": "outbound|80|v1|a.b",
                        "type": "EDS"
                    },
                    {
                        "name": "agent"
                    }
                ]

                """)
    }

    @Test("An entry without its resource is passed over, with a note")
    func missingBody() throws {
        let summary = try Self.capture(
            """
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump",
              "dynamic_listeners": [
                {"name": "gone"},
                {"name": "rejected", "error_state": {"details": "no"}},
                {"name": "empty", "active_state": {}},
                {"name": "fine", "active_state": {"listener": {
                  "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
                  "name": "fine"}}}]}]}
            """
        ).summary(of: [.listeners])
        #expect(summary.listeners.map(\.name) == ["fine"])
        #expect(summary.notes.map(\.kind) == [.missingBody, .rejected, .missingBody])
        #expect(summary.notes.map(\.resource?.name) == ["gone", "rejected", "empty"])
    }

    @Test("A type that is not known is shown, with a note")
    func unknownType() throws {
        let summary = try Self.capture(
            """
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.EcdsConfigDump",
              "ecds_filters": [{"ecds_filter": {
                "@type": "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig",
                "name": "x", "typed_config": {"@type": "type.googleapis.com/no.such.Type",
                "some_key": [1, null]}}}]}]}
            """
        ).summary(of: [.ecds])
        #expect(summary.extensions.map(\.type) == ["no.such.Type"])
        #expect(summary.notes.map(\.kind) == [.unknownType])
        #expect(summary.notes.first?.text.contains("no.such.Type") == true)
    }

    @Test(
        "What is no capture is an error",
        arguments: ["", "{}", "[]", "5", #"{"foo": 1}"#, "<html>", "a::b::c", #"{"configs": ["#])
    func noCapture(text: String) {
        #expect(throws: ConfigDumpError.self) {
            try Self.capture(text).summary(of: Set(CapturedKind.allCases))
        }
    }

    @Test("A field that comes twice is found before anything is printed")
    func duplicates() throws {
        let capture = Self.capture(
            """
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
              "dynamic_active_clusters": [{"cluster": {
                "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "x",
                "connect_timeout": "1s", "connectTimeout": "2s"}}]}]}
            """)
        // The table does not look at timeouts.
        #expect(try capture.summary(of: [.clusters]).clusters.count == 1)
        let error = #expect(throws: ConfigDumpError.self) {
            try capture.summary(of: [.clusters], readsWhole: true)
        }
        #expect(error?.line == 4)
    }

    @Test("The rows are the same in any chunking: a pipe, a file, memory")
    func chunks() throws {
        let folder = try Corpus.folder("istiod/in_sync")
        let file = folder.appendingPathComponent(
            "pairs/reviews-v2-6f85cb9b7c-4gd2b/config_dump_eds.json")
        let bytes = try Corpus.bytes(of: file)
        let kinds = Set(CapturedKind.allCases)
        let fromFile = try AdminCapture(contentsOfFile: file.path).summary(of: kinds)
        let fromMemory = try AdminCapture(bytes: bytes).summary(of: kinds)
        #expect(fromFile.clusters == fromMemory.clusters)
        #expect(fromFile.listeners == fromMemory.listeners)
        #expect(fromFile.routes == fromMemory.routes)
        #expect(fromFile.endpoints == fromMemory.endpoints)
        #expect(fromFile.secrets == fromMemory.secrets)
        let streamed = AdminCapture(source: "stream") { body throws(ConfigDumpError) in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1013)
                var failure: ConfigDumpError?
                piece.withUnsafeBytes { bytes in
                    do throws(ConfigDumpError) { try body(bytes) } catch { failure = error }
                }
                if let failure { throw failure }
                rest = rest.dropFirst(piece.count)
            }
        }
        let fromStream = try streamed.summary(of: kinds)
        #expect(fromStream.clusters == fromMemory.clusters)
        #expect(fromStream.routes == fromMemory.routes)
        var (document, expected) = (TextBuffer(), TextBuffer())
        try ProxyDocumentYAML().write(
            ProxyDocument(.resources(fromStream.routes), of: streamed, fromStream), to: &document)
        try ProxyDocumentYAML().write(
            ProxyDocument(
                .resources(fromMemory.routes), of: AdminCapture(bytes: bytes), fromMemory),
            to: &expected)
        #expect(document.bytes == expected.bytes && !document.bytes.isEmpty)
        let piped = try Command.run(["all", "-"], standardInput: bytes)
        #expect(piped.output == (try Command.run(["all", file.path]).output))
    }
}

import CorpusSupport
import Drydock
import Foundation
import Testing

/// Envoy's `/clusters` in its two forms.
@Suite struct ClusterTextTests {
    static let text = """
        outbound|80||a.b::observability_name::outbound|80||a.b;
        outbound|80||a.b::default_priority::max_connections::1024
        outbound|80||a.b::added_via_api::true
        outbound|80||a.b::[fd00::1]:8080::cx_active::2
        outbound|80||a.b::[fd00::1]:8080::health_flags::/failed_outlier_check/failed_eds_health
        outbound|80||a.b::[fd00::1]:8080::weight::3
        outbound|80||a.b::[fd00::1]:8080::region::eu
        outbound|80||a.b::10.0.0.1:8080::health_flags::healthy
        sds::observability_name::sds;
        sds::added_via_api::false
        sds::./var/run/socket::health_flags::/eds_status_draining
        none::observability_name::none;

        """

    @Test("The text form gives the hosts of the JSON form")
    func hosts() throws {
        let capture = AdminCapture(bytes: Array(Self.text.utf8))
        let hosts = try capture.summary(of: [.clusterStatus]).hosts
        #expect(hosts.map(\.address) == ["10.0.0.1", "fd00::1", "unix://./var/run/socket"])
        #expect(hosts.map(\.port) == [8080, 8080, 0])
        #expect(hosts.map(\.status) == ["HEALTHY", "UNHEALTHY", "DRAINING"])
        #expect(hosts.map(\.isEjected) == [false, true, false])
        #expect(hosts.map(\.cluster) == ["outbound|80||a.b", "outbound|80||a.b", "sds"])
    }

    @Test("However it arrives, the text says the same", arguments: [1, 2, 7, 64, 4096])
    func chunks(size: Int) throws {
        let whole = try AdminCapture(bytes: Array(Self.text.utf8)).summary(of: [.clusterStatus])
        for space in ["", "\n", String(repeating: " \n", count: 40_000)] {
            let bytes = Array((space + Self.text).utf8)
            let capture = AdminCapture(source: "chunks") { (body) throws(ConfigDumpError) in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let chunk = Array(rest.prefix(size))
                    rest = rest.dropFirst(size)
                    var failure: ConfigDumpError?
                    chunk.withUnsafeBytes { chunk in
                        do throws(ConfigDumpError) { try body(chunk) } catch { failure = error }
                    }
                    if let failure { throw failure }
                }
            }
            let kept = try capture.kept()
            let summary = try kept.summary(of: [.clusterStatus])
            #expect(summary.hosts.map(\.address) == whole.hosts.map(\.address))
            #expect(summary.hosts.map(\.status) == whole.hosts.map(\.status))
            #expect(try capture.summary(of: [.clusterStatus]).hosts == summary.hosts)
            // An entry is found again where it stands.
            var buffer = TextBuffer()
            try ProxyDocumentJSON().write(
                ProxyDocument(.hosts(summary.hosts), of: kept, summary), to: &buffer)
            let names = try PlainJSON(buffer.bytes).elements.map { $0["name"]?.text }
            #expect(names == ["outbound|80||a.b", "sds"])
        }
    }

    @Test("JSON of the text form: one entry a cluster, with what the lines tell")
    func document() throws {
        let capture = AdminCapture(bytes: Array(Self.text.utf8))
        let summary = try capture.summary(of: [.clusterStatus])
        var buffer = TextBuffer()
        try ProxyDocumentJSON().write(
            ProxyDocument(.hosts(summary.hosts), of: capture, summary), to: &buffer)
        let value = try PlainJSON(buffer.bytes)
        // The cluster without hosts is in no row.
        #expect(value.elements.map { $0["name"]?.text } == ["outbound|80||a.b", "sds"])
        let host = try #require(value.elements.first?["hostStatuses"]?.elements.first)
        #expect(host["address"]?["socketAddress"]?["address"]?.text == "fd00::1")
        #expect(host["weight"] == .number("3"))
        #expect(host["locality"]?["region"]?.text == "eu")
        #expect(host["healthStatus"]?["failedOutlierCheck"] == .boolean(true))
        let active = host["stats"]?.elements.first { $0["name"]?.text == "cx_active" }
        #expect(active?["value"]?.text == "2")
        #expect(active?["type"]?.text == "GAUGE")
    }

    /// The proxies of `in_sync` were captured both ways, the bundle's text a moment later.
    @Test("A bug-report's text prints istioctl's table of the JSON form")
    func bundle() throws {
        let folder = try Corpus.folder("istiod/in_sync")
        let listing = try Command.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["tar", "-tzf", folder.appendingPathComponent("bug-report.tar.gz").path],
            environment: ["PATH": "/usr/bin:/bin"])
        var count = 0
        for entry in listing.lines where entry.hasSuffix("/clusters") {
            let pod = entry.split(separator: "/").dropLast().last.map(String.init) ?? ""
            let golden = folder.appendingPathComponent("pairs/\(pod)/golden/endpoints.short.txt")
            guard let expected = try? Corpus.bytes(of: golden) else { continue }
            let text = try Command.run(
                URL(fileURLWithPath: "/usr/bin/env"),
                ["tar", "-xzOf", folder.appendingPathComponent("bug-report.tar.gz").path, entry],
                environment: ["PATH": "/usr/bin:/bin"])
            let outcome = try Command.run(["endpoints", "-"], standardInput: text.output)
            #expect(outcome.text == String(decoding: expected, as: UTF8.self), "\(pod)")
            count += 1
        }
        #expect(count >= 3)
    }
}

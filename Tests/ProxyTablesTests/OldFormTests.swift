import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import ProxyTables
import Reporting
import RequestTracing
import Testing

/// What older Envoys print means the same today: in a comparison, in the tables and in traces.
@Suite struct OldFormTests {
    /// A captured dump that can be read.
    struct Capture: Sendable, CustomTestStringConvertible {
        var file: URL
        var testDescription: String {
            file.pathComponents.suffix(3).joined(separator: "/")
        }
    }

    /// Every captured dump but those of hundreds of services, which say nothing more here.
    static let captures: [Capture] = {
        let pairs = (try? CapturedPair.all("lab") + CapturedPair.all("istiod")) ?? []
        let files = Set(pairs.flatMap { [$0.istiod, $0.envoy] })
        return files.sorted { $0.path < $1.path }.compactMap { file in
            guard let bytes = try? Corpus.bytes(of: file), bytes.count < 2 << 20,
                (try? ConfigDump(bytes: bytes)) != nil
            else { return nil }
            return Capture(file: file)
        }
    }()

    static let kinds: [ResourceKind] = [
        .clusters, .listeners, .routes, .endpoints, .ecds, .secrets,
    ]

    @Test("There are captures")
    func count() {
        #expect(Self.captures.count > 60)
    }

    @Test(
        "A dump in an older form matches itself, and its tables and traces are the same",
        arguments: OldForm.allCases)
    func matches(form: OldForm) throws {
        for capture in Self.captures {
            let bytes = try Corpus.bytes(of: capture.file)
            let dump = try PlainJSON(bytes)
            let original = try ConfigDump(bytes: bytes, source: "original")
            let tables = try tables(of: bytes)
            let traces = try traces(of: original)
            let respelled = form.respelled(dump).bytes
            let old = try ConfigDump(bytes: respelled, source: "old")
            let comparison = try Comparison(
                from: original, to: old, options: .init(kinds: Self.kinds))
            let changes = comparison.sections.flatMap(\.changed).flatMap(\.changes)
            #expect(
                comparison.isMatch,
                "\(capture.testDescription) \(form): \(changes.map(\.path.description).prefix(3))"
            )
            #expect(old.unreadMembers == original.unreadMembers)
            for state in ResourceState.allCases {
                for kind in ResourceKind.allCases {
                    #expect(
                        old.resources(kind, state).map(\.name).sorted()
                            == original.resources(kind, state).map(\.name).sorted(),
                        "\(capture.testDescription) \(form) \(kind) \(state)")
                }
            }
            #expect(try self.tables(of: respelled) == tables, "\(capture) \(form)")
            #expect(try self.traces(of: old) == traces, "\(capture) \(form)")
        }
    }

    @Test(
        "With old names of extensions and Structs the names are the only difference",
        arguments: [false, true])
    func names(configFirst: Bool) throws {
        var changed = 0
        for capture in Self.captures {
            let bytes = try Corpus.bytes(of: capture.file)
            let respelled = OldExtensions.respelled(
                try PlainJSON(bytes), configFirst: configFirst
            ).bytes
            let original = try ConfigDump(bytes: bytes, source: "original")
            let old = try ConfigDump(bytes: respelled, source: "old")
            let comparison = try Comparison(
                from: original, to: old, options: .init(kinds: Self.kinds))
            let changes = comparison.sections.flatMap(\.changed).flatMap(\.changes)
            changed += changes.count
            for change in changes {
                #expect(
                    change.path.description.hasSuffix(".name"),
                    "\(capture.testDescription): \(change.path)")
            }
            #expect(comparison.sections.allSatisfy { $0.onlyFrom.isEmpty && $0.onlyTo.isEmpty })
            #expect(try tables(of: respelled) == tables(of: bytes), "\(capture)")
            #expect(try traces(of: old) == traces(of: original), "\(capture)")
        }
        #expect(changed > 500)
    }

    // MARK: - Tables and traces

    /// The tables of a dump.
    private func tables(of bytes: [UInt8]) throws -> [String] {
        let summary = try AdminCapture(bytes: bytes).summary(of: [
            .clusters, .listeners, .routes, .endpoints, .secrets, .ecds, .bootstrap,
        ])
        let tables = [
            TextTable.clusters(summary.clusters), .listeners(summary.listeners),
            .listenerTypes(summary.listeners), .routes(summary.routes),
            .endpoints(summary.endpoints), .secrets(summary.secrets, at: summary.newestTime ?? 0),
            .extensions(summary.extensions),
        ]
        return tables.map { table in
            var buffer = TextBuffer()
            table.write(to: &buffer)
            return buffer.text
        } + summary.notes.map(\.text)
    }

    /// What becomes of a request to each of the first services.
    private func traces(of dump: ConfigDump) throws -> [String] {
        let services = dump.compared(.clusters).map(\.name).compactMap { name -> String? in
            let parts = name.split(separator: "|", omittingEmptySubsequences: false)
            guard parts.count == 4, parts[0] == "outbound", parts[2].isEmpty else { return nil }
            return "http://\(parts[3]):\(parts[1])/productpage"
        }
        return try services.prefix(6).map { url in
            let trace = try dump.trace(try TracedRequest(url: url))
            return RequestTraceText().text(of: trace)
        }
    }
}

import CorpusSupport
import Drydock
import Foundation
import Testing

/// The captured requests and the dumps of the proxies that they went through.
enum Captured {
    static let meshRequests = Result {
        try CapturedRequest.rows(
            Corpus.folder("istiod/trace").appendingPathComponent("traces.json"))
    }
    static let meshDumps = Result {
        try BundledDumps.read(
            Corpus.folder("istiod/trace").appendingPathComponent("bug-report.tar.gz"))
    }
    static let featureRequests = Result {
        try CapturedRequest.rows(Corpus.folder("requests").appendingPathComponent("traces.json"))
    }
    static let featureDump = Result { try dump("config_dump_eds.json") }
    /// The control plane's own dump: other field names, the same answers.
    static let controlPlaneDump = Result { try dump("istiod_config_dump_eds.json") }

    private static func dump(_ name: String) throws -> ConfigDump {
        try ConfigDump(
            contentsOfFile: Corpus.folder("requests").appendingPathComponent(name).path)
    }
}

/// Every request that was really sent goes, by the dump alone, where the proxy's access log says. No
/// row is left out: none has been found that a dump cannot decide.
@Suite struct CapturedRequestTests {
    @Test("A request of the running mesh", arguments: try Captured.meshRequests.get())
    func mesh(_ row: CapturedRequest) throws {
        let dump = try #require(try Captured.meshDumps.get()[row.proxy])
        try Self.compare(row, try dump.trace(row.request()))
    }

    @Test("A request over a feature", arguments: try Captured.featureRequests.get())
    func feature(_ row: CapturedRequest) throws {
        try Self.compare(row, try Captured.featureDump.get().trace(row.request()))
    }

    @Test("Istiod's dump gives the same answer as Envoy's, what only Envoy knows apart")
    func controlPlane() throws {
        // Every seventh row is of every feature, and takes a seventh of the time.
        for row in try Captured.featureRequests.get() where row.id.isMultiple(of: 7) {
            let request = try row.request()
            let envoy = try Captured.featureDump.get().trace(request)
            let istiod = try Captured.controlPlaneDump.get().trace(request)
            #expect(istiod.filterChain == envoy.filterChain, "\(row)")
            #expect(istiod.route == envoy.route, "\(row)")
            #expect(istiod.clusters.map(\.name) == envoy.clusters.map(\.name), "\(row)")
        }
    }

    static func compare(_ row: CapturedRequest, _ trace: RequestTrace) throws {
        let expected = row.expected
        let notes = trace.notes.map(\.text).joined(separator: "; ")
        let names = Set(trace.clusters.map(\.name))
        #expect(expected.clusters.isSubset(of: names), "\(row): \(names) \(notes)")
        // Of another protocol the log names no cluster, the trace those that it may go to.
        if expected.clusters.isEmpty, trace.outcome != .notFollowed {
            #expect(names.isEmpty, "\(row): \(notes)")
        }
        #expect(expected.routeName.first ?? "" == trace.route ?? "", "\(row): \(notes)")
        #expect(expected.filterChain.first ?? "" == trace.filterChain ?? "", "\(row): \(notes)")
        let endpoints = Set(trace.clusters.flatMap(\.endpoints).map(\.address))
        #expect(endpoints.isSuperset(of: expected.host), "\(row): \(endpoints) \(notes)")
        let status = expected.status.first { $0 != 0 }
        #expect(trace.status == (expected.isFromFarEnd ? nil : status), "\(row): \(notes)")
        compareAddenda(row, trace)
    }

    private static func compareAddenda(_ row: CapturedRequest, _ trace: RequestTrace) {
        let expected = row.expected
        if let location = expected.location?.first {
            // The query of a sign-in is made anew each time.
            let isSignIn = expected.details.contains("oauth.missing_credentials")
            let told = isSignIn ? location.prefix { $0 != "?" } : location[...]
            #expect(trace.location == String(told), "\(row)")
        }
        if let path = expected.path?.first { #expect(trace.forwardedPath == path, "\(row)") }
        if let authority = expected.authority?.first {
            #expect(trace.forwardedAuthority == authority, "\(row)")
        }
        if let mirrors = expected.mirrors { #expect(Set(trace.mirrors) == Set(mirrors), "\(row)") }
        if expected.termination != nil { #expect(trace.outcome == .denied, "\(row)") }
        // A request that was sent often has met every endpoint that takes requests.
        if expected.cluster.values.reduce(0, +) >= 12, !expected.host.isEmpty {
            let taking = trace.clusters.filter { $0.weight > 0 }.flatMap(\.endpoints)
            #expect(Set(taking.map(\.address)) == Set(expected.host), "\(row)")
        }
    }
}

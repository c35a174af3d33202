import CorpusSupport
import Foundation
import Testing

/// Requests that a real Envoy 1.40 took, over what public bug reports are about, and where its access
/// log says that they went: paths and rewrites, upgrades, access control, TLS, load balancing, filters,
/// forwarded addresses, missing secrets, scoped routes, services that filters call.
@Suite struct GatewayRequestTests {
    /// A request, and what Envoy logged.
    struct Row: Decodable, Sendable {
        var id: String
        var args: [String]
        var url: String
        var status: Int
        var flags: String
        var details: String
        var cluster: String
        var route: String

        /// What the trace has to say, by the details and flags of Envoy's log.
        var outcomes: Set<String> {
            if details.contains("Secret_is_not_supplied") { return ["notReady"] }
            if ["UH", "UDO", "UO"].contains(where: flags.contains) { return ["noEndpoint"] }
            if details == "upgrade_failed" || details.contains("access_denied")
                || details.hasPrefix("ext_authz") || details.hasPrefix("ext_proc")
                || details.hasPrefix("rate_limit")
            {
                return ["denied"]
            }
            if details.hasPrefix("via_upstream") || details.hasPrefix("upstream_")
                || details == "websocket_handshake_unsuccessful"
            {
                return ["forwarded"]
            }
            if details == "direct_response" {
                return (300..<400).contains(status) ? ["redirected"] : ["answered"]
            }
            if ["cors_response", "health_check_ok", "fault_filter_abort"].contains(details) {
                return ["answered"]
            }
            if details == "route_not_found" { return ["noRoute"] }
            if details.contains("cluster_not_found") || flags.contains("NC") {
                return ["noCluster"]
            }
            if status == 0 {
                return cluster == "-"
                    ? [
                        "notReady", "noFilterChain", "noListener", "denied", "protocolMismatch",
                        "noCluster",
                    ]
                    : ["forwarded", "denied"]
            }
            return ["answered", "redirected", "denied", "protocolMismatch"]
        }
    }

    private static let groups = [
        "E1-http", "E2-upgrade", "E3-rbac", "E4-tls", "E5-lb", "E6-filters", "E7-xff", "E8-sds",
        "E9-misc", "E10-extsvc",
    ]

    private static func rows(_ group: String) throws -> (dump: String, rows: [Row]) {
        let folder = try Corpus.folder("gateway")
        let data = try Data(contentsOf: folder.appendingPathComponent("\(group).requests.json"))
        return (
            folder.appendingPathComponent("\(group).config_dump.json").path,
            try JSONDecoder().decode([Row].self, from: data)
        )
    }

    @Test("There are as many rows as were recorded")
    func count() throws {
        #expect(try Self.groups.reduce(0) { try $0 + Self.rows($1).rows.count } >= 390)
    }

    @Test(
        "A request goes where Envoy sent it, with its status, its route and its cluster",
        arguments: groups)
    func group(_ group: String) throws {
        let (dump, rows) = try Self.rows(group)
        for row in rows {
            let outcome = try Command.run(["trace", "-o", "json"] + row.args + [dump, row.url])
            let trace = try outcome.json()
            let name = try #require(trace["outcome"] as? String)
            let told =
                "\(row.id): Envoy \(row.status) \(row.flags) \(row.details) \(row.cluster): \(trace)"
            #expect(row.outcomes.contains(name), "\(told)")
            if let status = trace["status"] as? Int, row.status != 0 {
                #expect(status == row.status, "\(told)")
            }
            if name == "forwarded", row.cluster != "-" {
                let clusters = (trace["clusters"] as? [[String: Any]] ?? []).compactMap {
                    $0["name"] as? String
                }
                #expect(clusters.contains(row.cluster), "\(told)")
            }
            if row.route != "-", let route = trace["route"] as? String {
                #expect(route == row.route, "\(told)")
            }
        }
    }
}

import CorpusSupport
import Drydock
import Foundation
import Testing

/// Every filter against a plain, slow reading of the dump.
@Suite struct ViewFilterTests {
    /// A dump as `JSONSerialization` reads it.
    struct Dump {
        var path: String
        /// What the library makes of it.
        var summary: ProxySummary
        private let root: [String: Any]

        init(_ file: URL) throws {
            path = file.path
            summary = try AdminCapture(contentsOfFile: path).summary(
                of: Set(CapturedKind.allCases))
            let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
            root = try #require(value as? [String: Any])
        }

        /// The bodies of some lists, wherever in the dump they are, each with its `@type`.
        func bodies(_ lists: [String], _ body: [String]) -> [[String: Any]] {
            let sections = root["configs"] as? [[String: Any]] ?? []
            return lists.flatMap { list in
                sections.flatMap { $0[list] as? [[String: Any]] ?? [] }.compactMap { entry in
                    body.reduce(entry as [String: Any]?) { $0?[$1] as? [String: Any] }
                }
            }
        }

        var statuses: [[String: Any]] { root["cluster_statuses"] as? [[String: Any]] ?? [] }

        var clusters: [[String: Any]] {
            bodies(["static_clusters", "dynamic_active_clusters"], ["cluster"])
        }
        var listeners: [[String: Any]] {
            bodies(["dynamic_listeners"], ["active_state", "listener"])
                + bodies(["static_listeners"], ["listener"])
        }
        var routes: [[String: Any]] {
            bodies(["dynamic_route_configs", "static_route_configs"], ["route_config"])
        }
        var assignments: [[String: Any]] {
            bodies(["static_endpoint_configs", "dynamic_endpoint_configs"], ["endpoint_config"])
        }
    }

    /// The captured dumps with endpoints: sidecars, gateways and waypoints.
    static func dumps() throws -> [Dump] {
        try CapturedPair.folders("istiod").compactMap { folder, _ in
            let file = folder.appendingPathComponent("config_dump_eds.json")
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            return try? Dump(file)
        }
    }

    /// The cells of a table's rows, cut where the columns of its header begin.
    static func rows(_ table: TextTable) throws -> [[String]] {
        var buffer = TextBuffer()
        table.write(to: &buffer)
        let lines = buffer.text.split(separator: "\n").map(Array.init)
        let header = try #require(lines.first)
        var starts: [Int] = []
        for title in table.header {
            let from = starts.last.map { $0 + 1 } ?? 0
            let place = header[from...].indices.first {
                header[$0...].starts(with: title) && ($0 == 0 || header[$0 - 1] == " ")
            }
            starts.append(try #require(place))
        }
        return lines.dropFirst().map { line in
            starts.indices.map { column in
                let end = column + 1 < starts.count ? starts[column + 1] : line.count
                let cell = line[min(starts[column], line.count)..<min(end, line.count)]
                return String(cell).trimmingCharacters(in: .whitespaces)
            }
        }
    }

    static func expectSame(_ rows: [[String]], _ expected: [[String]], _ what: String) {
        #expect(
            rows.map { $0.joined(separator: "\t") }.sorted()
                == expected.map { $0.joined(separator: "\t") }.sorted(), "\(what)")
    }

    // MARK: - Clusters

    static func clusterRow(_ cluster: [String: Any]) -> [String] {
        let name = cluster["name"] as? String ?? ""
        let type = cluster["type"] as? String ?? "STATIC"
        let parts = name.components(separatedBy: "|")
        if parts.count < 4 { return [name, "-", "-", "-", type] }
        return [parts[3], parts[1], parts[2].isEmpty ? "-" : parts[2], parts[0], type]
    }

    @Test("Clusters by name, port, subset and direction, and by several at once")
    func clusters() throws {
        for dump in try Self.dumps() {
            let parts = dump.clusters.map {
                ($0["name"] as? String ?? "").components(separatedBy: "|")
            }.filter { $0.count == 4 }
            var filters: [[String: String]] = [["fqdn": "nowhere"], ["port": "1"]]
            for part in parts.prefix(12) {
                filters += [
                    ["fqdn": part[3]], ["port": part[1]], ["direction": part[0]],
                    ["subset": part[2]], ["fqdn": part[3], "subset": part[2], "port": part[1]],
                    ["direction": "outbound", "port": part[1]],
                ]
            }
            for filter in Set(filters).map({ $0.filter { !$0.value.isEmpty } }) {
                let found = dump.clusters.filter { cluster in
                    let name = cluster["name"] as? String ?? ""
                    return filter.allSatisfy { key, value in
                        name.contains(key == "port" ? "|\(value)|" : value)
                    }
                }
                var criteria = ClusterFilter()
                criteria.serviceName = filter["fqdn"]
                criteria.port = filter["port"].flatMap(Int.init)
                criteria.direction = filter["direction"]
                criteria.subset = filter["subset"]
                let rows = try Self.rows(
                    .clusters(dump.summary.clusters.filter(criteria.matches)))
                Self.expectSame(
                    rows.map { Array($0.prefix(5)) }, found.map(Self.clusterRow),
                    "\(dump.path) \(filter)")
            }
        }
    }

    // MARK: - Listeners

    static func listenerRow(_ listener: [String: Any]) -> [String] {
        let address = listener["address"] as? [String: Any]
        let socket = address?["socket_address"] as? [String: Any]
        let chains =
            (listener["filter_chains"] as? [[String: Any]] ?? [])
            + [listener["default_filter_chain"] as? [String: Any]].compactMap { $0 }
        let filters = chains.flatMap { $0["filters"] as? [[String: Any]] ?? [] }
        let hasHTTP = filters.contains {
            ($0["name"] as? String)?.hasSuffix("http_connection_manager") ?? false
        }
        let hasTCP = filters.contains { filter in
            let config = filter["typed_config"] as? [String: Any]
            return (filter["name"] as? String)?.hasSuffix("tcp_proxy") ?? false
                && config?["cluster"] as? String != "BlackHoleCluster"
        }
        let types = [hasHTTP ? "HTTP" : nil, hasTCP ? "TCP" : nil].compactMap { $0 }
        return [
            socket?["address"] as? String ?? "", String(socket?["port_value"] as? Int ?? 0),
            types.isEmpty ? "UNKNOWN" : types.joined(separator: "+"),
        ]
    }

    @Test("Listeners by address, port and type, and by several at once")
    func listeners() throws {
        for dump in try Self.dumps() {
            let all = dump.listeners.map(Self.listenerRow)
            var filters: [[String: String]] = [
                ["port": "1"], ["type": "http"], ["type": "unknown"],
            ]
            for row in all.prefix(10) {
                filters += [
                    ["address": row[0]], ["port": row[1]], ["type": row[2]],
                    ["address": row[0], "type": row[2], "port": row[1]],
                ]
            }
            // Port 0 and an empty address are no filter.
            for filter in Set(filters.map { $0.filter { !$0.value.isEmpty && $0.value != "0" } }) {
                let found = all.filter { row in
                    filter.allSatisfy { key, value in
                        let cell = row[["address": 0, "port": 1, "type": 2][key] ?? 0]
                        return cell.lowercased() == value.lowercased()
                    }
                }
                var criteria = ListenerFilter()
                criteria.address = filter["address"]
                criteria.port = filter["port"].flatMap(Int.init)
                criteria.type = filter["type"]
                let rows = try Self.rows(
                    .listenerTypes(dump.summary.listeners.filter(criteria.matches)))
                Self.expectSame(rows, found, "\(dump.path) \(filter)")
            }
        }
    }

    @Test("A row a filter chain, under each listener's address and port")
    func filterChains() throws {
        for dump in try Self.dumps() {
            let expected = dump.listeners.flatMap { listener in
                let chains = (listener["filter_chains"] as? [Any] ?? []).count
                let all = chains + (listener["default_filter_chain"] == nil ? 0 : 1)
                return Array(repeating: Array(Self.listenerRow(listener).prefix(2)), count: all)
            }
            let rows = try Self.rows(.listeners(dump.summary.listeners))
            Self.expectSame(rows.map { Array($0.prefix(2)) }, expected, dump.path)
        }
    }

    // MARK: - Routes

    @Test("Routes by name")
    func routes() throws {
        for dump in try Self.dumps() {
            let names = Set(dump.routes.map { $0["name"] as? String ?? "" }).union(["nowhere"])
            for name in names where !name.isEmpty {
                var expected: [[String]] = []
                for route in dump.routes where route["name"] as? String == name {
                    for host in route["virtual_hosts"] as? [[String: Any]] ?? [] {
                        let hostName = host["name"] as? String ?? ""
                        let routes = (host["routes"] as? [[String: Any]] ?? []).filter {
                            ($0["route"] as? [String: Any])?["cluster"] as? String
                                != "PassthroughCluster"
                        }
                        expected += routes.map { _ in [name, hostName] }
                    }
                }
                var criteria = RouteFilter()
                criteria.name = name
                let rows = try Self.rows(.routes(dump.summary.routes.filter(criteria.matches)))
                Self.expectSame(
                    rows.map { Array($0.prefix(2)) }, expected, "\(dump.path) \(name)")
            }
        }
    }

    // MARK: - Endpoints

    static func address(_ address: [String: Any]?) -> (text: String, port: Int) {
        if let socket = address?["socket_address"] as? [String: Any] {
            return (socket["address"] as? String ?? "", socket["port_value"] as? Int ?? 0)
        }
        if let pipe = address?["pipe"] as? [String: Any] {
            return (pipe["path"] as? String ?? "", 0)
        }
        let inner = address?["envoy_internal_address"] as? [String: Any]
        let listener = inner?["server_listener_name"] as? String ?? ""
        return ("envoy://\(listener)/\(inner?["endpoint_id"] as? String ?? "")", 0)
    }

    @Test("Endpoints of a config dump by address, port, cluster and status, and by several at once")
    func endpoints() throws {
        for dump in try Self.dumps() {
            let all = dump.assignments.flatMap { assignment in
                (assignment["endpoints"] as? [[String: Any]] ?? []).flatMap { locality in
                    (locality["lb_endpoints"] as? [[String: Any]] ?? []).map { endpoint in
                        let place = Self.address(
                            (endpoint["endpoint"] as? [String: Any])?["address"]
                                as? [String: Any])
                        let text = place.port == 0 ? place.text : "\(place.text):\(place.port)"
                        return [
                            "address": text, "port": String(place.port),
                            "status": endpoint["health_status"] as? String ?? "UNKNOWN",
                            "cluster": assignment["cluster_name"] as? String ?? "",
                        ]
                    }
                }
            }
            try check(all, of: dump, hasLocality: true)
        }
    }

    @Test("Hosts of /clusters by address, port, cluster and status, and by several at once")
    func hosts() throws {
        for (folder, _) in try CapturedPair.folders("istiod") {
            let file = folder.appendingPathComponent("clusters.json")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let dump = try Dump(file)
            let all = dump.statuses.flatMap { status in
                (status["host_statuses"] as? [[String: Any]] ?? []).map { host in
                    let address = host["address"] as? [String: Any]
                    let place = Self.address(address)
                    let health = host["health_status"] as? [String: Any]
                    return [
                        "address": address?["pipe"] == nil ? place.text : "unix://\(place.text)",
                        "port": String(place.port),
                        "status": health?["eds_health_status"] as? String ?? "UNKNOWN",
                        "cluster": status["name"] as? String ?? "",
                    ]
                }
            }
            try check(all, of: dump, hasLocality: false)
        }
    }

    private func check(
        _ all: [[String: String]], of dump: Dump, hasLocality: Bool
    ) throws {
        #expect(!all.isEmpty)
        var filters: [[String: String]] = [
            ["port": "1"], ["status": "healthy"], ["status": "draining"],
        ]
        for row in all.prefix(8) {
            filters += ["address", "port", "cluster"].map { [$0: row[$0] ?? ""] } + [row]
        }
        for filter in Set(filters.map { $0.filter { $0.value != "0" } }) where !filter.isEmpty {
            let found = all.filter { row in
                filter.allSatisfy { row[$0.key]?.lowercased() == $0.value.lowercased() }
            }
            let expected = found.map { row in
                let address = row["address"] ?? ""
                let port = row["port"] ?? ""
                return [
                    hasLocality || port == "0" ? address : "\(address):\(port)",
                    row["status"] ?? "", row["cluster"] ?? "",
                ]
            }
            var criteria = EndpointFilter()
            criteria.address = filter["address"]
            criteria.port = filter["port"].flatMap(Int.init)
            criteria.cluster = filter["cluster"]
            criteria.status = filter["status"]
            let rows = try Self.rows(
                hasLocality
                    ? .endpoints(dump.summary.endpoints.filter(criteria.matches))
                    : .hosts(dump.summary.hosts.filter(criteria.matches)))
            Self.expectSame(
                rows.map { [$0[0], $0[1], $0[3]] }, expected, "\(dump.path) \(filter)")
        }
    }
}

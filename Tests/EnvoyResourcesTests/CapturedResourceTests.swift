import CorpusSupport
import EnvoyConfig
import EnvoyResources
import Foundation
import Testing

/// The typed accessors against a plain reading of captured dumps.
@Suite struct CapturedResourceTests {
    typealias Object = [String: Any]

    /// A sidecar, a gateway and a waypoint.
    static let places = [
        "istiod/in_sync/pairs/reviews-v2-6f85cb9b7c-4gd2b",
        "istiod/in_sync/pairs/istio-ingressgateway-7c9f6d8b5-x2k4p",
        "istiod/ambient/pairs/waypoint-6d9c7f8b5-p4t2x",
        "istiod/ambient/pairs/shop-gateway-istio-59f8b7c6d-9zq7k",
    ]

    struct Capture {
        var dump: ConfigDump
        var root: Object

        init(_ place: String) throws {
            let scenario = place.split(separator: "/").prefix(2).joined(separator: "/")
            let rest = place.dropFirst(scenario.count + 1)
            let file = try Corpus.folder(scenario).appendingPathComponent(
                "\(rest)/config_dump_eds.json")
            dump = try ConfigDump(contentsOfFile: file.path)
            let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
            root = try #require(value as? Object)
        }

        func bodies(_ list: String, _ body: [String]) -> [Object] {
            (root["configs"] as? [Object] ?? []).flatMap { $0[list] as? [Object] ?? [] }
                .compactMap { entry in body.reduce(entry as Object?) { $0?[$1] as? Object } }
        }
    }

    @Test("A cluster's fields", arguments: places)
    func clusters(_ place: String) throws {
        let capture = try Capture(place)
        let bodies = capture.bodies("dynamic_active_clusters", ["cluster"])
        #expect(!bodies.isEmpty)
        for body in bodies {
            let name = try #require(body["name"] as? String)
            let cluster = try #require(try capture.dump.cluster(named: name))
            #expect(cluster.name == name)
            #expect(cluster.discoveryType?.rawValue == body["type"] as? String ?? "STATIC")
            let timeout = (body["connect_timeout"] as? String).flatMap { Double($0.dropLast()) }
            #expect(cluster.connectTimeout.map { $0 / .seconds(1) } == timeout)
            let eds = body["eds_cluster_config"] as? Object
            #expect(cluster.edsServiceName == eds?["service_name"] as? String)
            #expect(cluster.loadAssignmentName == eds?["service_name"] as? String ?? name)
            #expect(cluster.lbPolicy == body["lb_policy"] as? String ?? "ROUND_ROBIN")
            #expect(
                cluster.transportSocketMatches.count
                    == (body["transport_socket_matches"] as? [Any])?.count ?? 0)
            let metadata = (body["metadata"] as? Object)?["filter_metadata"] as? Object
            let config = (metadata?["istio"] as? Object)?["config"] as? String
            #expect(cluster.istioMetadata?.config == config)
            #expect(
                cluster.istioMetadata?.object?.name
                    == config?.components(separatedBy: "/").last)
            #expect(cluster.typeName == "envoy.config.cluster.v3.Cluster")
        }
        #expect(try capture.dump.cluster(named: "no such cluster") == nil)
    }

    @Test("A listener's fields, its filter chains and where they lead", arguments: places)
    func listeners(_ place: String) throws {
        let capture = try Capture(place)
        let bodies = capture.bodies("dynamic_listeners", ["active_state", "listener"])
        #expect(!bodies.isEmpty)
        for body in bodies {
            let name = try #require(body["name"] as? String)
            let listener = try #require(try capture.dump.listener(named: name))
            let socket = (body["address"] as? Object)?["socket_address"] as? Object
            #expect(listener.address?.host == socket?["address"] as? String)
            #expect(listener.address?.port == socket.map { $0["port_value"] as? Int ?? 0 })
            #expect(listener.bindsToPort == body["bind_to_port"] as? Bool)
            #expect(listener.useOriginalDestination == (body["use_original_dst"] as? Bool ?? false))
            #expect(
                listener.trafficDirection?.rawValue == body["traffic_direction"] as? String)
            #expect(listener.isInternal == (body["internal_listener"] != nil))
            let chains = body["filter_chains"] as? [Object] ?? []
            #expect(listener.filterChains.count == chains.count)
            for (chain, plain) in zip(listener.filterChains, chains) { check(chain, plain) }
            #expect((listener.defaultFilterChain == nil) == (body["default_filter_chain"] == nil))
            if let chain = listener.defaultFilterChain,
                let plain = body["default_filter_chain"] as? Object
            {
                check(chain, plain)
            }
        }
    }

    private func check(_ chain: FilterChain, _ plain: Object) {
        #expect(chain.name == plain["name"] as? String ?? "")
        let match = plain["filter_chain_match"] as? Object
        #expect((chain.match == nil) == (match == nil))
        #expect(chain.match?.destinationPort == match?["destination_port"] as? Int)
        #expect(chain.match?.serverNames ?? [] == match?["server_names"] as? [String] ?? [])
        #expect(chain.match?.transportProtocol == match?["transport_protocol"] as? String)
        #expect(
            chain.match?.applicationProtocols ?? []
                == match?["application_protocols"] as? [String] ?? [])
        let ranges = (match?["prefix_ranges"] as? [Object] ?? []).map {
            "\($0["address_prefix"] as? String ?? "")/\($0["prefix_len"] as? Int ?? 0)"
        }
        #expect(chain.match?.prefixRanges.map(\.description) ?? [] == ranges)
        let filters = plain["filters"] as? [Object] ?? []
        #expect(chain.filters.map(\.name) == filters.map { $0["name"] as? String ?? "" })
        let configs = filters.compactMap { $0["typed_config"] as? Object }
        let manager = configs.first {
            ($0["@type"] as? String)?.hasSuffix(".HttpConnectionManager") ?? false
        }
        let rds = manager?["rds"] as? Object
        #expect((chain.httpConnectionManager == nil) == (manager == nil))
        #expect(
            chain.httpConnectionManager?.routeConfigurationName
                == rds?["route_config_name"] as? String)
        let proxy = configs.first { ($0["@type"] as? String)?.hasSuffix(".TcpProxy") ?? false }
        #expect(chain.tcpProxy?.cluster == proxy?["cluster"] as? String)
    }

    @Test("A route configuration's virtual hosts, routes and actions", arguments: places)
    func routes(_ place: String) throws {
        let capture = try Capture(place)
        for body in capture.bodies("dynamic_route_configs", ["route_config"]) {
            let name = try #require(body["name"] as? String)
            let routes = try #require(try capture.dump.routeConfiguration(named: name))
            let hosts = body["virtual_hosts"] as? [Object] ?? []
            // As in the dump: no sorting.
            #expect(routes.virtualHosts.map(\.name) == hosts.map { $0["name"] as? String ?? "" })
            #expect(
                routes.ignoresPortInHost
                    == (body["ignore_port_in_host_matching"] as? Bool ?? false))
            for (host, plain) in zip(routes.virtualHosts, hosts) {
                #expect(host.domains == plain["domains"] as? [String] ?? [])
                let plainRoutes = plain["routes"] as? [Object] ?? []
                #expect(host.routes.count == plainRoutes.count)
                for (route, plain) in zip(host.routes, plainRoutes) { check(route, plain) }
            }
        }
    }

    private func check(_ route: Route, _ plain: Object) {
        #expect(route.name == plain["name"] as? String ?? "")
        let match = plain["match"] as? Object
        switch route.match.path {
        case .prefix(let text): #expect(text == match?["prefix"] as? String)
        case .exact(let text): #expect(text == match?["path"] as? String)
        case .pathSeparatedPrefix(let text):
            #expect(text == match?["path_separated_prefix"] as? String)
        case .regex(let text):
            #expect(text == (match?["safe_regex"] as? Object)?["regex"] as? String)
        default: Issue.record("a path that is not read: \(route.match.json)")
        }
        #expect(route.match.headers.count == (match?["headers"] as? [Any])?.count ?? 0)
        switch route.action {
        case .forward(let action):
            let plain = plain["route"] as? Object
            #expect(action.cluster == plain?["cluster"] as? String)
            let weighted = (plain?["weighted_clusters"] as? Object)?["clusters"] as? [Object] ?? []
            #expect(action.weightedClusters.map(\.weight) == weighted.map { $0["weight"] as? Int })
            let timeout = (plain?["timeout"] as? String).flatMap { Double($0.dropLast()) }
            #expect(action.timeout.map { $0 / .seconds(1) } == timeout)
        case .redirect: #expect(plain["redirect"] != nil)
        case .directResponse(let response):
            #expect(response.status == (plain["direct_response"] as? Object)?["status"] as? Int)
        case .other, nil: Issue.record("an action that is not read: \(route.json)")
        }
    }

    @Test("A load assignment's endpoints, health kept as dumped", arguments: places)
    func loadAssignments(_ place: String) throws {
        let capture = try Capture(place)
        let bodies = capture.bodies("dynamic_endpoint_configs", ["endpoint_config"])
        for body in bodies {
            let name = try #require(body["cluster_name"] as? String)
            let assignment = try #require(try capture.dump.loadAssignment(named: name))
            let localities = body["endpoints"] as? [Object] ?? []
            let endpoints = localities.flatMap { $0["lb_endpoints"] as? [Object] ?? [] }
            #expect(
                assignment.endpoints.map(\.healthStatus)
                    == endpoints.map { $0["health_status"] as? String ?? "UNKNOWN" })
            #expect(
                assignment.localities.map(\.locality.zone)
                    == localities.map { ($0["locality"] as? Object)?["zone"] as? String ?? "" })
            for (endpoint, plain) in zip(assignment.endpoints, endpoints) {
                let address = (plain["endpoint"] as? Object)?["address"] as? Object
                let socket = address?["socket_address"] as? Object
                #expect(endpoint.address?.host == socket?["address"] as? String)
                #expect(
                    endpoint.address?.internalListenerName
                        == (address?["envoy_internal_address"] as? Object)?["server_listener_name"]
                        as? String)
                #expect(endpoint.weight == plain["load_balancing_weight"] as? Int)
            }
        }
    }

    @Test("The node of the bootstrap and the secrets' certificates", arguments: places)
    func bootstrap(_ place: String) throws {
        let capture = try Capture(place)
        let node = try #require(try capture.dump.bootstrap()?.node)
        let pod = place.components(separatedBy: "/").last ?? ""
        #expect(node.proxyName?.hasPrefix(pod) == true)
        #expect(["sidecar", "router", "waypoint"].contains(node.proxyType))
        #expect(node.metadata("ISTIO_VERSION") == "1.32-dev")
        let root = try #require(try capture.dump.secret(named: "ROOTCA"))
        #expect(root.isValidationContext && !root.isCertificate)
        #expect(root.trustedCertificates?.inlineBytes?.hasPrefix("LS0tLS1CRUdJTi") == true)
    }
}

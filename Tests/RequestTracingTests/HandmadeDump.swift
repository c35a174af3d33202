import Drydock

/// A dump written by hand: its resources are JSON as Envoy prints it.
struct HandmadeDump {
    var listeners: [String] = []
    /// Entries of `dynamic_listeners` as they are, for states other than active.
    var listenerEntries: [String] = []
    var routes: [String] = []
    var clusters: [String] = []
    var warmingClusters: [String] = []
    /// Nil leaves the section out, as a capture without `include_eds` does.
    var endpoints: [String]? = []
    var node = #"{"id": "router~10.0.0.1~gateway.default~default.svc.cluster.local"}"#

    /// A gateway that listens on port 8080 with these routes.
    static func gateway(
        routes: String, filters: String = "", manager: String = "", virtualHost: String = "",
        configuration: String = "", domains: String = #""*""#
    ) -> HandmadeDump {
        let router = extensionText("router", "envoy.extensions.filters.http.router.v3.Router")
        var dump = HandmadeDump()
        dump.listeners = [
            listener(
                "gateway", port: 8080,
                chains: chain(
                    httpManager(
                        """
                        \(manager) "route_config": {"name": "routes", \(configuration)
                        "virtual_hosts": [{"name": "host", "domains": [\(domains)], \(virtualHost)
                        "routes": [\(routes)]}]}, "http_filters": [\(filters)\(router)]
                        """)))
        ]
        dump.clusters = ["a", "b", "c"].map { cluster($0) }
        dump.endpoints = ["a", "b", "c"].map { assignment($0, endpoint("10.1.0.1")) }
        return dump
    }

    static func listener(
        _ name: String, address: String = "0.0.0.0", port: Int, chains: String, more: String = ""
    ) -> String {
        """
        {"name": "\(name)", "address": {"socket_address": {"address": "\(address)",
        "port_value": \(port)}}, \(more) "filter_chains": [\(chains)]}
        """
    }

    /// A filter chain; `match` is a member with its comma.
    static func chain(_ filters: String, name: String = "", match: String = "") -> String {
        #"{"name": "\#(name)", \#(match) "filters": [\#(filters)]}"#
    }

    static func httpManager(_ members: String) -> String {
        extensionText(
            "http",
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
            ", \(members)")
    }

    static func tcpProxy(_ cluster: String) -> String {
        extensionText(
            "tcp", "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
            #", "cluster": "\#(cluster)""#)
    }

    /// A name with a configuration; `members` begin with a comma.
    static func extensionText(_ name: String, _ type: String, _ members: String = "") -> String {
        """
        {"name": "\(name)", "typed_config": {"@type": "type.googleapis.com/\(type)"\(members)}}
        """
    }

    static func cluster(_ name: String, _ members: String = #", "type": "EDS""#) -> String {
        #"{"name": "\#(name)"\#(members)}"#
    }

    /// A route that leads to a cluster.
    static func route(_ match: String, to cluster: String = "a", _ members: String = "") -> String {
        """
        {"name": "\(cluster)", "match": {\(match)}, "route": {"cluster": "\(cluster)"\(members)}}
        """
    }

    static func assignment(_ cluster: String, _ endpoints: String..., priority: Int = 0) -> String {
        """
        {"cluster_name": "\(cluster)", "endpoints": [{"priority": \(priority),
        "lb_endpoints": [\(endpoints.joined(separator: ", "))]}]}
        """
    }

    static func endpoint(_ address: String, health: String = "HEALTHY") -> String {
        """
        {"endpoint": {"address": {"socket_address": {"address": "\(address)",
        "port_value": 80}}}, "health_status": "\(health)"}
        """
    }

    func dump() throws -> ConfigDump {
        func entries(_ resources: [String], _ key: String) -> String {
            resources.map { "{\"\(key)\": \($0)}" }.joined(separator: ",\n")
        }
        func section(_ name: String, _ members: String) -> String {
            "{\"@type\": \"type.googleapis.com/envoy.admin.v3.\(name)\", \(members)}"
        }
        let active =
            listeners.map { "{\"active_state\": {\"listener\": \($0)}}" } + listenerEntries
        var sections = [
            section("BootstrapConfigDump", "\"bootstrap\": {\"node\": \(node)}"),
            section(
                "ClustersConfigDump",
                "\"dynamic_active_clusters\": [\(entries(clusters, "cluster"))],"
                    + "\"dynamic_warming_clusters\": [\(entries(warmingClusters, "cluster"))]"),
            section(
                "ListenersConfigDump", "\"dynamic_listeners\": [\(active.joined(separator: ","))]"),
            section(
                "RoutesConfigDump",
                "\"dynamic_route_configs\": [\(entries(routes, "route_config"))]"),
        ]
        if let endpoints {
            sections.append(
                section(
                    "EndpointsConfigDump",
                    "\"dynamic_endpoint_configs\": [\(entries(endpoints, "endpoint_config"))]"))
        }
        let text = "{\"configs\": [\(sections.joined(separator: ",\n"))]}"
        return try ConfigDump(bytes: Array(text.utf8), source: "handmade")
    }

    /// Follows a request to `http://x.test:8080`, with the path and headers given.
    func trace(
        _ path: String = "/", _ headers: [(String, String)] = [],
        _ change: (inout TracedRequest) -> Void = { _ in }
    ) throws -> RequestTrace {
        var request = TracedRequest(
            .http, authority: "x.test", path: path,
            destination: AddressAndPort(address: IPAddress("10.0.0.1"), port: 8080))
        request.headers = headers.map { TracedRequest.Header($0.0, $0.1) }
        change(&request)
        return try dump().trace(request)
    }
}

import Foundation

/// A support bundle that is made by hand: small dumps of Envoys and answers of Istiods.
package struct MeshFixture: Sendable {
    /// A dynamic cluster, in short.
    package struct Cluster: Sendable {
        var name: String
        var json: String

        /// A cluster with this connect timeout and type.
        package init(
            _ name: String, timeout: String = "10s", type: String = "EDS", more: String = ""
        ) {
            self.name = name
            json = """
                {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "\(name)", \
                "type": "\(type)", "connect_timeout": "\(timeout)"\(more)}
                """
        }
    }

    /// The entries' paths, without the first folder, and their texts.
    package private(set) var entries: [String: String] = [:]
    /// The sync statuses by Istiod.
    private var statuses: [String: [String]] = [:]

    package init() {}

    /// Puts an entry into the bundle.
    package mutating func add(_ path: String, _ text: String) {
        entries[path] = text
    }

    /// An Envoy's dump.
    package static func envoyDump(
        _ pod: String, workload: String, address: String = "10.0.0.1", active: [Cluster] = [],
        warming: [Cluster] = [], listeners: [String] = [], secrets: [String] = [],
        updated: String = "2026-01-01T00:00:00Z", version: String = "1.40.0"
    ) -> String {
        let parts = version.split(separator: ".")
        func entries(_ clusters: [Cluster]) -> String {
            clusters.map { #"{"cluster": \#($0.json), "last_updated": "\#(updated)"}"# }
                .joined(separator: ", ")
        }
        let waiting = secrets.map {
            """
            {"name": "\($0)", "version_info": "uninitialized", "last_updated": "\(updated)", "secret":
            {"@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
            "name": "\($0)"}}
            """
        }
        return """
            {"configs": [
            {"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap": {"node": {
            "id": "sidecar~\(address)~\(pod).default~default.svc.cluster.local",
            "metadata": {"NAMESPACE": "default", "WORKLOAD_NAME": "\(workload)",
            "ISTIO_VERSION": "1.30.0", "CLUSTER_ID": "Kubernetes", "INSTANCE_IPS": "\(address)",
            "PROXY_CONFIG": {"discoveryAddress": "istiod.istio-system.svc:15012"}},
            "user_agent_build_version": {"version": {"major_number": \(parts[0]),
            "minor_number": \(parts[1]), "patch": \(parts[2])}}}}},
            {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
            "dynamic_active_clusters": [\(entries(active))],
            "dynamic_warming_clusters": [\(entries(warming))]},
            {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump",
            "dynamic_listeners": [\(listeners.joined(separator: ", "))]},
            {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump"},
            {"@type": "type.googleapis.com/envoy.admin.v3.SecretsConfigDump",
            "dynamic_warming_secrets": [\(waiting.joined(separator: ", "))]}
            ]}
            """
    }

    /// An active listener at an address.
    package static func listener(_ name: String, address: String) -> String {
        """
        {"name": "\(name)", "active_state": {"listener": {
        "@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "\(name)",
        "address": {"socket_address": {"address": "\(address)", "port_value": 80}}}}}
        """
    }

    /// Istiod's dump of a proxy.
    package static func istiodDump(_ clusters: [Cluster], listeners: [String] = []) -> String {
        let entries = clusters.map { #"{"cluster": \#($0.json)}"# }.joined(separator: ", ")
        return """
            {"configs": [
            {"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap": {}},
            {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
            "dynamicActiveClusters": [\(entries)]},
            {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump",
            "dynamicListeners": [\(listeners.joined(separator: ", "))]},
            {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump"}]}
            """
    }

    /// Adds an Envoy's dump.
    package mutating func addProxy(_ pod: String, _ dump: String) {
        add("proxies/default/\(pod)/config_dump?include_eds", dump)
    }

    /// Adds Istiod's dump of a proxy.
    package mutating func addIstiodDump(_ istiod: String, of pod: String, _ dump: String) {
        add("istio/istio-system/\(istiod)/debug/config_dump?proxyID=\(pod).default", dump)
    }

    /// Adds what an Istiod says of a proxy: the state of each type by its short name: `SYNCED`,
    /// `STALE`, `NOT SENT`, or the text of an error.
    package mutating func addStatus(
        _ istiod: String, _ pod: String, _ types: [String: String] = [:],
        sent: String = "2026-01-01T00:00:00Z"
    ) {
        let urls = [
            "CDS": "cluster.v3.Cluster", "EDS": "endpoint.v3.ClusterLoadAssignment",
            "LDS": "listener.v3.Listener", "RDS": "route.v3.RouteConfiguration",
            "ECDS": "core.v3.TypedExtensionConfig",
        ]
        var resources: [String] = []
        for name in ["CDS", "EDS", "LDS", "RDS"] + (types["ECDS"] == nil ? [] : ["ECDS"]) {
            let state = types[name] ?? "SYNCED"
            var status = #""sent": "b", "sentTime": "\#(sent)", "acked": "b""#
            switch state {
            case "SYNCED": break
            case "STALE": status = #""sent": "b", "sentTime": "\#(sent)", "acked": "a""#
            case "NOT SENT": status = #""sent": """#
            default:
                let text = String(
                    decoding: (try? JSONEncoder().encode(state)) ?? Data(), as: UTF8.self)
                status =
                    #""sent": "b", "sentTime": "\#(sent)", "acked": "a", "lastError": \#(text)"#
            }
            resources.append(
                #""type.googleapis.com/envoy.config.\#(urls[name] ?? name)": {\#(status)}"#)
        }
        statuses[istiod, default: []].append(
            """
            {"proxy": "\(pod).default", "cluster_id": "Kubernetes", "istio_version": "1.30.0",
            "resources": {\(resources.joined(separator: ", "))}}
            """)
    }

    /// Adds an answer of an Istiod.
    package mutating func addAnswer(_ istiod: String, _ name: String, _ text: String) {
        add("istio/istio-system/\(istiod)/debug/\(name)", text)
    }

    /// Sets the time of the capture, by an error that an Istiod answered with.
    package mutating func setCaptureTime(_ time: String) {
        addAnswer("istiod-a", "clusterz", "\(time)\terror\treceived unsuccessful status code 400\n")
    }

    /// All entries, sorted by path.
    private var all: [(path: String, text: String)] {
        var all = entries
        for (istiod, proxies) in statuses {
            all["istio/istio-system/\(istiod)/debug/syncz"] = "[\(proxies.joined(separator: ","))]"
        }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The bundle as an archive.
    package func archive(in folder: String = "bug-report/") -> TarArchive {
        var archive = TarArchive()
        for (path, text) in all { archive.add(folder + path, Array(text.utf8)) }
        return archive
    }

    /// The bundle as a folder.
    package func unpack(into folder: TemporaryFolder, under name: String = "bug-report/") throws {
        for (path, text) in all { try folder.write(Array(text.utf8), to: name + path) }
    }
}

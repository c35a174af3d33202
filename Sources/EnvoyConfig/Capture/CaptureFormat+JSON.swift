internal import StrictJSON

extension CaptureFormat {
    /// What a JSON document is, by the members at its top.
    static func json(_ bytes: [UInt8]) -> CaptureFormat {
        switch JSONTreeBuilder.beginning(of: bytes) {
        case .object(let members): object(members)
        case .list(let elements): list(elements)
        default: CaptureFormat("damaged JSON")
        }
    }

    // MARK: - Objects

    /// Formats by members that only they have; the first that fits.
    private static let objects: [(keys: Set<String>, format: CaptureFormat)] = [
        (["configs"], .configDump),
        (["workloads"], .ztunnelDump), (["stagedServices"], .ztunnelDump),
        (["workloadState"], .ztunnelDump),
        (["bootstrap"], .bootstrap),
        (["cluster_statuses"], .clusters), (["clusterStatuses"], .clusters),
        (["listener_statuses"], .listeners), (["listenerStatuses"], .listeners),
        (["static_resources"], .bootstrapFile), (["staticResources"], .bootstrapFile),
        (["dynamic_resources"], .bootstrapFile), (["dynamicResources"], .bootstrapFile),
        (["version", "hot_restart_version"], .serverInfo), (["version", "state"], .serverInfo),
        (["version", "command_line_options"], .serverInfo), (["version", "node"], .serverInfo),
        (["stats"], .statistics),
        (["totalClients"], .debugPage("adsz")), (["clients"], .debugPage("adsz")),
        (["pilot_eds_no_instances"], .debugPage("push_status")),
        (["ProxyStatus"], .debugPage("push_status")),
        (["authorization_policies"], .debugPage("authorizationz")),
        (["telemetries"], .debugPage("telemetryz")), (["defaultConfig"], .debugPage("mesh")),
        (["allocated", "heap_size"], CaptureFormat("Envoy's /memory")),
        (["entries", "layers"], CaptureFormat("Envoy's /runtime")),
        (["dynamicActiveSecrets"], .proxyConfig("secret")),
        (["dynamicWarmingSecrets"], .proxyConfig("secret")),
        (["ecdsFilters"], .proxyConfig("ecds")),
        (["match", "sections"], CaptureFormat("the output of drydock diff -o json")),
        (["proxies", "istiods"], CaptureFormat("the output of drydock bundle -o json")),
    ]

    private static func object(_ members: [String: JSONValue]) -> CaptureFormat {
        let keys = Set(members.keys)
        if let found = objects.first(where: { $0.keys.isSubset(of: keys) }) { return found.format }
        if let elements = members["certificates"]?.list {
            let isZtunnel = elements.contains { $0["identity"] != nil || $0["certChain"] != nil }
            return isZtunnel
                && !elements.contains { $0["cert_chain"] != nil || $0["ca_cert"] != nil }
                ? .ztunnelDump : .certificates
        }
        if let elements = members["resources"]?.list { return response(elements) }
        if let elements = members["config"]?.list, isClientStatus(elements) { return .clientStatus }
        if members.values.contains(where: { $0["configs"] != nil })
            || members.values.contains(where: {
                $0.members.values.contains { $0["configs"] != nil }
            })
        {
            return .wrappedDump
        }
        if let type = members["@type"]?.string { return typed(type) }
        if let kind = members["kind"]?.string, members["apiVersion"] != nil {
            return kubernetes(kind, members)
        }
        if members.values.contains(where: { $0.members.values.contains { $0["Shards"] != nil } }) {
            return .debugPage("endpointShardz")
        }
        return other(keys)
    }

    /// Resources on their way: an Istiod answers its xDS debug interface so, too.
    private static func response(_ elements: [JSONValue]) -> CaptureFormat {
        let isStatus = elements.contains { element in
            element["@type"]?.string?.hasSuffix("v3.ClientConfig") ?? false
        }
        return isStatus ? .syncStatus : .discoveryResponse
    }

    private static func isClientStatus(_ elements: [JSONValue]) -> Bool {
        let keys = ["generic_xds_configs", "genericXdsConfigs", "xds_config", "xdsConfig", "node"]
        return elements.contains { element in keys.contains { element[$0] != nil } }
    }

    /// An object that names its own type.
    private static func typed(_ url: String) -> CaptureFormat {
        let name = url.split(separator: "/").last.map(String.init) ?? url
        if name.contains("ConfigDump") { return .section }
        return CaptureFormat("a single \(name)", "capture the whole config_dump")
    }

    private static func kubernetes(_ kind: String, _ members: [String: JSONValue]) -> CaptureFormat
    {
        guard kind == "Status", let message = members["message"]?.string else {
            return CaptureFormat("a Kubernetes object of kind \(NotADump.excerpt(kind))")
        }
        return CaptureFormat(
            "an error of the Kubernetes API", "it says \(NotADump.excerpt(message))")
    }

    private static func other(_ keys: Set<String>) -> CaptureFormat {
        guard !keys.isEmpty else { return CaptureFormat("an empty JSON object") }
        let names = keys.sorted().prefix(3).map { "`\(NotADump.excerpt($0))`" }
        let more = keys.count > 3 ? " …" : ""
        return CaptureFormat(
            "JSON of another kind", "it has \(names.joined(separator: ", "))\(more), no `configs`")
    }

    // MARK: - Lists

    /// Formats by members that only their elements have; the first that fits.
    private static let elements: [(keys: Set<String>, format: CaptureFormat)] = [
        (["proxy"], .syncStatus),
        (["hostname", "ports"], .debugPage("registryz")),
        (["hostname", "Attributes"], .debugPage("registryz")),
        (["svc"], .debugPage("endpointz")), (["ep"], .debugPage("endpointz")),
        (["kind", "metadata"], .debugPage("configz")),
        (["group", "kind", "version"], .debugPage("resourcesz")),
        (["virtualHosts"], .proxyConfig("routes", .routes)),
        (["filterChains"], .proxyConfig("listeners", .listeners)),
        (["trafficDirection"], .proxyConfig("listeners", .listeners)),
        (["clusterName", "endpoints"], .proxyConfig("endpoints", .endpoints)),
        (["hostStatuses"], .proxyConfig("endpoints")),
        (["edsClusterConfig"], .proxyConfig("clusters", .clusters)),
        (["lbPolicy"], .proxyConfig("clusters", .clusters)),
        (["loadAssignment"], .proxyConfig("clusters", .clusters)),
        (["connectTimeout"], .proxyConfig("clusters", .clusters)),
        (["name", "type"], .proxyConfig("clusters", .clusters)),
        (["name", "address"], .proxyConfig("listeners", .listeners)),
        (["name", "validateClusters"], .proxyConfig("routes", .routes)),
    ]

    private static func list(_ values: [JSONValue]) -> CaptureFormat {
        guard let first = values.first else {
            return CaptureFormat("an empty JSON list, without `configs`")
        }
        guard case .object(let members) = first else {
            return CaptureFormat("a JSON list of values, without `configs`")
        }
        if let type = members["@type"]?.string, type.contains("ConfigDump") { return .section }
        let keys = Set(members.keys)
        if let found = elements.first(where: { $0.keys.isSubset(of: keys) }) { return found.format }
        let names = keys.sorted().prefix(3).map { "`\(NotADump.excerpt($0))`" }
        return CaptureFormat(
            "a JSON list of another kind",
            names.isEmpty ? nil : "its elements have \(names.joined(separator: ", "))")
    }
}

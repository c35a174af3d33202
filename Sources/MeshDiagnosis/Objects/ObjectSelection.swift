internal import EnvoyConfig
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import StrictJSON

/// Whether an object of Istio's configuration can have to do with a proxy's resources: by its
/// namespace, by which proxies it selects, and by the hosts that it is about.
struct ObjectSelection {
    /// The proxy's namespace and labels; nil if they are not known.
    let namespace: String
    let labels: [String: String]?
    /// The root namespace, whose objects are for all: that of Istiod.
    let root: String
    let offense: Note.Offense

    func admits(_ object: ConfiguredObject) -> Bool {
        let spec = object.spec
        switch object.reference.kind {
        case "EnvoyFilter":
            return isNear(object) && selects(spec["workloadSelector"]?["labels"])
                && targets(spec) && patches(object)
        case "Sidecar", "WorkloadGroup":
            return isNear(object) && selects(spec["workloadSelector"]?["labels"])
        case "WasmPlugin", "Telemetry", "AuthorizationPolicy", "RequestAuthentication",
            "PeerAuthentication", "ProxyConfig":
            return isNear(object) && selects(spec["selector"]?["matchLabels"]) && targets(spec)
        case "Gateway":
            return selects(spec["selector"])
        case "DestinationRule":
            return isAbout([spec["host"]?.string ?? ""], in: object.reference.namespace)
        case "ServiceEntry":
            return isAbout(spec["hosts"]?.strings ?? [], in: object.reference.namespace)
        default:
            return true
        }
    }

    private func isNear(_ object: ConfiguredObject) -> Bool {
        [namespace, root].contains(object.reference.namespace)
    }

    /// Whether the proxy has these labels. One of which the labels are not known may have them.
    private func selects(_ wanted: JSONValue?) -> Bool {
        guard let labels, case .object(let wanted) = wanted else { return true }
        return wanted.allSatisfy { labels[$0.key] == $0.value.string }
    }

    /// Whether one of the `targetRefs` is the proxy's gateway.
    private func targets(_ spec: JSONValue) -> Bool {
        let references = (spec["targetRefs"]?.list ?? []) + [spec["targetRef"]].compactMap { $0 }
        let gateway = labels?["gateway.networking.k8s.io/gateway-name"]
        guard !references.isEmpty, labels != nil else { return true }
        return references.contains { reference in
            // A waypoint serves services as well.
            reference["kind"]?.string != "Gateway" || reference["name"]?.string == gateway
        }
    }

    // MARK: - EnvoyFilter

    /// Whether one of its patches is of resources like these.
    private func patches(_ object: ConfiguredObject) -> Bool {
        let patches = object.spec["configPatches"]?.list ?? []
        return patches.contains { patch in
            guard let target = patch["applyTo"]?.string,
                ObjectSelection.patchTargets[offense.kind]?.contains(target) ?? true
            else { return false }
            let match = patch["match"]
            if let cluster = match?["cluster"], offense.kind == .clusters {
                return matches(cluster)
            }
            if let routes = match?["routeConfiguration"]?["name"]?.string, offense.kind == .routes {
                return offense.names.isEmpty || offense.names.contains(routes)
            }
            return true
        }
    }

    private func matches(_ cluster: JSONValue) -> Bool {
        guard !offense.names.isEmpty else { return true }
        return offense.names.contains { name in
            if let wanted = cluster["name"]?.string, wanted != name { return false }
            guard let parts = ClusterNameParts(name) else { return cluster["service"] == nil }
            if let service = cluster["service"]?.string, parts.serviceName != service {
                return false
            }
            if let subset = cluster["subset"]?.string, parts.subset != subset { return false }
            if let port = cluster["portNumber"]?.integer, parts.port != port { return false }
            return true
        }
    }

    /// What a patch is applied to, by the kind of the resources.
    private static let patchTargets: [ResourceKind: Set<String>] = [
        .clusters: ["CLUSTER"],
        .listeners: [
            "LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER", "LISTENER_FILTER",
        ],
        .routes: ["ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE"],
        .ecds: ["EXTENSION_CONFIG", "HTTP_FILTER"],
        .endpoints: [],
    ]

    // MARK: - Hosts

    /// Whether one of these hosts is that of one of the clusters or load assignments.
    private func isAbout(_ hosts: [String], in namespace: String) -> Bool {
        guard offense.kind == .clusters || offense.kind == .endpoints else { return true }
        let services = offense.names.compactMap { ClusterNameParts($0)?.serviceName }
        guard !services.isEmpty else { return true }
        return services.contains { service in
            hosts.contains { HostName($0, in: namespace).covers(service) }
        }
    }
}

/// A host of an Istio object.
struct HostName {
    let text: String
    let namespace: String

    init(_ text: String, in namespace: String) {
        self.text = text
        self.namespace = namespace
    }

    /// Whether a service's full name is this host's: short names are of the object's namespace.
    func covers(_ service: String) -> Bool {
        if text == service || text == "*" { return true }
        if text.hasPrefix("*.") { return service.hasSuffix(text.dropFirst()) }
        return !text.contains(".") && service.hasPrefix("\(text).\(namespace).")
    }

    /// The domains that Istio makes of it in a sidecar's route configurations.
    var domains: Set<String> {
        var parts = text.split(separator: ".").map(String.init)
        if parts.count == 1 { parts += [namespace, "svc", "cluster", "local"] }
        guard parts.count > 2, parts[2] == "svc" else { return [text] }
        return Set((1...parts.count).map { parts[..<$0].joined(separator: ".") } + [text])
    }
}

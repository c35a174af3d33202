public import EnvoyConfig

/// What an admin endpoint of Envoy answered with, entry by entry.
public enum CapturedKind: Sendable, Hashable, CaseIterable {
    /// A cluster of a config dump.
    case clusters
    /// A listener of a config dump.
    case listeners
    /// A route configuration of a config dump.
    case routes
    /// A load assignment of a config dump that was captured with `include_eds`.
    case endpoints
    /// A secret of a config dump.
    case secrets
    /// An extension's configuration of a config dump.
    case ecds
    /// What Envoy was started with: of a config dump, or bare.
    case bootstrap
    /// A cluster's hosts: an entry of `/clusters`.
    case clusterStatus
    /// A chain of certificates: an entry of `/certs`.
    case certificates
    /// The node of `/server_info`.
    case serverInfo

    /// The kind of the dump's section that holds it; nil for what is no config dump's.
    public var resourceKind: ResourceKind? {
        switch self {
        case .clusters: .clusters
        case .listeners: .listeners
        case .routes: .routes
        case .endpoints: .endpoints
        case .secrets: .secrets
        case .ecds: .ecds
        case .bootstrap: .bootstrap
        case .clusterStatus, .certificates, .serverInfo: nil
        }
    }
}

extension CapturedKind {
    /// The page of Envoy's admin port that it is by itself; nil for what is a config dump's.
    var page: String? {
        switch self {
        case .clusterStatus: "/clusters"
        case .certificates: "/certs"
        case .serverInfo: "/server_info"
        default: nil
        }
    }
}

/// A list of entries, or one entry, that stands under a key of a capture.
struct CapturedList {
    var kind: CapturedKind
    var state: ResourceState
    /// The message that an entry is.
    var typeName: String

    /// What stands under a key of a section, or of the capture itself; nil for anything else.
    /// Keys are in lowerCamelCase.
    init?(key: String) {
        switch key {
        case "staticClusters":
            self.init(.clusters, .fixed, "ClustersConfigDump.StaticCluster")
        case "dynamicActiveClusters":
            self.init(.clusters, .active, "ClustersConfigDump.DynamicCluster")
        case "staticListeners":
            self.init(.listeners, .fixed, "ListenersConfigDump.StaticListener")
        case "dynamicListeners":
            self.init(.listeners, .active, "ListenersConfigDump.DynamicListener")
        case "staticRouteConfigs":
            self.init(.routes, .fixed, "RoutesConfigDump.StaticRouteConfig")
        case "dynamicRouteConfigs":
            self.init(.routes, .active, "RoutesConfigDump.DynamicRouteConfig")
        case "staticEndpointConfigs":
            self.init(.endpoints, .fixed, "EndpointsConfigDump.StaticEndpointConfig")
        case "dynamicEndpointConfigs":
            self.init(.endpoints, .active, "EndpointsConfigDump.DynamicEndpointConfig")
        case "ecdsFilters":
            self.init(.ecds, .active, "EcdsConfigDump.EcdsFilterConfig")
        case "staticSecrets":
            self.init(.secrets, .fixed, "SecretsConfigDump.StaticSecret")
        case "dynamicActiveSecrets":
            self.init(.secrets, .active, "SecretsConfigDump.DynamicSecret")
        case "dynamicWarmingSecrets":
            self.init(.secrets, .warming, "SecretsConfigDump.DynamicSecret")
        case "clusterStatuses":
            self.init(.clusterStatus, .active, "ClusterStatus")
        case "certificates":
            self.init(.certificates, .active, "Certificate")
        default:
            return nil
        }
    }

    private init(_ kind: CapturedKind, _ state: ResourceState, _ name: String) {
        self.init(kind: kind, state: state, typeName: "envoy.admin.v3.\(name)")
    }

    private init(kind: CapturedKind, state: ResourceState, typeName: String) {
        self.kind = kind
        self.state = state
        self.typeName = typeName
    }

    /// The one entry under the key `bootstrap`.
    static let bootstrap = CapturedList(
        kind: .bootstrap, state: .fixed, typeName: "envoy.config.bootstrap.v3.Bootstrap")
    /// The one entry under the key `node` of `/server_info`.
    static let serverNode = CapturedList(
        kind: .serverInfo, state: .fixed, typeName: "envoy.config.core.v3.Node")

    /// What an item of a `?resource=` answer is, by its own type. The states of an item are not told:
    /// what is dynamic is taken as active.
    static func item(typeURL: String) -> CapturedList? {
        let name = typeURL.split(separator: "/").last.map(String.init) ?? typeURL
        return all.first { $0.typeName == name && $0.kind.resourceKind != nil }
    }

    /// What an entry of a capture was.
    static func of(_ place: CapturedPlace) -> CapturedList? {
        all.first { $0.kind == place.kind && $0.state == place.state }
    }

    private static let all: [CapturedList] =
        [
            "staticClusters", "dynamicActiveClusters", "staticListeners", "dynamicListeners",
            "staticRouteConfigs", "dynamicRouteConfigs", "staticEndpointConfigs",
            "dynamicEndpointConfigs", "ecdsFilters", "staticSecrets", "dynamicActiveSecrets",
            "dynamicWarmingSecrets", "clusterStatuses", "certificates",
        ].compactMap(CapturedList.init) + [bootstrap, serverNode]
}

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
    /// Scoped route configurations of a config dump.
    case scopedRoutes
    /// What Envoy was started with: of a config dump, or bare.
    case bootstrap
    /// A cluster's hosts: an entry of `/clusters`.
    case clusterStatus
    /// A chain of certificates: an entry of `/certs`.
    case certificates
    /// The node of `/server_info`.
    case serverInfo

    /// The kind of the dump's section that holds it; nil for what is no config dump's.
    package var resourceKind: ResourceKind? {
        switch self {
        case .clusters: .clusters
        case .listeners: .listeners
        case .routes: .routes
        case .endpoints: .endpoints
        case .secrets: .secrets
        case .ecds: .ecds
        case .scopedRoutes: .scopedRoutes
        case .bootstrap: .bootstrap
        case .clusterStatus, .certificates, .serverInfo: nil
        }
    }

    /// What the section of a kind holds.
    package init(_ kind: ResourceKind) {
        switch kind {
        case .clusters: self = .clusters
        case .listeners: self = .listeners
        case .routes: self = .routes
        case .endpoints: self = .endpoints
        case .secrets: self = .secrets
        case .ecds: self = .ecds
        case .scopedRoutes: self = .scopedRoutes
        case .bootstrap: self = .bootstrap
        }
    }

    /// The page of Envoy's admin port that it is by itself; nil for what is a config dump's.
    package var page: String? {
        switch self {
        case .clusterStatus: "/clusters"
        case .certificates: "/certs"
        case .serverInfo: "/server_info"
        default: nil
        }
    }
}

/// What an admin endpoint of Envoy answered with, entry by entry.
public enum CapturedKind: Sendable, Hashable {
    /// A resource of a config dump's section; load assignments where it was captured with
    /// `include_eds`. What Envoy was started with may stand bare, too.
    case section(ResourceKind)
    /// A cluster's hosts: an entry of `/clusters`.
    case clusterStatus
    /// A chain of certificates: an entry of `/certs`.
    case certificates
    /// The node of `/server_info`.
    case serverInfo

    /// A cluster of a config dump.
    public static let clusters = section(.clusters)
    /// A listener of a config dump.
    public static let listeners = section(.listeners)
    /// A route configuration of a config dump.
    public static let routes = section(.routes)
    /// A load assignment of a config dump that was captured with `include_eds`.
    public static let endpoints = section(.endpoints)
    /// A secret of a config dump.
    public static let secrets = section(.secrets)
    /// An extension's configuration of a config dump.
    public static let ecds = section(.ecds)
    /// What Envoy was started with: of a config dump, or bare.
    public static let bootstrap = section(.bootstrap)

    /// The kind of the dump's section that holds it; nil for other captures.
    package var resourceKind: ResourceKind? {
        if case .section(let kind) = self { kind } else { nil }
    }

    /// The page of Envoy's admin port that it is by itself; nil for what is a config dump's.
    package var page: String? {
        switch self {
        case .section: nil
        case .clusterStatus: "/clusters"
        case .certificates: "/certs"
        case .serverInfo: "/server_info"
        }
    }
}

extension CapturedKind: CaseIterable {
    /// The sections, then the pages.
    public static var allCases: [CapturedKind] {
        ResourceKind.allCases.map(section) + [.clusterStatus, .certificates, .serverInfo]
    }
}

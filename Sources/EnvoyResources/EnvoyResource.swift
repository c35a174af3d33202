public import EnvoyConfig

/// A message that stands in a dump by itself, under a name.
public protocol EnvoyResource: EnvoyMessage {
    /// Of which section of a dump it is.
    static var kind: ResourceKind { get }
}

extension Envoy.Cluster: EnvoyResource {
    /// Of the section of clusters.
    public static var kind: ResourceKind { .clusters }
}

extension Envoy.Listener: EnvoyResource {
    /// Of the section of listeners.
    public static var kind: ResourceKind { .listeners }
}

extension Envoy.RouteConfiguration: EnvoyResource {
    /// Of the section of route configurations.
    public static var kind: ResourceKind { .routes }
}

extension Envoy.LoadAssignment: EnvoyResource {
    /// Of the section of endpoints.
    public static var kind: ResourceKind { .endpoints }
}

extension Envoy.Secret: EnvoyResource {
    /// Of the section of secrets.
    public static var kind: ResourceKind { .secrets }
}

extension Envoy.Extension: EnvoyResource {
    /// Of the section of extensions that ECDS delivered.
    public static var kind: ResourceKind { .ecds }
}

extension Envoy.Bootstrap: EnvoyResource {
    /// Of the section of the bootstrap.
    public static var kind: ResourceKind { .bootstrap }
}

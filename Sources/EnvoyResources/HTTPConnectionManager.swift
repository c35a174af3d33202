public import EnvoyConfig

extension Envoy {
    /// An `envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`: the
    /// network filter that speaks HTTP.
    public struct HTTPConnectionManager: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        static let typeName =
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"

        /// The name of the route configuration that RDS delivers; nil where `routeConfiguration` stands
        /// in the filter, or scopes choose one.
        public var routeConfigurationName: String? {
            value["rds"].map { $0.text("routeConfigName") ?? "" }
        }

        /// The route configuration that stands in the filter itself, as Istio's inbound ones do.
        public var routeConfiguration: RouteConfiguration? {
            value.message("routeConfig", as: RouteConfiguration.self)
        }

        /// The HTTP filters in the order in which a request passes them.
        public var httpFilters: [Extension] {
            value["httpFilters"]?.elements.map { Extension($0, role: .httpFilter) } ?? []
        }

        /// Whether the path is normalized (RFC 3986) before it is matched. Nil means no, unless the
        /// runtime says otherwise.
        public var normalizesPath: Bool? { value.flag("normalizePath") }

        /// Whether adjacent slashes of the path become one. Absent means no.
        public var mergesSlashes: Bool { value.flag("mergeSlashes") ?? false }

        /// Whether a trailing dot of the host is dropped before a virtual host is chosen. Absent means
        /// no.
        public var stripsTrailingHostDot: Bool { value.flag("stripTrailingHostDot") ?? false }

        /// Whether any port is dropped from the host itself. Absent means no.
        public var stripsAnyHostPort: Bool { value.flag("stripAnyHostPort") ?? false }

        /// Whether the listener's own port is dropped from the host itself. Absent means no.
        public var stripsMatchingHostPort: Bool { value.flag("stripMatchingHostPort") ?? false }
    }
}

extension Envoy.Extension {
    /// The HTTP connection manager; nil for another filter.
    public var httpConnectionManager: Envoy.HTTPConnectionManager? {
        config(HTTPConnectionManager.typeName, as: HTTPConnectionManager.self)
    }

    /// The TCP proxy; nil for another filter.
    public var tcpProxy: Envoy.TCPProxy? {
        config(Envoy.TCPProxy.typeName, as: Envoy.TCPProxy.self)
    }
}

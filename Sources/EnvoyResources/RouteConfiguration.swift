public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.route.v3.RouteConfiguration`: the virtual hosts of one HTTP listener or port.
    public struct RouteConfiguration: MetadataCarrying {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name; empty if one that stands in a listener has none.
        public var name: String { value.text("name") ?? "" }

        /// The virtual hosts. Their order does not decide: the most specific domain does.
        public var virtualHosts: [VirtualHost] {
            value.messages("virtualHosts", as: VirtualHost.self)
        }

        /// Whether a port in the host is passed over when a virtual host is chosen. Absent means no.
        public var ignoresPortInHost: Bool { value.flag("ignorePortInHostMatching") ?? false }

        /// The header that stands in for the host when a virtual host is chosen; nil for the host.
        public var virtualHostHeader: String? { value.text("vhostHeader") }
    }

    /// An `envoy.config.route.v3.VirtualHost`: the routes of some domains.
    public struct VirtualHost: MetadataCarrying {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name, for logs and statistics. Istio's are `fqdn:port`.
        public var name: String { value.text("name") ?? "" }

        /// The domains, in the dump's order: exact, `*.suffix`, `prefix.*` or `*`.
        public var domains: [String] { value.texts("domains") }

        /// The routes in the order in which they are tried; the first that matches is taken.
        public var routes: [Route] { value.messages("routes", as: Route.self) }

        /// Whether plain requests are redirected to TLS: `NONE` (the default, which a dump leaves out),
        /// `EXTERNAL_ONLY` or `ALL`.
        public var requireTLS: String { value.text("requireTls") ?? "NONE" }

        /// When requests are tried again; nil if each route says.
        public var retryPolicy: CanonicalValue? { value["retryPolicy"] }
    }
}

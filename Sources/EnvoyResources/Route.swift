public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.route.v3.Route`: which requests, and what becomes of them.
    public struct Route: MetadataCarrying {
        /// What becomes of a request.
        public enum Action: Sendable, Hashable {
            /// It goes to a cluster.
            case forward(RouteAction)
            /// It is answered with another place.
            case redirect(RedirectAction)
            /// It is answered with a status.
            case directResponse(DirectResponse)
            /// A filter answers, or it ends here.
            case other(CanonicalValue)
        }

        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name; empty if it has none.
        public var name: String { value.text("name") ?? "" }

        /// Which requests take it.
        public var match: RouteMatch { RouteMatch(value["match"] ?? .object([])) }

        /// What becomes of them; nil if the dump has no action.
        public var action: Action? {
            if let action = value["route"] { return .forward(RouteAction(action)) }
            if let action = value["redirect"] { return .redirect(RedirectAction(action)) }
            if let action = value["directResponse"] {
                return .directResponse(DirectResponse(action))
            }
            return (value["filterAction"] ?? value["nonForwardingAction"]).map(Action.other)
        }

        /// The configuration that the route gives a filter, by the filter's name, with its `@type`; nil
        /// where it gives none.
        public func filterConfig(_ name: String) -> CanonicalValue? {
            value["typedPerFilterConfig"]?[name]
        }
    }

    /// An `envoy.config.route.v3.RouteAction`: where a request goes.
    public struct RouteAction: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The cluster; nil if a header, weights or a plugin choose it.
        public var cluster: String? { value.text("cluster") }

        /// The header that names the cluster; nil if none does.
        public var clusterHeader: String? { value.text("clusterHeader") }

        /// The clusters that share the requests; empty if there is one.
        public var weightedClusters: [WeightedCluster] {
            value["weightedClusters"]?.messages("clusters", as: WeightedCluster.self) ?? []
        }

        /// How long the whole answer may take. Nil means Envoy's default, 15 seconds; zero means for
        /// ever.
        public var timeout: Duration? { value.duration("timeout") }

        /// The clusters that get a copy of the request.
        public var mirrors: [RequestMirror] {
            value.messages("requestMirrorPolicies", as: RequestMirror.self)
        }

        /// When requests are tried again; nil if they are not, unless the virtual host says.
        public var retryPolicy: RetryPolicy? {
            value.message("retryPolicy", as: RetryPolicy.self)
        }

        /// What the matched prefix is replaced by; nil if it stays.
        public var prefixRewrite: String? { value.text("prefixRewrite") }

        /// What the host is replaced by; nil if it stays.
        public var hostRewrite: String? { value.text("hostRewriteLiteral") }
    }

    /// A cluster that gets a copy of a request; its answer is dropped.
    public struct RequestMirror: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The cluster; empty if a header names it.
        public var cluster: String { value.text("cluster") ?? "" }

        /// How many of the requests are copied, a fraction with its runtime key; nil means all.
        public var runtimeFraction: CanonicalValue? { value["runtimeFraction"] }
    }

    /// An `envoy.config.route.v3.RedirectAction`.
    public struct RedirectAction: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The HTTP status. A dump leaves the default, 301, out.
        public var status: Int {
            switch value.text("responseCode") {
            case "FOUND": 302
            case "SEE_OTHER": 303
            case "TEMPORARY_REDIRECT": 307
            case "PERMANENT_REDIRECT": 308
            default: 301
            }
        }
    }

    /// An `envoy.config.route.v3.DirectResponseAction`.
    public struct DirectResponse: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The HTTP status, 200 to 599.
        public var status: Int { value.integer("status") ?? 0 }
    }
}

public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.listener.v3.Listener`: an address that Envoy accepts connections on, and what
    /// becomes of them.
    public struct Listener: MetadataCarrying {
        /// Which way the traffic of a listener goes.
        public enum TrafficDirection: String, Sendable, Hashable {
            /// To the workload.
            case inbound = "INBOUND"
            /// From the workload.
            case outbound = "OUTBOUND"
        }

        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name; empty if the bootstrap gave none.
        public var name: String { value.text("name") ?? "" }

        /// The address that it serves; nil for an internal listener, which has none.
        public var address: Address? { value.message("address", as: Address.self) }

        /// Further addresses that it serves.
        public var additionalAddresses: [Address] {
            value["additionalAddresses"]?.elements.compactMap {
                $0.message("address", as: Address.self)
            } ?? []
        }

        /// Whether it takes connections from other listeners of the same Envoy only.
        public var isInternal: Bool { value["internalListener"] != nil }

        /// Whether it binds its port. Nil means yes; a listener that does not gets its connections
        /// handed over by one with `useOriginalDestination`.
        public var bindsToPort: Bool? {
            value.flag("bindToPort") ?? value["deprecatedV1"]?.flag("bindToPort")
        }

        /// Whether it hands a connection to the listener of the connection's original destination.
        /// Absent means no.
        public var useOriginalDestination: Bool { value.flag("useOriginalDst") ?? false }

        /// Which way its traffic goes; nil if the dump says nothing.
        public var trafficDirection: TrafficDirection? {
            value.text("trafficDirection").flatMap(TrafficDirection.init)
        }

        /// What looks at a connection before a filter chain is chosen: TLS and HTTP inspectors.
        public var listenerFilters: [Extension] {
            value["listenerFilters"]?.elements.map { Extension($0, role: .listenerFilter) } ?? []
        }

        /// What a connection may take, in the dump's order, which does not decide: the most specific
        /// match does.
        public var filterChains: [FilterChain] {
            value.messages("filterChains", as: FilterChain.self)
        }

        /// What a connection takes that no filter chain matches; nil if it is then closed.
        public var defaultFilterChain: FilterChain? {
            value.message("defaultFilterChain", as: FilterChain.self)
        }

        /// The filter chains, the default one last.
        package var allFilterChains: [FilterChain] {
            filterChains + [defaultFilterChain].compactMap { $0 }
        }
    }
}

public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.listener.v3.FilterChain`: the network filters that a connection passes.
    public struct FilterChain: MetadataCarrying {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The name; empty if it has none.
        public var name: String { value.text("name") ?? "" }

        /// Which connections take it; nil matches all.
        public var match: FilterChainMatch? {
            value.message("filterChainMatch", as: FilterChainMatch.self)
        }

        /// The network filters in the order in which a connection passes them.
        public var filters: [Extension] {
            value["filters"]?.elements.map { Extension($0, role: .networkFilter) } ?? []
        }

        /// How connections are secured; nil for plain TCP.
        public var transportSocket: Extension? {
            value["transportSocket"].map { Extension($0, role: .downstreamSocket) }
        }

        /// The HTTP connection manager among the filters; nil in a chain for TCP.
        public var httpConnectionManager: HTTPConnectionManager? {
            filters.lazy.compactMap(\.httpConnectionManager).first
        }

        /// The TCP proxy among the filters; nil in a chain for HTTP.
        public var tcpProxy: TCPProxy? { filters.lazy.compactMap(\.tcpProxy).first }
    }

    /// An `envoy.config.listener.v3.FilterChainMatch`: which connections take a filter chain. What is
    /// absent or empty matches everything.
    public struct FilterChainMatch: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// Where a connection comes from.
        public enum SourceType: String, Sendable, Hashable {
            /// Anywhere.
            case any = "ANY"
            /// The same address or the loopback interface.
            case sameAddressOrLoopback = "SAME_IP_OR_LOOPBACK"
            /// Anywhere else.
            case external = "EXTERNAL"
        }

        /// The port that the connection was made to, where the listener uses the original destination.
        public var destinationPort: Int? { value.integer("destinationPort") }

        /// The networks that the connection's destination is in.
        public var prefixRanges: [AddressPrefix] {
            value.messages("prefixRanges", as: AddressPrefix.self)
        }

        /// The SNI, `*.` standing for any labels before the rest. Known only after a TLS inspector.
        public var serverNames: [String] { value.texts("serverNames") }

        /// `raw_buffer` or `tls`; nil matches both.
        public var transportProtocol: String? { value.text("transportProtocol") }

        /// The ALPN, or what an HTTP inspector found.
        public var applicationProtocols: [String] { value.texts("applicationProtocols") }

        /// The networks that the connection comes from directly, whatever a PROXY header says.
        public var directSourcePrefixRanges: [AddressPrefix] {
            value.messages("directSourcePrefixRanges", as: AddressPrefix.self)
        }

        /// Where the connection comes from. A dump leaves the default, `any`, out.
        public var sourceType: SourceType {
            value.text("sourceType").flatMap(SourceType.init) ?? .any
        }

        /// The networks that the connection comes from.
        public var sourcePrefixRanges: [AddressPrefix] {
            value.messages("sourcePrefixRanges", as: AddressPrefix.self)
        }

        /// The ports that the connection comes from.
        public var sourcePorts: [Int] {
            value["sourcePorts"]?.elements.compactMap {
                if case .literal(let text) = $0 { Int(text) } else { nil }
            } ?? []
        }
    }

    /// An `envoy.config.core.v3.CidrRange`.
    public struct AddressPrefix: EnvoyMessage, CustomStringConvertible {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The IP address whose beginning counts.
        public var address: String { value.text("addressPrefix") ?? "" }

        /// How many bits of it count. Absent means 0: every address.
        public var length: Int { value.integer("prefixLen") ?? 0 }

        /// As `10.96.0.0/16`.
        public var description: String { "\(address)/\(length)" }
    }
}

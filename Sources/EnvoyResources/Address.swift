public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.core.v3.Address`: an IP address or host name with a port, a Unix socket, or a
    /// listener of the same Envoy.
    public struct Address: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        private var socket: CanonicalValue? { value["socketAddress"] }

        /// The IP address or host name of a socket address; nil for the other kinds.
        public var host: String? { socket.map { $0.text("address") ?? "" } }

        /// The port of a socket address, 0 to 65535, where it is a number. 0, which a dump may leave
        /// out, takes any port.
        public var port: Int? {
            guard let socket, socket["namedPort"] == nil else { return nil }
            return socket.integer("portValue") ?? 0
        }

        /// Whether a socket address is UDP. Absent means TCP.
        public var isUDP: Bool { socket?.text("protocol") == "UDP" }

        /// Whether the wildcard of IPv6 takes IPv4 connections too.
        public var takesIPv4Too: Bool { socket?.flag("ipv4Compat") ?? false }

        /// The path of a Unix socket; nil for the other kinds.
        public var pipePath: String? { value["pipe"].map { $0.text("path") ?? "" } }

        /// The name of the listener that an internal address leads to; nil for the other kinds.
        public var internalListenerName: String? {
            value["envoyInternalAddress"].map { $0.text("serverListenerName") ?? "" }
        }

        /// What tells the internal address of one endpoint from another's of the same listener; nil
        /// if absent.
        public var internalEndpointID: String? { value["envoyInternalAddress"]?.text("endpointId") }
    }
}

extension ConfigDump {
    /// Whose dump it is.
    public enum Origin: String, Sendable, Hashable {
        /// What Istiod would send: its bootstrap is empty.
        case istiod
        /// What an Envoy has: its bootstrap is what it was started with.
        case envoy
        /// A dump without a bootstrap section.
        case unknown

        init(_ index: IndexBuilder) {
            guard index.sections.contains(.bootstrap) else {
                self = .unknown
                return
            }
            self = index.hasBootstrap ?? false ? .envoy : .istiod
        }
    }

    /// The proxy that an Envoy's dump is of, `POD.NAMESPACE`, by its node's id
    /// (`sidecar~IP~POD.NAMESPACE~DOMAIN`); nil for Istiod's, whose bootstrap is empty.
    package var proxyName: String? {
        nodeID.flatMap(NodeID.init)?.proxy
    }
}

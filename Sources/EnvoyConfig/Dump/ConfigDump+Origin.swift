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
            // An empty body is one line, a broken one has none.
            let bootstrap = index.resources.first { $0.kind == .bootstrap }
            self = bootstrap.map { $0.lineCount != 1 } ?? false ? .envoy : .istiod
        }
    }

    /// The proxy that an Envoy's dump is of, `POD.NAMESPACE`, by its node's id
    /// (`sidecar~IP~POD.NAMESPACE~DOMAIN`); nil for Istiod's, whose bootstrap is empty.
    public var proxyName: String? {
        guard let bootstrap = resources(.bootstrap, .fixed).first,
            let value = try? canonicalValue(of: bootstrap),
            let id = value["node"]?["id"]?.stringValue
        else { return nil }
        return NodeID(id)?.proxy
    }
}

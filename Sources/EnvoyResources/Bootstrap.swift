public import EnvoyConfig

extension Envoy {
    /// An `envoy.config.bootstrap.v3.Bootstrap`: what Envoy was started with. Empty in Istiod's dump.
    public struct Bootstrap: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// Which proxy it is; nil if the dump does not say.
        public var node: Node? { value.message("node", as: Node.self) }
    }

    /// An `envoy.config.core.v3.Node`: which proxy it is.
    public struct Node: EnvoyMessage {
        /// The canonical form.
        public let value: CanonicalValue

        /// Takes the canonical form.
        public init(_ value: CanonicalValue) {
            self.value = value
        }

        /// The identifier. Istio's is `TYPE~IP~POD.NAMESPACE~DOMAIN`, the type `sidecar`, `router` or
        /// `waypoint`.
        public var id: String { value.text("id") ?? "" }

        /// The workload's name and namespace; empty if it has none.
        public var cluster: String { value.text("cluster") ?? "" }

        /// An entry of the node's metadata, such as `ISTIO_VERSION`; nil if it is missing or no
        /// string.
        public func metadata(_ key: String) -> String? { value["metadata"]?.text(key) }

        /// Envoy's version, such as `1.40.0`; nil if the node does not say. Envoy up to 1.13 has a text,
        /// `COMMIT/1.12.0/Clean/RELEASE/BoringSSL`.
        public var envoyVersion: String? {
            let version = value["userAgentBuildVersion"]?["version"]
            func number(_ key: String) -> String? {
                if case .literal(let text) = version?[key] { text } else { nil }
            }
            if let major = number("majorNumber") {
                return "\(major).\(number("minorNumber") ?? "0").\(number("patch") ?? "0")"
            }
            let words = value.text("buildVersion")?.split(separator: "/") ?? []
            return words.count >= 2 ? String(words[1]) : nil
        }

        /// The parts of the identifier; nil if it is not Istio's.
        package var istioID: NodeID? { NodeID(id) }

        /// `sidecar`, `router` (a gateway) or `waypoint`; nil if the identifier is not Istio's.
        public var proxyType: String? { istioID?.type }

        /// `POD.NAMESPACE`; nil if the identifier is not Istio's.
        public var proxyName: String? { istioID?.proxy }
    }
}

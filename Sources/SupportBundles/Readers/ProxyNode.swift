internal import EnvoyConfig
internal import EnvoyResources

/// Which proxy a capture is of, by the node of its bootstrap.
package struct ProxyNode: Sendable, Hashable {
    /// The node's id, `sidecar~IP~POD.NAMESPACE~DOMAIN`.
    package internal(set) var id: String?
    /// `NAMESPACE` and `WORKLOAD_NAME` of the metadata: replicas of one workload share them.
    package internal(set) var namespace: String?, workload: String?
    /// `ISTIO_VERSION` of the metadata.
    package internal(set) var istioVersion: String?
    /// Envoy's version, such as `1.40.0`.
    package internal(set) var envoyVersion: String?
    /// `CLUSTER_ID` of the metadata.
    package internal(set) var cluster: String?
    /// Where the proxy's agent looks for Istiod: `PROXY_CONFIG.discoveryAddress`.
    package internal(set) var discoveryAddress: String?
    /// `LABELS` of the metadata: the pod's, by which objects select proxies; nil if it has none.
    package internal(set) var labels: [String: String]?
    /// The proxy's own addresses.
    package internal(set) var addresses: [String] = []

    /// Reads an `envoy.config.core.v3.Node` in canonical form; nil for one without an id.
    /// `serverVersion` is the version of a `/server_info`,
    /// `COMMIT/1.40.0/Clean/RELEASE/BoringSSL`.
    init?(_ value: CanonicalValue?, serverVersion: String? = nil) {
        guard let value, let id = value["id"]?.stringValue, !id.isEmpty else { return nil }
        self.id = id
        let metadata = value["metadata"]
        namespace = metadata?["NAMESPACE"]?.stringValue
        workload = metadata?["WORKLOAD_NAME"]?.stringValue
        istioVersion = metadata?["ISTIO_VERSION"]?.stringValue
        cluster = metadata?["CLUSTER_ID"]?.stringValue
        discoveryAddress = metadata?["PROXY_CONFIG"]?["discoveryAddress"]?.stringValue
        if case .object(let members) = metadata?["LABELS"] {
            labels = Dictionary(
                members.map { ($0.key, $0.value.stringValue ?? "") }, uniquingKeysWith: { $1 })
        }
        addresses =
            metadata?["INSTANCE_IPS"]?.stringValue?.split(separator: ",").map(String.init) ?? []
        if addresses.isEmpty, let address = NodeID(id)?.address, !address.isEmpty {
            addresses = [address]
        }
        envoyVersion = Node(value).envoyVersion
        let words = serverVersion?.split(separator: "/") ?? []
        if words.count >= 2 { envoyVersion = String(words[1]) }
    }

    /// A node of which only the id could be read.
    init?(id: String?) {
        guard let id else { return nil }
        self.init(.object([CanonicalValue.Member(key: "id", value: .string(id))]))
    }

    /// `POD.NAMESPACE`, by the id; an id that is not Istio's as it stands.
    package var proxy: String? {
        guard let id, !id.isEmpty else { return nil }
        return NodeID(id)?.proxy ?? id
    }

    /// What another capture of the same proxy adds.
    func merged(with other: ProxyNode?) -> ProxyNode {
        guard let other else { return self }
        var node = self
        node.id = id ?? other.id
        node.namespace = namespace ?? other.namespace
        node.workload = workload ?? other.workload
        node.istioVersion = istioVersion ?? other.istioVersion
        node.envoyVersion = envoyVersion ?? other.envoyVersion
        node.cluster = cluster ?? other.cluster
        node.discoveryAddress = discoveryAddress ?? other.discoveryAddress
        node.labels = labels ?? other.labels
        if addresses.isEmpty { node.addresses = other.addresses }
        return node
    }
}

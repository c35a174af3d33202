internal import StrictJSON
internal import EnvoyConfig

/// Who a proxy is, by the node of its bootstrap.
public struct ProxyNode: Sendable, Hashable {
    /// The node's id, `sidecar~IP~POD.NAMESPACE~DOMAIN`.
    public internal(set) var id: String?
    /// `NAMESPACE` and `WORKLOAD_NAME` of the metadata: replicas of one workload share them.
    public internal(set) var namespace: String?, workload: String?
    /// `ISTIO_VERSION` of the metadata.
    public internal(set) var istioVersion: String?
    /// Envoy's version, such as `1.40.0`.
    public internal(set) var envoyVersion: String?
    /// `CLUSTER_ID` of the metadata.
    public internal(set) var cluster: String?
    /// Where the proxy's agent looks for Istiod: `PROXY_CONFIG.discoveryAddress`.
    public internal(set) var discoveryAddress: String?
    /// The proxy's own addresses.
    public internal(set) var addresses: [String] = []

    /// `POD.NAMESPACE`, by the id; an id that is not Istio's as it stands.
    public var proxy: String? {
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
        if addresses.isEmpty { node.addresses = other.addresses }
        return node
    }
}

/// Finds the node at the beginning of a config dump or of `/server_info`, and stops behind it.
struct NodeReader: JSONEventHandler {
    private(set) var node = ProxyNode()
    private var path: [String] = []
    private var key = ""
    /// How deep the node stands; nil outside of it.
    private var nodeDepth: Int?
    private var version: [String: String] = [:]
    private(set) var isDone = false
    var refusal: JSONRefusal? { nil }

    /// The node that a text begins with; nil where none is found. What follows it is not looked at.
    static func node(in beginning: [UInt8]) -> ProxyNode? {
        guard var parser = try? JSONParser(handler: NodeReader()) else { return nil }
        beginning.withUnsafeBytes { bytes in
            // Stopped by the reader itself, or at the end of what was kept.
            guard (try? parser.parse(bytes)) != nil else { return }
            try? parser.flush()
        }
        return parser.handler.result
    }

    private var result: ProxyNode? {
        guard node.id != nil else { return nil }
        var node = node
        if let major = version["major_number"] ?? version["majorNumber"] {
            let minor = version["minor_number"] ?? version["minorNumber"] ?? "0"
            node.envoyVersion = "\(major).\(minor).\(version["patch"] ?? "0")"
        }
        if node.addresses.isEmpty, let id = node.id.flatMap(NodeID.init), !id.address.isEmpty {
            node.addresses = [id.address]
        }
        return node
    }

    mutating func begin(_ cursor: JSONCursor) {}
    mutating func null() -> Bool { true }
    mutating func boolean(_ value: Bool) -> Bool { true }

    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if nodeDepth != nil, path.last == "version" { version[key] = NodeReader.text(text, count) }
        return true
    }

    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let nodeDepth else {
            // `COMMIT/1.40.0/Clean/RELEASE/BoringSSL` of a server_info.
            if path.count == 1, key == "version" {
                let parts = NodeReader.text(text, count).split(separator: "/")
                if parts.count >= 2 { node.envoyVersion = String(parts[1]) }
            }
            return true
        }
        let place = path[nodeDepth...]
        if place.isEmpty, key == "id" { node.id = NodeReader.text(text, count) }
        if place.first == "metadata" { takeMetadata(place.dropFirst(), text, count) }
        return true
    }

    private mutating func takeMetadata(
        _ place: ArraySlice<String>, _ text: UnsafePointer<UInt8>, _ count: Int
    ) {
        if place.isEmpty {
            switch key {
            case "NAMESPACE": node.namespace = NodeReader.text(text, count)
            case "WORKLOAD_NAME": node.workload = NodeReader.text(text, count)
            case "ISTIO_VERSION": node.istioVersion = NodeReader.text(text, count)
            case "CLUSTER_ID": node.cluster = NodeReader.text(text, count)
            case "INSTANCE_IPS":
                node.addresses = NodeReader.text(text, count).split(separator: ",").map(String.init)
            default: break
            }
        } else if place.first == "PROXY_CONFIG", place.count == 1, key == "discoveryAddress" {
            node.discoveryAddress = NodeReader.text(text, count)
        }
    }

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        key = NodeReader.text(text, count)
        // A hundred kilobytes of names of extensions, mostly the node's last part.
        if let nodeDepth, path.count == nodeDepth, key == "extensions", node.id != nil,
            node.istioVersion != nil
        {
            isDone = true
        }
        return !isDone
    }

    mutating func beginObject() -> Bool {
        let isNode = key == "node" && (path.last == "bootstrap" || path.count == 1)
        path.append(path.isEmpty ? "" : key)
        if isNode, nodeDepth == nil { nodeDepth = path.count }
        key = ""
        return true
    }

    mutating func endObject() -> Bool {
        if let nodeDepth, path.count == nodeDepth { isDone = true }
        _ = path.popLast()
        return !isDone
    }

    mutating func beginArray() -> Bool {
        path.append(key)
        key = ""
        return true
    }

    mutating func endArray() -> Bool {
        _ = path.popLast()
        return true
    }

    private static func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    static let callbacks = JSONEventCallbacks(
        null: { JSONSession<NodeReader>.at($0).pointee.null() },
        boolean: { JSONSession<NodeReader>.at($0).pointee.boolean($1) },
        number: { JSONSession<NodeReader>.at($0).pointee.number($1, $2) },
        string: { JSONSession<NodeReader>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<NodeReader>.at($0).pointee.beginObject() },
        key: { JSONSession<NodeReader>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<NodeReader>.at($0).pointee.endObject() },
        beginArray: { JSONSession<NodeReader>.at($0).pointee.beginArray() },
        endArray: { JSONSession<NodeReader>.at($0).pointee.endArray() })
}

internal import EnvoyConfig
public import EnvoyResources

/// The versions that a proxy runs, from its node.
public struct ProxyVersions: Sendable, Hashable {
    /// Istio's version; nil if the node does not say.
    public var istio: String?
    /// The commit of Istio's build of Envoy; nil if the node does not say.
    public var proxy: String?
    /// Envoy's version and build, such as `1.40.0/Clean/RELEASE/BoringSSL`; `0.0.0` where the node
    /// has no build, nil if there is no node.
    public var envoy: String?

    /// No version is known.
    public init() {}

    /// Reads the versions out of a node.
    public init(_ node: Envoy.Node) {
        istio = node.metadata("ISTIO_VERSION")
        proxy = node.metadata("ISTIO_PROXY_SHA").map { text in
            text.lastIndex(of: ":").map { String(text[text.index(after: $0)...]) } ?? text
        }
        envoy = ProxyVersions.text(
            ofBuild: node.value["userAgentBuildVersion"] ?? .object([]))
    }

    /// `MAJOR.MINOR.PATCH/STATUS/TYPE/SSL`; missing parts are left out.
    private static func text(ofBuild build: CanonicalValue) -> String {
        func number(_ key: String) -> String {
            if case .literal(let text) = build["version"]?[key] { text } else { "0" }
        }
        let version = ["majorNumber", "minorNumber", "patch"].map(number).joined(separator: ".")
        let details = ["revision.status", "build.type", "ssl.version"].compactMap {
            build["metadata"]?[$0]?.stringValue
        }
        return ([version] + details).joined(separator: "/")
    }

    /// Takes the `version` of `/server_info`: `COMMIT/1.40.0/Clean/RELEASE/BoringSSL`.
    mutating func note(serverVersion text: String) {
        let parts = text.split(separator: "/", maxSplits: 1)
        if parts.count == 2 { envoy = String(parts[1]) }
    }
}

/// What the bootstrap tells.
enum BootstrapTable: TableSource {
    static let kind = CapturedKind.bootstrap
    static let projection = Projection.bootstrapNode

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.bootstrap = entry.place
        if let node = Bootstrap(body).node { summary.versions = ProxyVersions(node) }
    }
}

/// What the node of `/server_info` tells; its version stands beside the node.
enum ServerInfoTable: TableSource {
    static let kind = CapturedKind.serverInfo
    static let projection = Projection.nodeFields

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        let known = summary.versions.envoy
        summary.versions = ProxyVersions(Node(body))
        summary.versions.envoy = known ?? summary.versions.envoy
    }
}

internal import EnvoyConfig
internal import EnvoyResources

/// How the connections of a cluster to its endpoints are secured.
struct UpstreamTransport {
    private let cluster: Cluster
    /// The host that is the SNI where the cluster takes it from the request (`auto_sni`).
    private let authority: String?

    init(_ cluster: Cluster, authority: String?) {
        self.cluster = cluster
        let options = cluster.value["typedExtensionProtocolOptions"]?[
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]
        let takesHost = options?["upstreamHttpProtocolOptions"]?.flag("autoSni") ?? false
        self.authority = takesHost ? authority : nil
    }

    /// The transport to an endpoint of some metadata for matching: the first match whose labels it all has,
    /// else the cluster's own.
    func transport(to labels: CanonicalValue?) -> RequestTrace.Transport {
        let match = cluster.transportSocketMatches.first { match in
            (match.match?.members ?? []).allSatisfy { label in
                guard let own = labels?[label.key] else { return false }
                return own == label.value || own.elements.contains(label.value)
            }
        }
        var transport = transport(by: match?.transportSocket ?? cluster.transportSocket)
        transport.match = match?.name
        return transport
    }

    private func transport(by socket: Extension?) -> RequestTrace.Transport {
        guard let socket else { return RequestTrace.Transport(kind: .plain) }
        if let context = socket.tlsContext {
            let common = context.value["commonTlsContext"]
            let showsOwn =
                !context.certificateSecrets.isEmpty
                || !(common?["tlsCertificates"]?.elements ?? []).isEmpty
            let name = context.serverName.flatMap { $0.isEmpty ? nil : $0 }
            return RequestTrace.Transport(
                kind: showsOwn ? .mutualTLS : .tls,
                serverName: name ?? authority.map(UpstreamTransport.host),
                identities: UpstreamTransport.identities(common))
        }
        // Sockets that only wrap another, such as those of the PROXY protocol and of ambient mode.
        if let inner = socket.typedConfig?["transportSocket"] {
            return transport(by: Extension(inner))
        }
        let isPlain = socket.configTypeName?.hasSuffix(".RawBuffer") ?? (socket.name.isEmpty)
        return RequestTrace.Transport(kind: isPlain ? .plain : .other)
    }

    private static func host(_ authority: String) -> String {
        Authority.portStart(authority).map { String(authority[..<$0]) } ?? authority
    }

    /// The names in the fields of both ages: texts, and texts with a type each.
    private static func identities(_ common: CanonicalValue?) -> [String] {
        let validation =
            common?["combinedValidationContext"]?["defaultValidationContext"]
            ?? common?["validationContext"]
        let typed = (validation?["matchTypedSubjectAltNames"]?.elements ?? []).compactMap {
            $0["matcher"]
        }
        return (typed + (validation?["matchSubjectAltNames"]?.elements ?? [])).map { matcher in
            switch StringMatch(matcher).pattern {
            case .exact(let text): text
            case .prefix(let text): "\(text)*"
            case .suffix(let text): "*\(text)"
            case .contains(let text): "*\(text)*"
            case .regex(let text): "/\(text)/"
            default: "an extension's choice"
            }
        }
    }
}

internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// What a dump cannot tell of a filter's doing.
enum KnownFilters {
    /// How an HTTP filter may change what becomes of a request; nil if it does not. Access
    /// control, faults and the router are followed elsewhere.
    static func effect(ofHTTPFilter filter: Extension) -> String? {
        effect(typeName(of: filter), among: httpEffects, harmless: harmlessHTTP)
    }

    /// How a network filter may change what becomes of a connection; nil if it does not.
    static func effect(ofNetworkFilter filter: Extension) -> String? {
        effect(typeName(of: filter), among: networkEffects, harmless: harmlessNetwork)
    }

    /// The type of a filter's configuration, that inside of a TypedStruct included; the filter's name
    /// if absent.
    static func typeName(of filter: Extension) -> String {
        guard let name = filter.configTypeName else { return filter.name }
        guard name.hasSuffix(".TypedStruct") else { return name }
        let url = filter.typedConfig?.text("typeUrl") ?? ""
        return url.split(separator: "/").last.map(String.init) ?? name
    }

    private static func effect(
        _ typeName: String, among effects: [(part: String, effect: String)], harmless: [String]
    ) -> String? {
        if let known = effects.first(where: { typeName.containsBytes($0.part) }) {
            return known.effect
        }
        if harmless.contains(where: { typeName.containsBytes($0) }) { return nil }
        return "(\(typeName)) is not known here and may change the answer"
    }

    /// By a part of the type's name.
    private static let httpEffects: [(part: String, effect: String)] = [
        (".lua.", "runs a Lua script, which may answer or change the request"),
        (".wasm.", "runs Wasm code, which may answer or change the request"),
        (".ext_authz.", "asks an authorization service, which may refuse the request"),
        (".ext_proc.", "asks a processing service, which may answer or change the request"),
        (".jwt_authn.", "checks tokens and may answer 401"),
        (".rate_limit_quota.", "limits rates and may answer 429"),
        (".ratelimit.", "asks a rate limit service and may answer 429"),
        (".admission_control.", "may answer 503 under load"),
        (".adaptive_concurrency.", "may answer 503 under load"),
        (".health_check.", "may answer health checks by itself"),
        (".cache.", "may answer from its cache"),
        (".composite.", "runs other filters by conditions of its own"),
        (".stateful_session.", "may choose the endpoint by a cookie or header"),
        (".dynamic_forward_proxy.", "resolves the host of the request by DNS"),
        (".dynamic_modules.", "runs code of its own, which may answer or change the request"),
        (".golang.", "runs code of its own, which may answer or change the request"),
        (".aws_lambda.", "calls a function of AWS"),
        (".istio_authn", "checks the peer's identity"),
    ]

    private static let harmlessHTTP = [
        ".router.", ".cors.", ".grpc_stats.", ".grpc_web.", ".grpc_http1_bridge.", ".compressor.",
        ".decompressor.", ".buffer.", ".tap.", ".set_filter_state.", ".set_metadata.",
        ".header_to_metadata.", ".original_src.", ".on_demand.", ".ip_tagging.",
        ".bandwidth_limit.",
        ".connection_limit.", ".credential_injector.", ".access_log",
        // Istio's own.
        "stats.PluginConfig", "io.istio.http.peer_metadata", "istio.envoy.config.filter.http.alpn",
        "envoy.config.filter.http.alpn", "metadata_exchange", "stackdriver",
        "io.istio.http.connect_authority",
    ]

    private static let networkEffects: [(part: String, effect: String)] = [
        (".wasm.", "runs Wasm code, which may close the connection"),
        (".ext_authz.", "asks an authorization service, which may refuse the connection"),
        (".ext_proc.", "asks a processing service, which may change the connection"),
        (".local_ratelimit.", "limits connections"),
        (".ratelimit.", "asks a rate limit service, which may refuse the connection"),
        (".connection_limit.", "limits connections"),
        (".sni_dynamic_forward_proxy.", "resolves the SNI by DNS"),
    ]

    private static let harmlessNetwork = [
        "metadataexchange", "metadata_exchange", "MetadataExchange", "stats.PluginConfig",
        ".mongo_proxy.", ".mysql_proxy.", ".postgres_proxy.", ".zookeeper_proxy.", ".kafka_broker.",
        ".set_filter_state.", "stackdriver", "io.istio.network",
    ]
}

/// The types of extensions' configurations, by the names under which Envoy finds the extensions.
///
/// Envoy goes by the type of a configuration. Up to 1.21 it went by the name where there was no typed
/// configuration, and up to 1.17 the configuration could be a Struct, `config`, whose type the name
/// tells. The names before 1.14 still stand in captures: `envoy.router`, `envoy.tcp_proxy`. Current
/// names and types are those that Envoy lists in its bootstrap's `node.extensions`.
package enum ExtensionNames {
    /// Where an extension stands: one name can mean several.
    package enum Role: Sendable {
        case httpFilter, networkFilter, listenerFilter, accessLog, upstreamSocket
        case downstreamSocket, tracer
    }

    /// One extension.
    struct Row: Sendable {
        /// What follows the role's prefix in its current name.
        var name: String
        /// The type of its configuration, and of a route's for it, after `envoy.`.
        var type: String
        var perRoute: String?
        /// Its names of before.
        var oldNames: [String] = []

        init(_ name: String, _ type: String, perRoute: String? = nil, _ oldNames: String...) {
            self.name = name
            self.type = type
            self.perRoute = perRoute
            self.oldNames = oldNames
        }
    }

    /// The type of the configuration of an extension with this name; nil for a name that is not
    /// known. Without a role all are looked through.
    package static func typeName(ofExtension name: String, _ role: Role?) -> String? {
        for table in tables where role == nil || table.role == role {
            if let row = row(named: name, in: table) { return "envoy.\(row.type)" }
        }
        return nil
    }

    /// The type of a route's or virtual host's configuration for an HTTP filter with this name.
    package static func routeTypeName(ofFilter name: String) -> String? {
        guard let table = tables.first(where: { $0.role == .httpFilter }),
            let row = row(named: name, in: table)
        else { return nil }
        return "envoy.\(row.perRoute ?? row.type)"
    }

    private struct Table: Sendable {
        var role: Role
        var prefix: String
        var rows: [Row]
    }

    private static func row(named name: String, in table: Table) -> Row? {
        if name.hasPrefix(table.prefix) {
            let rest = name.dropFirst(table.prefix.count)
            if let row = table.rows.first(where: { $0.name == rest }) { return row }
        }
        return table.rows.first { $0.oldNames.contains(name) }
    }

    // MARK: - The tables

    private static let tables: [Table] = [
        Table(role: .httpFilter, prefix: "envoy.filters.http.", rows: httpFilters),
        Table(role: .networkFilter, prefix: "envoy.filters.network.", rows: networkFilters),
        Table(role: .listenerFilter, prefix: "envoy.filters.listener.", rows: listenerFilters),
        Table(role: .accessLog, prefix: "envoy.access_loggers.", rows: accessLogs),
        Table(
            role: .upstreamSocket, prefix: "envoy.transport_sockets.",
            rows: [tls("UpstreamTlsContext")] + sockets),
        Table(
            role: .downstreamSocket, prefix: "envoy.transport_sockets.",
            rows: [tls("DownstreamTlsContext")] + sockets),
        Table(role: .tracer, prefix: "envoy.tracers.", rows: tracers),
    ]

    private static func http(
        _ name: String, _ type: String, perRoute: String? = nil, _ oldName: String? = nil
    ) -> Row {
        let package = "extensions.filters.http.\(name).v3"
        var row = Row(
            name, "\(package).\(type)", perRoute: perRoute.map { "\(package).\($0)" })
        row.oldNames = oldName.map { [$0] } ?? []
        return row
    }

    private static let httpFilters: [Row] = [
        http("router", "Router", "envoy.router"),
        http("cors", "Cors", perRoute: "CorsPolicy", "envoy.cors"),
        http("fault", "HTTPFault", "envoy.fault"),
        http("rbac", "RBAC", perRoute: "RBACPerRoute"),
        http("ext_authz", "ExtAuthz", perRoute: "ExtAuthzPerRoute", "envoy.ext_authz"),
        http("jwt_authn", "JwtAuthentication", perRoute: "PerRouteConfig"),
        http("lua", "Lua", perRoute: "LuaPerRoute", "envoy.lua"),
        http("wasm", "Wasm"),
        http("ratelimit", "RateLimit", perRoute: "RateLimitPerRoute", "envoy.rate_limit"),
        http("local_ratelimit", "LocalRateLimit", "envoy.local_rate_limit"),
        http("buffer", "Buffer", perRoute: "BufferPerRoute", "envoy.buffer"),
        http("csrf", "CsrfPolicy", "envoy.csrf"),
        http("health_check", "HealthCheck", "envoy.health_check"),
        http("ip_tagging", "IPTagging", "envoy.ip_tagging"),
        http("grpc_web", "GrpcWeb", "envoy.grpc_web"),
        http("grpc_http1_bridge", "Config", "envoy.grpc_http1_bridge"),
        http(
            "grpc_http1_reverse_bridge", "FilterConfig", perRoute: "FilterConfigPerRoute"),
        http("grpc_json_transcoder", "GrpcJsonTranscoder", "envoy.grpc_json_transcoder"),
        http("grpc_stats", "FilterConfig"),
        http("header_to_metadata", "Config"),
        http("adaptive_concurrency", "AdaptiveConcurrency"),
        http("admission_control", "AdmissionControl"),
        http("bandwidth_limit", "BandwidthLimit", "envoy.bandwidth_limit"),
        http("cache", "CacheConfig"),
        http("cdn_loop", "CdnLoopConfig"),
        http("composite", "Composite"),
        http("compressor", "Compressor", perRoute: "CompressorPerRoute"),
        http("decompressor", "Decompressor"),
        http("dynamic_forward_proxy", "FilterConfig", perRoute: "PerRouteConfig"),
        http("ext_proc", "ExternalProcessor", perRoute: "ExtProcPerRoute", "envoy.ext_proc"),
        http("aws_lambda", "Config", perRoute: "PerRouteConfig"),
        http("aws_request_signing", "AwsRequestSigning"),
        http("oauth2", "OAuth2"),
        http("on_demand", "OnDemand"),
        http("original_src", "OriginalSrc"),
        http("set_metadata", "Config"),
        http("tap", "Tap"),
    ]

    private static func network(
        _ name: String, _ type: String, _ oldName: String? = nil
    ) -> Row {
        var row = Row(name, "extensions.filters.network.\(name).v3.\(type)")
        row.oldNames = oldName.map { [$0] } ?? []
        return row
    }

    private static let networkFilters: [Row] = [
        network(
            "http_connection_manager", "HttpConnectionManager", "envoy.http_connection_manager"),
        network("tcp_proxy", "TcpProxy", "envoy.tcp_proxy"),
        network("rbac", "RBAC"),
        network("ext_authz", "ExtAuthz", "envoy.ext_authz"),
        network("ratelimit", "RateLimit", "envoy.ratelimit"),
        network("local_ratelimit", "LocalRateLimit"),
        network("connection_limit", "ConnectionLimit"),
        network("mongo_proxy", "MongoProxy", "envoy.mongo_proxy"),
        network("redis_proxy", "RedisProxy", "envoy.redis_proxy"),
        network("thrift_proxy", "ThriftProxy"),
        network("dubbo_proxy", "DubboProxy"),
        network("zookeeper_proxy", "ZooKeeperProxy"),
        network("sni_cluster", "SniCluster"),
        network("sni_dynamic_forward_proxy", "FilterConfig"),
        network("direct_response", "Config"),
        network("echo", "Echo", "envoy.echo"),
        network("wasm", "Wasm"),
    ]

    private static func listener(_ name: String, _ type: String, isOld: Bool = true) -> Row {
        var row = Row(name, "extensions.filters.listener.\(name).v3.\(type)")
        row.oldNames = isOld ? ["envoy.listener.\(name)"] : []
        return row
    }

    private static let listenerFilters: [Row] = [
        listener("tls_inspector", "TlsInspector"), listener("http_inspector", "HttpInspector"),
        listener("original_dst", "OriginalDst"), listener("original_src", "OriginalSrc"),
        listener("proxy_protocol", "ProxyProtocol"),
        listener("local_ratelimit", "LocalRateLimit", isOld: false),
    ]

    private static let accessLogs: [Row] = [
        Row("file", "extensions.access_loggers.file.v3.FileAccessLog", "envoy.file_access_log"),
        Row(
            "http_grpc", "extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig",
            "envoy.http_grpc_access_log"),
        Row(
            "tcp_grpc", "extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig",
            "envoy.tcp_grpc_access_log"),
        Row(
            "stdout", "extensions.access_loggers.stream.v3.StdoutAccessLog",
            "envoy.stdout_access_log"),
        Row(
            "stderr", "extensions.access_loggers.stream.v3.StderrAccessLog",
            "envoy.stderr_access_log"),
        Row(
            "wasm", "extensions.access_loggers.wasm.v3.WasmAccessLog", "envoy.wasm_access_log"),
        Row(
            "open_telemetry",
            "extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
            "envoy.open_telemetry_access_log"),
    ]

    private static func tls(_ type: String) -> Row {
        Row("tls", "extensions.transport_sockets.tls.v3.\(type)", "tls")
    }

    private static let sockets: [Row] = [
        Row(
            "raw_buffer", "extensions.transport_sockets.raw_buffer.v3.RawBuffer", "raw_buffer"),
        Row("alts", "extensions.transport_sockets.alts.v3.Alts"),
        Row("tap", "extensions.transport_sockets.tap.v3.Tap"),
    ]

    private static let tracers: [Row] = [
        Row("zipkin", "config.trace.v3.ZipkinConfig", "envoy.zipkin"),
        Row("datadog", "config.trace.v3.DatadogConfig"),
        Row("xray", "config.trace.v3.XRayConfig"),
        Row("skywalking", "config.trace.v3.SkyWalkingConfig"),
        Row("opentelemetry", "config.trace.v3.OpenTelemetryConfig"),
        Row("opencensus", "config.trace.v3.OpenCensusConfig"),
        Row("lightstep", "config.trace.v3.LightstepConfig", "envoy.lightstep"),
        Row("dynamic_ot", "config.trace.v3.DynamicOtConfig", "envoy.dynamic.ot"),
    ]
}

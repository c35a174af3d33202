internal import EnvoyConfig
internal import EnvoyResources

/// Filters that ask a service before a request goes on. Where the service cannot be reached, the dump
/// decides: the failure mode answers.
extension RequestWalk {
    /// Whether a filter that asks a service lets the request pass, and nil for another filter.
    mutating func passes(
        service filter: Extension, _ typeName: String, _ scope: FilterScope
    ) throws(ConfigDumpError) -> Bool? {
        let call: ServiceCall?
        switch typeName {
        case "envoy.extensions.filters.http.ext_authz.v3.ExtAuthz":
            call = filter.typedConfig.map(ServiceCall.init(authorization:))
        case "envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor":
            call = filter.typedConfig.map(ServiceCall.init(processing:))
        case "envoy.extensions.filters.http.ratelimit.v3.RateLimit":
            call = filter.typedConfig.map(ServiceCall.init(rateLimit:))
        default:
            return nil
        }
        guard let call, let cluster = call.cluster else { return nil }
        if let enabled = call.enabled, runtime.share(of: enabled).share == 0 {
            step(.httpFilter, filter.name, taken: false, "switched off by its fraction")
            return true
        }
        guard call.isAsked else { return true }
        guard let reason = try unreachable(cluster) else { return nil }
        guard let status = call.failureStatus else {
            step(.httpFilter, filter.name, taken: true, "\(reason), and it lets requests pass then")
            return true
        }
        step(.httpFilter, filter.name, taken: false, reason)
        end(
            .denied, status: status,
            "HTTP filter \(filter.name): \(reason): Envoy answers \(status)")
        return false
    }

    /// Why no request can reach a cluster; nil if one may.
    private func unreachable(_ name: String) throws(ConfigDumpError) -> String? {
        guard dump.hasSection(.clusters) else { return nil }
        guard let resource = dump.resource(.clusters, named: name) else {
            return "its cluster \(name) is not there"
        }
        let cluster = try dump.message(of: resource, as: Cluster.self)
        guard let assignment = try loadAssignment(of: cluster) else { return nil }
        let hasEndpoint = assignment.localities.contains { !$0.endpoints.isEmpty }
        return hasEndpoint ? nil : "its cluster \(name) has no endpoint"
    }

    /// Whether a health check is answered by Envoy itself.
    mutating func answers(healthCheck filter: Extension, _ headers: RequestHeaders) -> Bool {
        guard let config = filter.typedConfig, config["passThroughMode"]?.flag("value") != true,
            config.flag("passThroughMode") != true
        else { return false }
        let matches = config.messages("headers", as: HeaderMatch.self)
        guard matches.allSatisfy({ $0.verdict(for: headers) == .holds }) else { return false }
        step(.httpFilter, filter.name, taken: true, "the request is a health check")
        end(.answered, status: 200, "a health check is answered by Envoy")
        return true
    }
}

/// What a filter asks, and what follows where nobody answers.
private struct ServiceCall {
    /// The cluster of the service; nil if the filter names none.
    let cluster: String?
    /// The fraction of requests that are asked about; nil for all.
    var enabled: CanonicalValue?
    /// Whether a request's head is sent to it.
    var isAsked = true
    /// The status where the service cannot be reached; nil where requests pass then.
    let failureStatus: Int?

    /// ext_authz: 403, or `status_on_error`, unless `failure_mode_allow`.
    init(authorization config: CanonicalValue) {
        cluster =
            ServiceCall.cluster(of: config["grpcService"])
            ?? config["httpService"]?["serverUri"]?.text("cluster")
        enabled = config["filterEnabled"]
        let code = config["statusOnError"]?["code"]
        let status =
            code?.stringValue.map(ServiceCall.status) ?? config["statusOnError"]?.integer("code")
        failureStatus = config.flag("failureModeAllow") == true ? nil : status ?? 403
    }

    /// ext_proc: 500 unless `failure_mode_allow`.
    init(processing config: CanonicalValue) {
        cluster = ServiceCall.cluster(of: config["grpcService"])
        isAsked = config["processingMode"]?.text("requestHeaderMode") != "SKIP"
        failureStatus = config.flag("failureModeAllow") == true ? nil : 500
    }

    /// ratelimit: requests pass unless `failure_mode_deny`, then 500.
    init(rateLimit config: CanonicalValue) {
        cluster = ServiceCall.cluster(of: config["rateLimitService"]?["grpcService"])
        failureStatus = config.flag("failureModeDeny") == true ? 500 : nil
    }

    private static func cluster(of service: CanonicalValue?) -> String? {
        service?["envoyGrpc"]?.text("clusterName")
    }

    /// The number of an `envoy.type.v3.StatusCode`.
    private static func status(_ name: String) -> Int {
        switch name {
        case "BadRequest": 400
        case "Unauthorized": 401
        case "NotFound": 404
        case "TooManyRequests": 429
        case "InternalServerError": 500
        case "BadGateway": 502
        case "ServiceUnavailable": 503
        case "GatewayTimeout": 504
        default: 403
        }
    }
}

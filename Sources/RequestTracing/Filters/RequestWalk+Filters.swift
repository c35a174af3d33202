internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// A request's way through the HTTP filters to the router.
extension RequestWalk {
    /// Passes the filters in their order. The router, the last of them, acts on the route; one before
    /// it may answer instead, whether a route was found or not.
    mutating func passFilters(
        of manager: HTTPConnectionManager, _ routing: Routing?, _ received: RequestHeaders,
        _ configuration: RouteConfiguration
    ) throws(ConfigDumpError) {
        var headers = received
        for listed in manager.httpFilters {
            let filter = try delivered(listed)
            let scope = FilterScope(
                name: listed.name, route: routing?.route, virtualHost: routing?.virtualHost,
                configuration: configuration)
            if scope.dependsOnCluster {
                note(
                    .undecided,
                    "HTTP filter \(listed.name) is configured for each weighted cluster apart")
            }
            guard scope.isEnabled(unless: listed.isDisabled) else {
                step(.httpFilter, listed.name, taken: false, "switched off here")
                continue
            }
            switch KnownFilters.typeName(of: filter) {
            case "envoy.extensions.filters.http.rbac.v3.RBAC":
                guard passes(access: filter, scope, headers) else {
                    nameClusters(routing, headers)
                    return
                }
            case "envoy.extensions.filters.http.fault.v3.HTTPFault":
                guard passes(fault: filter, scope, headers, routing) else {
                    nameClusters(routing, headers)
                    return
                }
            case "envoy.extensions.filters.http.cors.v3.Cors":
                guard passes(cors: scope, headers) else {
                    nameClusters(routing, headers)
                    return
                }
            case "envoy.extensions.filters.http.router.v3.Router":
                step(.httpFilter, listed.name, taken: true, "acts on the route")
                try act(on: routing, headers, configuration)
                return
            case "envoy.extensions.filters.http.health_check.v3.HealthCheck":
                if answers(healthCheck: filter, headers) {
                    nameClusters(routing, headers)
                    return
                }
            case "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication":
                guard passes(tokens: filter, scope, headers) else {
                    nameClusters(routing, headers)
                    return
                }
            case "envoy.extensions.filters.http.header_mutation.v3.HeaderMutation":
                for config in [filter.typedConfig, scope.config] {
                    let mutations = config?["mutations"]?["requestMutations"]?.elements ?? []
                    HeaderMutations(mutations).apply(to: &headers)
                }
                step(.httpFilter, listed.name, taken: true, "changes headers for later filters")
            case "envoy.extensions.filters.http.header_to_metadata.v3.Config":
                if let config = scope.config ?? filter.typedConfig {
                    HeaderToMetadata(config).apply(to: &headers, &connection.metadata)
                }
            case let typeName:
                if let decision = FilterDecision(
                    typeName, filter.typedConfig, scope.config, headers, runtime)
                {
                    guard follow(decision, of: listed) else {
                        nameClusters(routing, headers)
                        return
                    }
                    continue
                }
                if let passes = try passes(service: filter, typeName, scope) {
                    guard passes else {
                        nameClusters(routing, headers)
                        return
                    }
                    continue
                }
                guard let effect = KnownFilters.effect(ofHTTPFilter: filter) else { continue }
                step(.httpFilter, listed.name, taken: true, "passed: \(effect)")
                note(.undecided, "HTTP filter \(listed.name) \(effect): passed")
            }
        }
        end(.noRoute, "the connection manager has no router")
    }

    /// Does what a filter decides; false if it answers.
    private mutating func follow(_ decision: FilterDecision, of filter: Extension) -> Bool {
        switch decision {
        case .passes(let reason):
            step(.httpFilter, filter.name, taken: true, reason)
            return true
        case .undecided(let reason):
            step(.httpFilter, filter.name, taken: true, "cannot be told: \(reason)")
            note(.undecided, "HTTP filter \(filter.name): \(reason)")
            return true
        case .refused(let status, let reason):
            step(.httpFilter, filter.name, taken: false, reason)
            end(
                .denied, status: status,
                "HTTP filter \(filter.name) answers \(status): \(reason)")
            return false
        case .redirected(let location, let reason):
            step(.httpFilter, filter.name, taken: false, reason)
            trace.location = location
            end(.redirected, status: 302, "HTTP filter \(filter.name): \(reason)")
            return false
        }
    }

    /// The filter itself, or its configuration as ECDS delivered it.
    private func delivered(_ filter: Extension) throws(ConfigDumpError) -> Extension {
        guard filter.configDiscovery != nil, let resource = dump.resource(.ecds, named: filter.name)
        else { return filter }
        return try dump.message(of: resource, as: Extension.self)
    }

    private mutating func passes(
        access filter: Extension, _ scope: FilterScope, _ headers: RequestHeaders
    ) -> Bool {
        let own = scope.config.map { $0["rbac"] } ?? filter.typedConfig
        guard let own else {
            step(.httpFilter, filter.name, taken: false, "switched off here")
            return true
        }
        guard let control = AccessControl(own) else { return true }
        switch control.decide(connection, headers: headers) {
        case .allowed(let reason):
            step(.httpFilter, filter.name, taken: true, reason)
            return true
        case .undecided(let reason):
            step(.httpFilter, filter.name, taken: true, "cannot be told: \(reason)")
            note(.undecided, "access control may answer 403: \(reason)")
            return true
        case .denied(let reason):
            step(.httpFilter, filter.name, taken: false, reason)
            end(.denied, status: 403, "access control answers 403: \(reason)")
            return false
        }
    }

    /// Tokens: what is wrong with one is told; a signature is not verified.
    private mutating func passes(
        tokens filter: Extension, _ scope: FilterScope, _ headers: RequestHeaders
    ) -> Bool {
        guard let config = filter.typedConfig else { return true }
        if scope.config?.flag("disabled") == true {
            step(.httpFilter, filter.name, taken: false, "switched off here")
            return true
        }
        let requirement = scope.config?.text("requirementName").flatMap {
            config["requirementMap"]?[$0]
        }
        var check = TokenCheck(config, headers, now: dump.captureTime, requirement: requirement)
        let surroundings = RouteMatch.Surroundings(
            headers: headers, isSecure: connection.isSecure,
            showsCertificate: connection.showsCertificate, ignoresPathParameters: false,
            runtime: runtime)
        switch check.outcome(in: surroundings) {
        case .passes(let hasToken):
            step(
                .httpFilter, filter.name, taken: true, hasToken ? "the token is right" : "no token")
            if hasToken {
                note(
                    .undecided, "HTTP filter \(filter.name): the token's signature is not verified")
            }
            connection.metadata.open("envoy.filters.http.jwt_authn")
            for (name, claims) in check.claims {
                connection.metadata.add(claims, name, to: "envoy.filters.http.jwt_authn")
            }
            return true
        case .refused(let status, let reason):
            step(.httpFilter, filter.name, taken: false, reason)
            end(.denied, status: status, "jwt_authn answers \(status): \(reason)")
            return false
        }
    }

    private mutating func passes(
        fault filter: Extension, _ scope: FilterScope, _ headers: RequestHeaders,
        _ routing: Routing?
    ) -> Bool {
        guard let config = scope.config ?? filter.typedConfig else { return true }
        var cluster: String?
        if case .forward(let action)? = routing?.route?.action { cluster = action.cluster }
        let fault = FaultInjection(config, headers: headers, cluster: cluster, runtime: runtime)
        for text in fault.notes {
            step(.httpFilter, filter.name, taken: true, text)
            note(.fault, text)
        }
        guard let status = fault.status else { return true }
        end(.answered, status: status, "a fault answers \(status)")
        return false
    }

    /// A preflight request is answered where its origin is allowed, or where others are not passed
    /// on.
    private mutating func passes(cors scope: FilterScope, _ headers: RequestHeaders) -> Bool {
        guard let policy = scope.config, headers.method == "OPTIONS",
            let origin = headers.value("origin"), !origin.isEmpty,
            headers.value("access-control-request-method") != nil
        else { return true }
        let isEnabled = policy["filterEnabled"].map { runtime.share(of: $0).share } ?? 1
        guard isEnabled > 0 else { return true }
        let isAllowed = policy.messages("allowOriginStringMatch", as: StringMatch.self).contains {
            $0.verdict(for: origin, of: "origin") == .holds
        }
        guard isAllowed || policy.flag("forwardNotMatchingPreflights") == false else { return true }
        end(.answered, status: 200, "a preflight request of CORS is answered by Envoy")
        return false
    }

    /// Names where a refused request would have gone, as Envoy's access log does.
    mutating func nameClusters(_ routing: Routing?, _ headers: RequestHeaders) {
        guard case .forward(let action)? = routing?.route?.action else { return }
        let shares = RequestWalk.shares(of: action, headers).clusters
        trace.clusters = shares.filter { dump.resource(.clusters, named: $0.name) != nil }.map {
            RequestTrace.Destination(name: $0.name, weight: $0.weight, endpoints: [])
        }
    }
}

internal import StrictJSON
internal import EnvoyConfig
internal import EnvoyResources

/// A request's way through an HTTP connection manager.
extension RequestWalk {
    /// What a request is routed by, and where it got to.
    struct Routing {
        var headers: RequestHeaders
        var configuration: RouteConfiguration
        var virtualHost: VirtualHost
        /// Nil if no route matches.
        var route: Route?
    }

    /// Passes the connection manager: the head is put right, a route is found, the filters are
    /// passed, and the router does what the route says.
    mutating func pass(
        _ manager: HTTPConnectionManager, _ layer: ConnectionFacts.Layer
    ) throws(ConfigDumpError) {
        guard layer == .http else {
            if layer == .tcp {
                end(
                    .protocolMismatch,
                    "the connection manager reads the bytes as HTTP; if they are not HTTP, it answers 400"
                )
            } else {
                end(.protocolMismatch, "the connection manager reads TLS as HTTP and answers 400")
            }
            trace.status = 400
            return
        }
        guard var headers = head(manager) else { return }
        guard let configuration = try routeConfiguration(of: manager, headers) else { return }
        trace.routeConfiguration = configuration.name
        if !connection.isInternal {
            headers.remove(
                (configuration.value["internalOnlyHeaders"]?.elements ?? []).compactMap {
                    $0.stringValue?.asciiLowercased
                })
        }
        let routing = route(headers, configuration)
        if let upgrade = headers.upgrade, !admits(upgrade: upgrade, manager, routing) {
            nameClusters(routing, headers)
            return
        }
        try passFilters(of: manager, routing, headers, configuration)
    }

    /// The head of the request as the connection manager leaves it; nil if it answers by itself.
    private mutating func head(_ manager: HTTPConnectionManager) -> RequestHeaders? {
        if request.httpVersion == .http10,
            manager.value["httpProtocolOptions"]?.flag("acceptHttp10") != true
        {
            end(.answered, status: 426, "the connection manager takes no HTTP/1.0 and answers 426")
            return nil
        }
        if request.isExtendedConnect,
            manager.value["http2ProtocolOptions"]?.flag("allowConnect") != true
        {
            end(
                .protocolMismatch,
                "the codec of HTTP/2 allows no :protocol (allow_connect): the stream is reset")
            return nil
        }
        var headers = RequestHeaders(request, isSecure: connection.isSecure)
        guard headers.takeTarget() else {
            end(
                .answered, status: 400,
                "the connection manager answers 400: \(quoted(request.path)) is not a path")
            return nil
        }
        guard admits(&headers, manager) else { return nil }
        var mutation = HeadMutation(
            manager, connection, envoyVersion: bootstrap?.node?.envoyVersion)
        mutation.apply(to: &headers)
        connection.forwardedSource = mutation.client
        connection.isInternal = mutation.isInternal
        let authority = Authority.stripped(
            headers.authority, by: manager, listenerPort: connection.destination.port)
        if authority != headers.authority {
            step(.request, "authority", taken: true, "becomes \(quoted(authority))")
            headers.authority = authority
        }
        if headers.isConnect { return headers }
        switch PathNormalization(manager, runtime: runtime).apply(to: headers.path) {
        case .path(let path):
            if path != headers.path {
                step(.request, "path", taken: true, "is normalized to \(quoted(path))")
            }
            headers.path = path
            return headers
        case .redirect(let path):
            trace.location = path
            end(.redirected, status: 307, "escaped slashes: redirected to \(path)")
        case .refused(let reason):
            end(.answered, status: 400, "the connection manager answers 400: \(reason)")
        }
        return nil
    }

    /// The route configuration, from RDS or in the filter; nil ends the trace.
    private mutating func routeConfiguration(
        of manager: HTTPConnectionManager, _ headers: RequestHeaders
    ) throws(ConfigDumpError) -> RouteConfiguration? {
        if let configuration = manager.routeConfiguration {
            step(
                .routeConfiguration, configuration.name, taken: true,
                "stands in the connection manager")
            return configuration
        }
        if let scopes = manager.value["scopedRoutes"] {
            return try routeConfiguration(ofScopes: scopes, headers)
        }
        guard let name = manager.routeConfigurationName else {
            end(.noRoute, "the connection manager names no route configuration")
            return nil
        }
        return try routeConfiguration(named: name)
    }

    /// The route configuration of a name, from RDS; nil ends the trace.
    mutating func routeConfiguration(
        named name: String
    ) throws(ConfigDumpError) -> RouteConfiguration? {
        guard let resource = dump.resource(.routes, named: name) else {
            trace.routeConfiguration = name
            end(
                .noRoute, status: 404,
                dump.hasSection(.routes)
                    ? "the dump lacks the route configuration \(name): Envoy answers 404"
                    : "the dump has no RoutesConfigDump, which holds the route configuration \(name)"
            )
            return nil
        }
        step(.routeConfiguration, name, taken: true, "delivered by RDS")
        return try dump.message(of: resource, as: RouteConfiguration.self)
    }

    /// Finds virtual host and route. Neither being found ends nothing yet: the filters come first.
    private mutating func route(
        _ headers: RequestHeaders, _ configuration: RouteConfiguration
    ) -> Routing? {
        let lookup = VirtualHostLookup(configuration, headers: headers)
        guard let (virtualHost, domain) = lookup.found else {
            let hosts = configuration.virtualHosts
            for host in hosts {
                step(
                    .virtualHost, host.name, taken: false,
                    "no domain of it is \(quoted(lookup.host))")
            }
            return nil
        }
        step(.virtualHost, virtualHost.name, taken: true, "domain \(domain)")
        trace.virtualHost = virtualHost.name
        var routing = Routing(
            headers: headers, configuration: configuration, virtualHost: virtualHost)
        if requiresTLS(virtualHost, headers) { return routing }
        if let matcher = virtualHost.value["matcher"] {
            take(routeOf: matcher, &routing)
            return routing
        }
        let surroundings = RouteMatch.Surroundings(
            headers: headers, isSecure: connection.isSecure,
            showsCertificate: connection.showsCertificate,
            ignoresPathParameters: configuration.value.flag("ignorePathParametersInPathMatching")
                ?? false,
            runtime: runtime)
        for (index, route) in virtualHost.routes.enumerated() {
            let name = route.name.isEmpty ? "#\(index)" : route.name
            switch route.match.verdict(in: surroundings) {
            case .holds:
                step(.route, name, taken: true, "matches")
                trace.route = route.name
                routing.route = route
                return routing
            case .fails(let reason):
                step(.route, name, taken: false, reason)
            case .undecided(let reason):
                step(.route, name, taken: false, "cannot be told: \(reason)")
                note(
                    .undecided,
                    "route \(name) (\(RequestWalk.summary(of: route))) may be taken: \(reason)")
            }
        }
        return routing
    }

    /// The route that a virtual host's matcher tree leads to.
    private mutating func take(routeOf matcher: CanonicalValue, _ routing: inout Routing) {
        let name = routing.virtualHost.name
        switch MatcherTree(connection, headers: routing.headers).outcome(of: matcher) {
        case .action(let action):
            guard let config = action.typedConfig,
                config.typeName == "envoy.config.route.v3.Route"
            else {
                note(.undecided, "virtual host \(name): action \(action.name) is not followed")
                return
            }
            let route = Route(config)
            step(.route, route.name, taken: true, "the matcher tree leads to it")
            trace.route = route.name
            routing.route = route
        case .noMatch:
            step(.route, name, taken: false, "the matcher tree leads to no route")
        case .undecided(let reason):
            note(.undecided, "virtual host \(name): \(reason)")
        }
    }

    /// Whether the virtual host sends plain requests to TLS. The scheme counts, as a proxy in front
    /// may have forwarded it.
    func requiresTLS(_ virtualHost: VirtualHost, _ headers: RequestHeaders) -> Bool {
        switch virtualHost.requireTLS {
        case "NONE": false
        case "EXTERNAL_ONLY": headers.scheme != "https" && !connection.isInternal
        default: headers.scheme != "https"
        }
    }

    /// Whether the codec and the connection manager let the headers pass: their number, and underscores in
    /// their names.
    private mutating func admits(
        _ headers: inout RequestHeaders, _ manager: HTTPConnectionManager
    ) -> Bool {
        let options = manager.value["commonHttpProtocolOptions"]
        let most = options?.integer("maxHeadersCount") ?? 100
        if headers.names.count > most {
            end(
                .protocolMismatch, status: 431,
                "the connection manager takes \(most) headers and answers 431")
            return false
        }
        let ignored =
            manager.value["httpProtocolOptions"]?.messages(
                "ignoreHttp11Upgrade", as: StringMatch.self) ?? []
        headers.ignoreUpgrades { token in
            token == "h2c" || ignored.contains { $0.verdict(for: token, of: "upgrade") == .holds }
        }
        let underscored = headers.names.filter { $0.contains("_") }
        switch options?.text("headersWithUnderscoresAction") {
        case "REJECT_REQUEST" where !underscored.isEmpty:
            end(
                .protocolMismatch, status: 400,
                "the connection manager refuses header \(underscored[0]) and answers 400")
            return false
        case "DROP_HEADER":
            headers.remove(underscored)
        default: break
        }
        return true
    }

    /// Whether the route or the connection manager allows an upgrade. One that neither allows is refused
    /// before anything that the route says.
    private mutating func admits(
        upgrade: String, _ manager: HTTPConnectionManager, _ routing: Routing?
    ) -> Bool {
        func isAllowed(_ value: CanonicalValue?) -> Bool? {
            let config = (value?["upgradeConfigs"]?.elements ?? []).first {
                $0.text("upgradeType")?.asciiLowercased == upgrade.asciiLowercased
            }
            return config.map { $0.flag("enabled") ?? true }
        }
        // Without a route the answer is 404, as without an upgrade.
        guard let routing,
            routing.route != nil || requiresTLS(routing.virtualHost, routing.headers)
        else { return true }
        let action = routing.route?.value["route"]
        if isAllowed(action) ?? isAllowed(manager.value) ?? false { return true }
        end(
            .denied, status: 403,
            "neither the route nor the connection manager allows an upgrade to \(upgrade): Envoy "
                + "answers 403")
        return false
    }

    /// Where a route leads, in a few words.
    static func summary(of route: Route) -> String {
        switch route.action {
        case .forward(let action):
            if let cluster = action.cluster { return cluster }
            let names = action.weightedClusters.map(\.name)
            return names.isEmpty ? "a cluster chosen by the request" : names.joined(separator: ", ")
        case .redirect(let action): return "redirect \(action.status)"
        case .directResponse(let response): return "answer \(response.status)"
        case .other, nil: return "no forwarding"
        }
    }
}

internal import EnvoyConfig
internal import EnvoyResources

/// What the router does with a request.
extension RequestWalk {
    /// Acts on the route, or answers 404 without one.
    mutating func act(
        on routing: Routing?, _ headers: RequestHeaders, _ configuration: RouteConfiguration
    ) throws(ConfigDumpError) {
        guard let routing else {
            end(
                .noRoute, status: 404,
                "no virtual host of \(configuration.name) has the domain "
                    + "\(quoted(headers.authority)): Envoy answers 404")
            return
        }
        if requiresTLS(routing.virtualHost, headers) {
            let host = headers.authority
            let name = Authority.portStart(host).map { String(host[..<$0]) } ?? host
            trace.location = "https://\(name)\(headers.path)"
            end(
                .redirected, status: 301,
                "the virtual host redirects plain requests to https://\(name)\(headers.path)")
            return
        }
        guard let route = routing.route else {
            end(
                .noRoute, status: 404,
                "no route of virtual host \(routing.virtualHost.name) matches: Envoy answers 404")
            return
        }
        trace.routeObject = IstioMetadata(ofMessage: route.value)?.object?.noteObject
        switch route.action {
        case .redirect(let action):
            let target = RedirectTarget(action.value, match: route.match, headers: headers)
            trace.location = target.location
            end(.redirected, status: action.status, "redirected to \(target.location)")
        case .directResponse(let response):
            end(.answered, status: response.status, "the route answers \(response.status)")
        case .forward(let action):
            try forward(routing, route, action)
        case .other, nil:
            note(.undecided, "the route neither forwards nor answers: a filter has to")
            end(.noRoute, "the route does not forward")
        }
    }

    private mutating func forward(
        _ routing: Routing, _ route: Route, _ action: RouteAction
    ) throws(ConfigDumpError) {
        takeMirrors(routing, action)
        rewrite(routing.headers, route.match, action)
        trace.patience = RequestTrace.Patience(action, routing.virtualHost)
        let plugin =
            action.value.text("clusterSpecifierPlugin")
            ?? action.value["inlineClusterSpecifierPlugin"].map {
                $0["extension"]?.text("name") ?? "a plugin"
            }
        if let plugin {
            note(.undecided, "cluster specifier plugin \(plugin) chooses the cluster: passed")
            trace.outcome = .forwarded
            return
        }
        let (clusters, reason) = RequestWalk.shares(of: action, routing.headers)
        if let reason { step(.cluster, clusters.first?.name ?? "", taken: true, reason) }
        try forward(to: clusters, http: HTTPForwarding(action, routing.headers))
    }

    /// The clusters of a route with their weights, and why where a header chooses.
    static func shares(
        of action: RouteAction, _ headers: RequestHeaders
    ) -> (clusters: [ClusterShare], reason: String?) {
        let criteria = action.value["metadataMatch"]
        if let header = action.clusterHeader {
            let name = headers.value(header) ?? ""
            return ([ClusterShare(name, criteria: [criteria])], "named by header \(header)")
        }
        if let cluster = action.cluster {
            return ([ClusterShare(cluster, criteria: [criteria])], nil)
        }
        let shares = action.weightedClusters.map { cluster in
            let header = cluster.value.text("clusterHeader")
            let name = cluster.name.isEmpty ? header.flatMap(headers.value) : nil
            return ClusterShare(
                name ?? cluster.name, weight: cluster.weight,
                criteria: [criteria, cluster.value["metadataMatch"]])
        }
        return (shares, nil)
    }

    /// The mirrors of the route, else of its virtual host, else of the route configuration.
    private mutating func takeMirrors(_ routing: Routing, _ action: RouteAction) {
        let policies = [action.value, routing.virtualHost.value, routing.configuration.value]
            .map { $0["requestMirrorPolicies"]?.elements ?? [] }
        for policy in policies.first(where: { !$0.isEmpty }) ?? [] {
            let share = policy["runtimeFraction"].map { runtime.share(of: $0).share } ?? 1
            let named = policy.text("cluster").flatMap { $0.isEmpty ? nil : $0 }
            let name = named ?? policy.text("clusterHeader").flatMap(routing.headers.value)
            guard share > 0, let name else { continue }
            trace.mirrors.append(name)
            step(.cluster, name, taken: true, "gets a copy of \(Runtime.percent(share))")
        }
    }

    private mutating func rewrite(
        _ headers: RequestHeaders, _ match: RouteMatch, _ action: RouteAction
    ) {
        let rewrite = PathRewrite(action.value, match: match)
        let path = headers.isConnect ? headers.path : rewrite.apply(to: headers.path)
        trace.forwardedPath = path
        if path != headers.path { note(.rewritten, "the path becomes \(path)") }
        let fields = action.value
        var authority: String? = headers.authority
        if let text = action.hostRewrite, !text.isEmpty {
            authority = text
        } else if let header = fields.text("hostRewriteHeader"), let text = headers.value(header) {
            authority = text
        } else if let regex = fields["hostRewritePathRegex"] {
            authority = PathRewrite.substitute(regex, in: headers.plainPath)
        } else if fields.flag("autoHostRewrite") == true {
            authority = nil
            note(.rewritten, "the authority becomes the endpoint's host name")
        }
        trace.forwardedAuthority = authority
        if let authority, authority != headers.authority {
            note(.rewritten, "the authority becomes \(authority)")
        }
    }
}

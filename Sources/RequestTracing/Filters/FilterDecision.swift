internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// What a filter does with a request that it may answer by itself.
enum FilterDecision: Equatable {
    /// It lets the request pass, for a reason.
    case passes(String)
    /// It lets the request pass or not, by what the dump does not hold; it is taken to pass.
    case undecided(String)
    /// It answers with a status, for a reason.
    case refused(Int, String)
    /// It sends the client elsewhere.
    case redirected(String, String)

    /// Decides by the filter's configuration and that of the route or what is around it; nil for a filter
    /// that is not followed here.
    init?(
        _ typeName: String, _ config: CanonicalValue?, _ own: CanonicalValue?,
        _ headers: RequestHeaders, _ runtime: Runtime
    ) {
        let config = config ?? .object([])
        switch typeName {
        case "envoy.extensions.filters.http.basic_auth.v3.BasicAuth":
            self = FilterDecision.decide(password: config, headers)
        case "envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuth":
            self = FilterDecision.decide(key: config, own, headers)
        case "envoy.extensions.filters.http.oauth2.v3.OAuth2":
            self = FilterDecision.decide(session: own?["config"] ?? config["config"], headers)
        case "envoy.extensions.filters.http.csrf.v3.CsrfPolicy":
            self = FilterDecision.decide(origin: own ?? config, headers, runtime)
        case "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit":
            self = FilterDecision.decide(rate: own ?? config, runtime)
        default:
            return nil
        }
    }
}

// MARK: - Credentials

extension FilterDecision {
    /// basic_auth: a user and a password have to be there. Whether they are right cannot be told, since
    /// Envoy prints no passwords.
    private static func decide(
        password config: CanonicalValue, _ headers: RequestHeaders
    ) -> FilterDecision {
        let named = config.text("authenticationHeader") ?? ""
        let name = named.isEmpty ? "authorization" : named
        guard let value = headers.values(name).first else {
            return .refused(401, "there is no header \(name)")
        }
        guard value.beginsWith("Basic ") else {
            return .refused(401, "header \(name) is not of the scheme Basic")
        }
        let bytes = Base64Text.bytes(of: String(value.dropFirst("Basic ".count)))
        guard let bytes, bytes.contains(UInt8(ascii: ":")) else {
            return .refused(401, "header \(name) holds no USER:PASSWORD in base64")
        }
        return .undecided("the dump does not show the passwords: taken for right, else 401")
    }

    /// api_key_auth: a key has to be there, in one of the places. The keys themselves are not printed.
    private static func decide(
        key config: CanonicalValue, _ own: CanonicalValue?, _ headers: RequestHeaders
    ) -> FilterDecision {
        func places(_ config: CanonicalValue?) -> [CanonicalValue] {
            config?["keySources"]?.elements ?? []
        }
        let sources = places(own).isEmpty ? places(config) : places(own)
        let keys = sources.compactMap { source in
            if let name = source.text("header"), !name.isEmpty {
                return headers.values(name).first.map { value in
                    value.beginsWith("Bearer ") ? String(value.dropFirst("Bearer ".count)) : value
                }
            }
            if let name = source.text("query"), !name.isEmpty {
                return headers.queryParameter(name)
            }
            return source.text("cookie").flatMap(headers.cookie)
        }
        guard keys.contains(where: { !$0.isEmpty }) else {
            return .refused(401, "there is no key where the filter looks for one")
        }
        return .undecided(
            "the dump does not show the keys: taken for right, else 401, and 403 where the route does "
                + "not allow its client")
    }

    // MARK: - Sessions

    /// oauth2: who has no session is sent to sign in.
    private static func decide(
        session config: CanonicalValue?, _ headers: RequestHeaders
    ) -> FilterDecision {
        guard let config else { return .passes("it is not configured") }
        func isAny(_ key: String) -> Bool {
            config.messages(key, as: HeaderMatch.self).contains {
                $0.verdict(for: headers) == .holds
            }
        }
        func isPath(_ key: String) -> Bool {
            guard let match = config[key]?["path"] else { return false }
            return StringMatch(match).verdict(for: headers.plainPath, of: "path") == .holds
        }
        if isAny("passThroughMatcher") { return .passes("pass_through_matcher lets it pass") }
        if isPath("signoutPath") {
            return .redirected(
                "\(headers.scheme)://\(headers.authority)/", "it signs out, and goes to the root")
        }
        let names = config["credentials"]?["cookieNames"]
        let seal = names?.text("oauthHmac") ?? "OauthHMAC"
        if headers.cookie(seal) != nil {
            return .undecided("the session of cookie \(seal) is taken for valid")
        }
        if isPath("redirectPathMatcher") {
            if headers.queryParameter("error") != nil {
                return .refused(401, "the authorization server has refused it")
            }
            guard headers.queryParameter("code") != nil, headers.queryParameter("state") != nil
            else { return .refused(401, "the code or the state is missing in the query") }
            return .undecided("the authorization server is asked whether the code is right")
        }
        if isAny("denyRedirectMatcher") {
            return .refused(
                401, "there is no session, and deny_redirect_matcher forbids to sign in")
        }
        return .redirected(
            config.text("authorizationEndpoint") ?? "",
            "there is no session: the client is sent to sign in, with a query that Envoy makes")
    }

    /// csrf: what changes something has to come from a page of the same host, or of one that is named.
    private static func decide(
        origin config: CanonicalValue, _ headers: RequestHeaders, _ runtime: Runtime
    ) -> FilterDecision {
        guard ["POST", "PUT", "DELETE", "PATCH"].contains(headers.method) else {
            return .passes("\(headers.method) is not checked")
        }
        let share = config["filterEnabled"].map { runtime.share(of: $0).share } ?? 0
        guard share > 0 else { return .passes("it is enabled for no request") }
        let origin = [headers.value("origin"), headers.value("referer")]
            .compactMap { $0.map(hostAndPort) }.first { !$0.isEmpty }
        let reason: String
        if let origin {
            let others = config.messages("additionalOrigins", as: StringMatch.self)
            if origin.isSameText(as: headers.authority)
                || others.contains(where: { $0.verdict(for: origin, of: "origin") == .holds })
            {
                return .passes("it comes from \(origin)")
            }
            reason = "it comes from \(quoted(origin)), not from \(quoted(headers.authority))"
        } else {
            reason = "neither origin nor referer says where it comes from"
        }
        return share < 1
            ? .undecided("\(Runtime.percent(share)) of these requests get 403: \(reason)")
            : .refused(403, reason)
    }

    /// The host of a URL with its port; a text that is no URL as it is.
    private static func hostAndPort(_ text: String) -> String {
        guard let mark = text.firstRange(of: "://") else { return text }
        return String(text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }

    // MARK: - Limits

    /// local_ratelimit: only requests for which it is enabled and enforced may be refused; if either is
    /// left out, no request is.
    private static func decide(rate config: CanonicalValue, _ runtime: Runtime) -> FilterDecision {
        for (key, word) in [("filterEnabled", "enabled"), ("filterEnforced", "enforced")] {
            let share = config[key].map { runtime.share(of: $0).share } ?? 0
            if share == 0 { return .passes("the limit is \(word) for no request") }
        }
        let descriptors = config["descriptors"]?.elements ?? []
        guard let bucket = config["tokenBucket"] else {
            return descriptors.isEmpty
                ? .passes("it has no token bucket")
                : .undecided("it limits some requests by descriptors, and may answer 429")
        }
        let tokens = bucket.integer("maxTokens") ?? 0
        let interval = bucket.text("fillInterval") ?? "0s"
        return .undecided(
            "beyond \(tokens) requests, \(bucket.integer("tokensPerFill") ?? 1) more each "
                + "\(interval), it answers 429")
    }
}

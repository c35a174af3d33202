internal import EnvoyConfig
internal import EnvoyResources

/// The rules of an `envoy.config.rbac.v3.RBAC`: who may do what.
struct AccessControl {
    /// What the rules say of a request.
    enum Decision: Equatable {
        case allowed(String)
        case denied(String)
        /// What would have to be known.
        case undecided(String)
    }

    /// How it decides.
    private enum Basis {
        case rules(CanonicalValue)
        /// A matcher tree, whose actions allow or deny.
        case matcher(CanonicalValue)
    }

    private let basis: Basis

    /// Takes a filter's configuration; nil if it enforces nothing. Shadow rules never decide.
    init?(_ filter: CanonicalValue) {
        if let rules = filter["rules"] {
            basis = .rules(rules)
        } else if let matcher = filter["matcher"] {
            basis = .matcher(matcher)
        } else {
            return nil
        }
    }

    /// Decides: without an action some policy must match, with DENY none may. `rules` without a
    /// policy deny all, or with DENY none. LOG never refuses.
    ///
    /// `headers` are nil for a network filter, which sees none.
    func decide(_ connection: Connection, headers: RequestHeaders?) -> Decision {
        switch basis {
        case .rules(let rules): decide(rules, connection, headers)
        case .matcher(let matcher): decide(matcher: matcher, connection, headers)
        }
    }

    /// What no action is for is denied.
    private func decide(
        matcher: CanonicalValue, _ connection: Connection, _ headers: RequestHeaders?
    ) -> Decision {
        switch MatcherTree(connection, headers: headers).outcome(of: matcher) {
        case .noMatch: return .denied("no action of the matcher tree allows it")
        case .undecided(let reason): return .undecided(reason)
        case .action(let action):
            let name = action.typedConfig?.text("name") ?? action.name
            return action.typedConfig?.text("action") == "DENY"
                ? .denied("action \(name) denies it") : .allowed("action \(name) allows it")
        }
    }

    private func decide(
        _ rules: CanonicalValue, _ connection: Connection, _ headers: RequestHeaders?
    ) -> Decision {
        let action = rules.text("action") ?? "ALLOW"
        if action == "LOG" { return .allowed("the rules only log") }
        let evaluation = PolicyEvaluation(connection: connection, headers: headers)
        var undecided: String?
        for policy in rules["policies"]?.members ?? [] {
            switch evaluation.verdict(of: policy.value) {
            case .holds:
                return action == "DENY"
                    ? .denied("policy \(policy.key) denies it")
                    : .allowed("policy \(policy.key) allows it")
            case .undecided(let reason):
                undecided = undecided ?? "policy \(policy.key) depends on it: \(reason)"
            case .fails:
                continue
            }
        }
        if let undecided { return .undecided(undecided) }
        return action == "DENY"
            ? .allowed("no policy denies it") : .denied("no policy allows it")
    }
}

/// Policies' permissions and principals against one request.
private struct PolicyEvaluation {
    let connection: Connection
    let headers: RequestHeaders?

    /// A policy matches by one of its permissions together with one of its principals.
    func verdict(of policy: CanonicalValue) -> Verdict {
        var parts = [
            Verdict.any((policy["permissions"]?.elements ?? []).map(permission)),
            Verdict.any((policy["principals"]?.elements ?? []).map(principal)),
        ]
        if policy["condition"] != nil || policy["checkedCondition"] != nil {
            parts.append(.undecided("its condition is an expression of CEL"))
        }
        return .all(parts)
    }

    private func permission(_ permission: CanonicalValue) -> Verdict {
        guard let rule = permission.members.first else { return .fails("an empty permission") }
        switch rule.key {
        case "andRules":
            return .all((rule.value["rules"]?.elements ?? []).map(self.permission))
        case "orRules":
            return .any((rule.value["rules"]?.elements ?? []).map(self.permission))
        case "notRule":
            return self.permission(rule.value).negated("the rule excludes it")
        case "destinationIp":
            return isIn(rule.value, connection.destination.address, "the destination's address")
        case "destinationPort":
            return isPort(from: permission.integer("destinationPort") ?? 0)
        case "destinationPortRange":
            return isPort(
                from: rule.value.integer("start") ?? 0, to: rule.value.integer("end") ?? 0)
        case "requestedServerName":
            return StringMatch(rule.value).verdict(for: connection.serverName, of: "the SNI")
        case "uriTemplate":
            guard let template = rule.value["typedConfig"]?.text("pathTemplate") else {
                return .undecided("its path is matched by an extension")
            }
            guard let headers else { return .fails("a connection has no path") }
            return Verdict(
                matchingWhole: headers.plainPath, of: "path", regex: PathTemplate(template).regex)
        case "sourcedMetadata":
            return .undecided("it asks for metadata, which filters or the route set")
        case "matcher":
            return .undecided("it is matched by an extension")
        default:
            return common(rule)
        }
    }

    private func principal(_ principal: CanonicalValue) -> Verdict {
        guard let identifier = principal.members.first else { return .fails("an empty principal") }
        switch identifier.key {
        case "andIds":
            return .all((identifier.value["ids"]?.elements ?? []).map(self.principal))
        case "orIds":
            return .any((identifier.value["ids"]?.elements ?? []).map(self.principal))
        case "notId":
            return self.principal(identifier.value).negated("the rule excludes it")
        case "authenticated":
            return authenticated(identifier.value["principalName"])
        case "filterState" where identifier.value.text("key") == "io.istio.peer_principal":
            return authenticated(identifier.value["stringMatch"])
        case "sourceIp":
            return isIn(identifier.value, connection.source?.address, "the source's address")
        case "directRemoteIp":
            return isIn(identifier.value, connection.directSource?.address, "the direct source")
        case "remoteIp":
            return isIn(identifier.value, connection.remoteAddress, "the source's address")
        case "filterState", "sourcedMetadata":
            return .undecided("it asks for what other filters set")
        case "custom":
            return .undecided("it is matched by an extension")
        default:
            return common(identifier)
        }
    }

    /// What permissions and principals have in common.
    private func common(_ rule: CanonicalValue.Member) -> Verdict {
        switch rule.key {
        case "any":
            return .holds
        case "header":
            guard let headers else { return .fails("a connection has no headers") }
            return HeaderMatch(rule.value).verdict(for: headers)
        case "urlPath":
            guard let headers else { return .fails("a connection has no path") }
            return StringMatch(rule.value["path"] ?? .object([]))
                .verdict(for: headers.plainPath, of: "path")
        case "metadata":
            return metadata(rule.value)
        default:
            return .undecided("\(rule.key) is not known here")
        }
    }

    /// The peer's identity: a connection without TLS has no identity; without a match any will do.
    private func authenticated(_ match: CanonicalValue?) -> Verdict {
        // A waypoint knows the identity without TLS, from HBONE.
        guard connection.isSecure || connection.showsCertificate else {
            return .fails("the connection is not TLS")
        }
        guard let match else { return .holds }
        let wanted = StringMatch(match)
        guard connection.showsCertificate else {
            return wanted.verdict(for: "", of: "the peer's identity")
        }
        if let principal = connection.principal {
            return wanted.verdict(for: principal, of: "the peer's identity")
        }
        switch wanted.pattern {
        case .regex(".*"), .regex(".+"), .prefix(""), .prefix("spiffe://"): return .holds
        default: return .undecided("the peer's identity is not given")
        }
    }

    /// Claims of a token are metadata of a filter; a request without a token has none.
    private func metadata(_ match: CanonicalValue) -> Verdict {
        let filter = match.text("filter") ?? ""
        let isToken = filter == "istio_authn" || filter == "envoy.filters.http.jwt_authn"
        if let values = connection.metadata[filter] {
            let verdict = MetadataVerdict(values).verdict(match)
            return match.flag("invert") == true ? verdict.negated("the value is there") : verdict
        }
        guard isToken, let headers, headers.value("authorization") == nil else {
            return .undecided("it asks for metadata that \(filter) sets")
        }
        let verdict = Verdict.fails("there is no authorization header, so no token's claims")
        return match.flag("invert") == true ? verdict.negated("") : verdict
    }

    private func isIn(_ range: CanonicalValue, _ address: IPAddress?, _ what: String) -> Verdict {
        let prefix = AddressPrefix(range)
        guard let address else { return .undecided("\(what) is not given") }
        guard let network = IPAddress(prefix.address) else {
            return .fails("\(prefix) is not a network")
        }
        return Verdict(
            address.isIn(network, bits: prefix.length),
            otherwise: "\(what) \(address) is not in \(prefix)")
    }

    private func isPort(from start: Int, to end: Int? = nil) -> Verdict {
        guard let port = connection.destination.port else {
            return .undecided("the destination's port is not given")
        }
        let isIn = end.map { port >= start && port < $0 } ?? (port == start)
        return Verdict(isIn, otherwise: "the destination's port is \(port)")
    }
}

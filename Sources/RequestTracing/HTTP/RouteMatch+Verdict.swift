internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

extension RouteMatch {
    /// What a match can ask for, apart from the headers.
    struct Surroundings {
        var headers: RequestHeaders
        /// Whether the client speaks TLS to this proxy, and whether it showed a certificate.
        var isSecure: Bool
        var showsCertificate: Bool
        /// `ignore_path_parameters_in_path_matching` of the route configuration.
        var ignoresPathParameters: Bool
        var runtime: Runtime
    }

    /// Whether a request takes the route.
    func verdict(in surroundings: Surroundings) -> Verdict {
        let headers = surroundings.headers
        // What is cheap and tells most comes first; each is asked for only while all others hold.
        let path = verdict(
            forPath: RouteMatch.matchedPath(headers, surroundings.ignoresPathParameters),
            isConnect: headers.isConnect)
        if case .fails = path { return path }
        var parts = [path]
        parts += self.headers.map { $0.verdict(for: headers) }
        parts += queryParameters.map { $0.verdict(for: headers) }
        parts += (value["cookies"]?.elements ?? []).map { verdict(forCookie: $0, headers) }
        if isGRPC {
            parts.append(Verdict(headers.isGRPC, otherwise: "it is not a gRPC request"))
        }
        if let context = value["tlsContext"] { parts.append(verdict(of: context, surroundings)) }
        if value["dynamicMetadata"] != nil {
            parts.append(.undecided("the route asks for dynamic metadata, which filters set"))
        }
        if value["filterState"] != nil {
            parts.append(.undecided("the route asks for filter state, which filters set"))
        }
        if let fraction = runtimeFraction {
            parts.append(surroundings.runtime.verdict(of: fraction, what: "the route is taken"))
        }
        return .all(parts)
    }

    /// The path that is matched: without query and fragment, and without what follows a semicolon
    /// where the route configuration says so.
    static func matchedPath(_ headers: RequestHeaders, _ ignoresParameters: Bool) -> String {
        let path = headers.plainPath
        return ignoresParameters ? String(path.prefix { $0 != ";" }) : path
    }

    private func verdict(forPath path: String, isConnect: Bool) -> Verdict {
        let ignoresCase = caseSensitive == false
        func folded(_ text: String) -> String { ignoresCase ? text.asciiLowercased : text }
        // A CONNECT request has no path, and only one matcher takes what has none.
        if isConnect, self.path != .connect { return .fails("a CONNECT request has no path") }
        switch self.path {
        case nil:
            return .undecided("the route's path is matched by an extension")
        case .prefix(let prefix):
            return Verdict(
                folded(path).beginsWith(folded(prefix)),
                otherwise: "path \(quoted(path)) does not begin with \(quoted(prefix))")
        case .exact(let wanted):
            return Verdict(
                folded(path).isSameText(as: folded(wanted)),
                otherwise: "path \(quoted(path)) is not \(quoted(wanted))")
        case .pathSeparatedPrefix(let prefix):
            // Whole segments: the path ends with the prefix, or a slash follows it.
            let rest = Array(path.utf8).dropFirst(prefix.utf8.count)
            let isSegment = rest.isEmpty || rest.first == UInt8(ascii: "/")
            return Verdict(
                folded(path).beginsWith(folded(prefix)) && isSegment,
                otherwise: "path \(quoted(path)) is not below \(quoted(prefix))")
        case .regex(let regex):
            return Verdict(matchingWhole: path, of: "path", regex: regex)
        case .connect:
            return Verdict(isConnect, otherwise: "the route takes CONNECT requests only")
        case .template(let template):
            return Verdict(
                matchingWhole: path, of: "path",
                regex: PathTemplate(template).regex)
        }
    }

    private func verdict(forCookie cookie: CanonicalValue, _ headers: RequestHeaders) -> Verdict {
        let name = cookie.text("name") ?? ""
        guard let text = headers.cookie(name) else { return .fails("cookie \(name) is missing") }
        let match = StringMatch(cookie["stringMatch"] ?? .object([]))
        let verdict = match.verdict(for: text, of: "cookie \(name)")
        return cookie.flag("invertMatch") == true
            ? verdict.negated("cookie \(name) is \(quoted(text)), which the route excludes")
            : verdict
    }

    /// `tls_context`: `presented` asks for a client certificate, `validated` for one that was
    /// checked.
    private func verdict(of context: CanonicalValue, _ surroundings: Surroundings) -> Verdict {
        guard surroundings.isSecure else { return .fails("the connection is not TLS") }
        return .all(
            ["presented", "validated"].map { field in
                guard let wanted = context.flag(field) else { return .holds }
                return Verdict(
                    wanted == surroundings.showsCertificate,
                    otherwise: "the client \(wanted ? "shows no" : "shows a") certificate")
            })
    }
}

extension QueryParameterMatch {
    /// Whether a request's query matches: the first value of the parameter counts, undecoded.
    func verdict(for headers: RequestHeaders) -> Verdict {
        let text = headers.queryParameter(name)
        if let isWanted = value.flag("presentMatch") {
            return Verdict(
                (text != nil) == isWanted,
                otherwise: "query parameter \(name) is \(text == nil ? "missing" : "there")")
        }
        guard let text else { return .fails("query parameter \(name) is missing") }
        return match?.verdict(for: text, of: "query parameter \(name)") ?? .holds
    }
}

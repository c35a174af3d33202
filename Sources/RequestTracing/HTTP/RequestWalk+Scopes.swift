internal import StrictJSON
internal import EnvoyConfig
internal import EnvoyResources

/// Scoped routes: a key of the request chooses the route configuration.
extension RequestWalk {
    /// The route configuration of the scope that the request's key names; nil ends the trace.
    mutating func routeConfiguration(
        ofScopes scopes: CanonicalValue, _ headers: RequestHeaders
    ) throws(ConfigDumpError) -> RouteConfiguration? {
        guard let key = RequestWalk.scopeKey(scopes["scopeKeyBuilder"], headers) else {
            end(.noRoute, status: 404, "the request has no key of a scope: Envoy answers 404")
            return nil
        }
        let text = key.joined(separator: ",")
        guard
            let scope = try self.scopes(of: scopes).first(where: {
                RequestWalk.key(of: $0) == key
            })
        else {
            end(.noRoute, status: 404, "no scope has the key \(quoted(text)): Envoy answers 404")
            return nil
        }
        let name = scope.text("name") ?? ""
        step(.routeConfiguration, name, taken: true, "the scope of key \(quoted(text))")
        if let own = scope["routeConfiguration"] { return RouteConfiguration(own) }
        return try routeConfiguration(named: scope.text("routeConfigurationName") ?? "")
    }

    /// The scopes in the connection manager, else those that SRDS delivered.
    private func scopes(of value: CanonicalValue) throws(ConfigDumpError) -> [CanonicalValue] {
        if let list = value["scopedRouteConfigurationsList"] {
            return list["scopedRouteConfigurations"]?.elements ?? []
        }
        return try dump.scopes()
    }

    private static func key(of scope: CanonicalValue) -> [String] {
        (scope["key"]?["fragments"]?.elements ?? []).map { $0.text("stringKey") ?? "" }
    }

    /// The key of a request, part by part; nil if a part is missing: then no scope is its.
    private static func scopeKey(
        _ builder: CanonicalValue?, _ headers: RequestHeaders
    ) -> [String]? {
        var key: [String] = []
        for fragment in builder?["fragments"]?.elements ?? [] {
            guard let extractor = fragment["headerValueExtractor"],
                let text = headers.values(extractor.text("name") ?? "").first,
                let part = part(of: text, extractor)
            else { return nil }
            key.append(part)
        }
        return key.isEmpty ? nil : key
    }

    /// An element of a header's value: by its place, or by its key.
    private static func part(of text: String, _ extractor: CanonicalValue) -> String? {
        let separator = extractor.text("elementSeparator") ?? ""
        let elements =
            separator.isEmpty ? [text] : text.components(between: separator)
        if let element = extractor["element"] {
            let mark = element.text("separator") ?? ""
            for candidate in elements {
                guard let place = candidate.firstRange(of: mark), !mark.isEmpty else { continue }
                if String(candidate[..<place.lowerBound]).isSameText(as: element.text("key") ?? "")
                {
                    return String(candidate[place.upperBound...])
                }
            }
            return nil
        }
        let index = extractor.integer("index") ?? 0
        guard separator.isEmpty ? index == 0 : elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

extension String {
    /// The parts between a separator, empty ones included.
    fileprivate func components(between separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let place = rest.firstRange(of: separator) {
            parts.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return parts + [String(rest)]
    }
}

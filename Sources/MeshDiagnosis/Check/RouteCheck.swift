internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import RequestTracing

/// What is wrong with a route configuration by itself: routes that an earlier one hides, and domains that
/// stand twice.
struct RouteCheck {
    private(set) var notes: [Note] = []
    private let resource: Resource

    init(_ configuration: RouteConfiguration, of resource: Resource) {
        self.resource = resource
        var domains: [String: [String]] = [:]
        for host in configuration.virtualHosts {
            check(host)
            for domain in host.domains {
                domains[domain.lowercased(), default: []].append(host.name)
            }
        }
        for domain in domains.keys.sorted() {
            guard let hosts = domains[domain], hosts.count > 1 else { continue }
            add(
                .duplicateDomain,
                "the domain \(domain) stands in \(NameList.text(hosts, limit: 3)) of "
                    + "\(configuration.name): Envoy refuses such a route configuration", nil)
        }
    }

    private mutating func check(_ host: VirtualHost) {
        var open: [(route: Route, number: Int)] = []
        for (index, route) in host.routes.enumerated() {
            if let first = open.first(where: { $0.route.match.hides(route.match) }) {
                add(
                    .shadowedRoute,
                    "\(name(route, index)) of virtual host \(host.name) is never reached: "
                        + "\(name(first.route, first.number)) before it takes all of its requests",
                    route.istioMetadata?.object)
            } else if !route.match.isConditional {
                open.append((route, index))
            }
        }
    }

    private func name(_ route: Route, _ index: Int) -> String {
        let name = route.name.isEmpty ? "" : " \(route.name)"
        return "route \(index + 1)\(name) (\(route.match.path?.text ?? "any path"))"
    }

    private mutating func add(_ kind: Note.Kind, _ text: String, _ object: IstioObject?) {
        var note = Note(
            kind, source: .envoy, text: text,
            resource: Note.Subject(kind: resource.kind, name: resource.name))
        note.object = object?.noteObject
        notes.append(note)
    }
}

extension RouteMatch {
    /// Whether it asks for more than the path.
    fileprivate var isConditional: Bool {
        !headers.isEmpty || !queryParameters.isEmpty || isGRPC || runtimeFraction != nil
            || value["tlsContext"] != nil || value["dynamicMetadata"] != nil
            || value["filterState"] != nil || value["cookies"] != nil
    }

    /// Whether every path that another match takes is one that this takes: of two regexes that is not
    /// told.
    fileprivate func hides(_ other: RouteMatch) -> Bool {
        guard !isConditional, let path, let second = other.path else { return false }
        let ignoresCase = caseSensitive == false
        if !ignoresCase, other.caseSensitive == false, path != .prefix("/") { return false }
        func fold(_ text: String) -> String { ignoresCase ? text.lowercased() : text }
        switch (path, second) {
        case (.prefix(let prefix), .prefix(let text)), (.prefix(let prefix), .exact(let text)),
            (.prefix(let prefix), .pathSeparatedPrefix(let text)):
            return fold(text).hasPrefix(fold(prefix))
        case (.prefix("/"), .regex), (.prefix("/"), .template): return true
        case (.exact(let one), .exact(let text)): return fold(one) == fold(text)
        case (.pathSeparatedPrefix(let prefix), .pathSeparatedPrefix(let text)),
            (.pathSeparatedPrefix(let prefix), .exact(let text)):
            return fold(text) == fold(prefix) || fold(text).hasPrefix(fold(prefix) + "/")
        case (.regex(let one), .regex(let text)): return one == text
        default: return false
        }
    }
}

extension RouteMatch.Path {
    fileprivate var text: String {
        switch self {
        case .prefix(let text): "prefix \(text)"
        case .exact(let text): "path \(text)"
        case .regex(let text): "regex \(text)"
        case .pathSeparatedPrefix(let text): "path prefix \(text)"
        case .template(let text): "template \(text)"
        case .connect: "CONNECT"
        }
    }
}

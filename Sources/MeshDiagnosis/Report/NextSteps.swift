internal import EnvoyConfig
internal import Reporting

/// The commands with which a person goes on, for each kind of cause.
struct NextSteps {
    /// The bundle, as it was named.
    let bundle: String
    /// The namespace of the Istiods.
    var istiodNamespace = "istio-system"

    func commands(_ cause: Cause, _ proxies: [ProxyReport]) -> [String] {
        let proxy = proxies.first { $0.displayName == cause.proxies.first }
        var commands = ([cause.object].compactMap { $0 } + cause.candidates.prefix(2)).map(edit)
        switch cause.kind {
        case .rejected:
            if let proxy { commands += [diff(proxy, cause)] }
        case .warming:
            if let proxy { commands += [command("secrets", proxy), log(proxy)] }
        case .disconnected, .stale:
            if let proxy { commands += [log(proxy)] }
            if let proxy, proxy.drift != nil { commands += [command("diff", proxy)] }
        case .unreadable:
            if let proxy {
                commands += [capture(proxy, "config_dump?resource=dynamic_active_clusters")]
            }
        case .istiodsDisagree:
            // The text begins with the one that is behind.
            let istiod = String(cause.text.prefix { $0 != " " })
            commands += [
                "kubectl -n \(istiodNamespace) logs \(quoted(istiod)) -c discovery --tail=200"
            ]
        case .missingCluster:
            if let proxy {
                let name = cause.resource.map { " --name \(quoted($0.name))" } ?? ""
                let table = cause.resourceKind == .routes ? "routes" : "listeners"
                commands += [
                    "\(command(table, proxy))\(table == "routes" ? name : "") -o yaml"
                ]
            }
        case .unhealthyEndpoints:
            if let proxy { commands += ["\(command("endpoints", proxy)) --status unhealthy"] }
        case .drift, .oddOneOut:
            if let proxy { commands += [command("diff", proxy)] }
        default:
            break
        }
        return commands
    }

    /// The commands that show more of one proxy.
    func commands(_ proxy: ProxyReport) -> [String] {
        guard proxy.dump?.isReadable ?? false else { return [log(proxy)] }
        return [
            command("diff", proxy), command("secrets", proxy), command("endpoints", proxy),
            command("trace", proxy) + " http://HOST:PORT/PATH", log(proxy),
        ]
    }

    private func edit(_ object: Note.Object) -> String {
        let kind =
            object.kind == "KubernetesGateway" ? "gateway.gateway.networking.k8s.io" : object.kind
        let verb = object.kind == "Secret" ? "get" : "edit"
        return "kubectl -n \(quoted(object.namespace)) \(verb) \(kind.lowercased()) "
            + quoted(object.name)
    }

    private func diff(_ proxy: ProxyReport, _ cause: Cause) -> String {
        guard proxy.drift != nil, let kind = cause.resourceKind else { return log(proxy) }
        let name = cause.resource.map { " --name \(quoted($0.name))" } ?? ""
        return "\(command("diff", proxy)) --kind \(kind.rawValue)\(name)"
    }

    private func command(_ name: String, _ proxy: ProxyReport) -> String {
        let which = proxy.file.map { "\(proxy.name)@\($0)" } ?? proxy.name
        return "drydock \(name) \(quoted(bundle)) \(quoted(which))"
    }

    private func log(_ proxy: ProxyReport) -> String {
        "kubectl -n \(quoted(proxy.podNamespace)) logs \(quoted(proxy.pod)) -c istio-proxy --tail=200"
    }

    private func capture(_ proxy: ProxyReport, _ path: String) -> String {
        "kubectl -n \(quoted(proxy.podNamespace)) exec \(quoted(proxy.pod)) -c istio-proxy -- "
            + "pilot-agent request GET \(quoted(path))"
    }

    /// A word for a shell.
    private func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { character in
                character.isASCII
                    && (character.properties.isAlphabetic || character.properties.numericType != nil
                        || "-_./:@=,~".unicodeScalars.contains(character))
            }
        return isPlain ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }
}

extension ProxyReport {
    fileprivate var pod: String { String(name.split(separator: ".")[0]) }
    fileprivate var podNamespace: String {
        let parts = name.split(separator: ".", maxSplits: 1)
        return parts.count > 1 ? String(parts[1]) : namespace
    }
}

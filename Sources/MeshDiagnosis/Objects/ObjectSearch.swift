internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import StrictJSON
internal import SupportBundles

/// Finds the objects that hold what Envoy complains of, in the configuration of the Istiod that the proxy
/// is connected to.
struct ObjectSearch {
    /// One question, the same for all proxies with the same cause.
    struct Question: Hashable {
        var istiod: String
        var offense: Note.Offense
    }

    private let bundle: SupportBundle
    /// The objects that hold the value, whoever they select.
    private var holders: [Question: [ConfiguredObject]] = [:]

    init(_ bundle: SupportBundle) {
        self.bundle = bundle
    }

    /// Names the objects in the notes of all proxies.
    ///
    /// - Complexity: one pass over the bundle where there is something to search for.
    mutating func name(
        in reports: inout [ProxyReport], _ evidence: [ProxyEvidence]
    ) async throws(ConfigDumpError) {
        let questions = Set(
            reports.flatMap { report in
                (report.notes + report.findings).compactMap { question($0, report) }
            })
        guard !questions.isEmpty else { return }
        let asked = Dictionary(grouping: questions, by: \.istiod)
        var holders: [Question: [ConfiguredObject]] = [:]
        try await bundle.forEachConfiguredObject(of: Set(asked.keys)) { istiod, value in
            guard let object = ConfiguredObject(value) else { return }
            for question in asked[istiod] ?? []
            where OffendingValue(question.offense).isHeld(by: object) {
                holders[question, default: []].append(object)
            }
        }
        self.holders = holders
        for index in reports.indices {
            let node = evidence[index].capture?.node
            let report = reports[index]
            for list in [\ProxyReport.notes, \.findings] {
                for place in report[keyPath: list].indices {
                    answer(&reports[index][keyPath: list][place], report, labels: node?.labels)
                }
            }
        }
    }

    private func question(_ note: Note, _ report: ProxyReport) -> Question? {
        guard let offense = note.offense, !offense.values.isEmpty,
            let istiod = istiod(of: report)
        else { return nil }
        return Question(istiod: istiod.pod, offense: offense)
    }

    /// The proxy's Istiod, else one whose configuration is there.
    private func istiod(of report: ProxyReport) -> IstiodCapture? {
        let known = bundle.istiods.filter { $0.configuration != nil }
        return known.first { $0.pod == report.istiod } ?? known.first
    }

    private func answer(_ note: inout Note, _ report: ProxyReport, labels: [String: String]?) {
        guard let question = question(note, report), let found = holders[question] else { return }
        let selection = ObjectSelection(
            namespace: report.namespace, labels: labels,
            root: istiod(of: report)?.namespace ?? "istio-system", offense: question.offense)
        let objects = found.filter(selection.admits).map(\.reference).sorted {
            ($0.kind, $0.namespace, $0.name) < ($1.kind, $1.namespace, $1.name)
        }
        if objects.count == 1 {
            note.object = objects[0]
        } else if let hint = question.offense.hint, objects.contains(hint) {
            note.object = hint
        } else {
            note.candidates = objects
        }
    }
}

/// The value that a note complains of, and whether an object holds it.
private struct OffendingValue {
    private let offense: Note.Offense
    /// The values without the mark of a text that was cut off.
    private let values: [String]
    private let isDomain: Bool

    init(_ offense: Note.Offense) {
        self.offense = offense
        values = offense.values.map { $0.hasSuffix("...") ? String($0.dropLast(3)) : $0 }
        isDomain = offense.kind == .routes
    }

    func isHeld(by object: ConfiguredObject) -> Bool {
        if object.reference.kind == "WasmPlugin",
            values.contains("\(object.reference.namespace).\(object.reference.name)")
        {
            return true
        }
        if let port { return bindsPort(port, object) }
        if isDomain, hasDomain(object) { return true }
        if hasDestination(object) { return true }
        return object.texts.contains(where: isOffending)
    }

    /// A text of the object is offending where it is the value, or a text that the resource has for it.
    private func isOffending(_ text: String) -> Bool {
        if offense.texts.contains(text) { return isTelling(text) }
        if offense.isRead, offense.texts.isEmpty { return false }
        return values.contains { value in
            isTelling(value)
                && (text == value || text.hasSuffix("/\(value)")
                    || offense.texts.isEmpty && value.count >= 8 && text.contains(value))
                && (offense.texts.isEmpty || offense.texts.contains { $0.contains(value) })
        }
    }

    /// Whether a text says more than a flag or a small number, which stand everywhere.
    private func isTelling(_ text: String) -> Bool {
        text.count >= 2 && Int(text) == nil && !["true", "false"].contains(text)
            && !offense.names.contains(text)
    }

    // MARK: - Ports

    /// The port that a listener could not bind: of `'0.0.0.0:9443'`.
    private var port: Int? {
        guard offense.kind == .listeners else { return nil }
        for value in values {
            guard let colon = value.lastIndex(of: ":"),
                let port = Int(value[value.index(after: colon)...]),
                value[..<colon].allSatisfy({ $0.isHexDigit || ".:[]".contains($0) })
            else { continue }
            return port
        }
        return nil
    }

    private func bindsPort(_ port: Int, _ object: ConfiguredObject) -> Bool {
        switch object.reference.kind {
        case "Gateway", "KubernetesGateway":
            let servers = object.spec["servers"]?.list ?? object.spec["listeners"]?.list ?? []
            return servers.contains {
                ($0["port"]?["number"] ?? $0["port"])?.integer == port
            }
        case "ServiceEntry":
            return (object.spec["ports"]?.list ?? []).contains { $0["number"]?.integer == port }
        case "Sidecar":
            return (object.spec["ingress"]?.list ?? []).contains {
                $0["port"]?["number"]?.integer == port
            }
        default: return false
        }
    }

    // MARK: - Domains

    /// Whether Istio makes one of the values, a domain that comes twice, of a host of the object.
    private func hasDomain(_ object: ConfiguredObject) -> Bool {
        guard ["VirtualService", "HTTPRoute", "ServiceEntry"].contains(object.reference.kind) else {
            return false
        }
        let hosts = (object.spec["hosts"] ?? object.spec["hostnames"])?.strings ?? []
        return hosts.contains { host in
            let domains = HostName(host, in: object.reference.namespace).domains
            return values.contains { value in
                let name = value.split(separator: ":").first.map(String.init) ?? value
                return name.contains(".") && domains.contains(name)
            }
        }
    }

    // MARK: - Destinations

    /// Whether one of the values is the cluster of a destination of the object.
    private func hasDestination(_ object: ConfiguredObject) -> Bool {
        // A resource's own name tells which it is, not what is wrong with it.
        let clusters = values.filter { !offense.names.contains($0) }
            .compactMap { ClusterNameParts($0) }
        guard !clusters.isEmpty else { return false }
        return object.destinations.contains { destination in
            clusters.contains { destination.isCluster($0) }
        }
    }
}

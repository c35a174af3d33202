internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import SupportBundles

/// What one proxy's resources say together.
struct Holdings {
    private var facts: [ResourceFacts] = []

    mutating func add(_ facts: ResourceFacts) { self.facts.append(facts) }

    /// The hosts whose workload, this one, takes TLS alone: with the name of the service's port.
    var strictHosts: [String: Int] {
        let ports = facts.reduce(into: Set<Int>()) { $0.formUnion($1.strictPorts) }
        var hosts: [String: Int] = [:]
        for inbound in facts.compactMap(\.inbound) where ports.contains(inbound.port) {
            for host in inbound.hosts { hosts[host] = inbound.port }
        }
        return hosts
    }

    /// What is wrong. `strict` are the hosts of the mesh whose workloads take TLS alone; missing clusters
    /// of a bundle's proxies are left to its diagnosis.
    func notes(
        of dump: ConfigDump, strict: [String: Int], checksClusters: Bool
    ) -> [Note] {
        var notes = facts.flatMap(\.notes)
        if checksClusters {
            let missing = MissingClusters.references(
                of: dump, facts.map { ($0.resource, $0.references) })
            notes += MissingClusterRule.notes(of: missing)
        }
        let names = Dictionary(grouping: dump.resources) { $0.kind }
            .mapValues { Set($0.map(\.name)) }
        for facts in facts {
            for (kind, wanted, code) in [
                (ResourceKind.routes, facts.routeConfigurations, Note.Kind.missingRoutes),
                (.secrets, facts.secrets, .missingSecret),
                (.ecds, facts.extensions, .missingExtension),
            ] where dump.sections.contains(kind) || kind == .ecds && dump.origin == .envoy {
                for name in wanted.subtracting(names[kind] ?? []).sorted() {
                    notes.append(
                        Note(
                            code, source: .envoy,
                            text:
                                "\(facts.resource.kind.singular) \(facts.resource.name) asks for the "
                                + "\(kind.singular) \(name), which is not there",
                            resource: Note.Subject(
                                kind: facts.resource.kind, name: facts.resource.name)))
                }
            }
            if let host = facts.plainHost, let port = strict[host] {
                notes.append(
                    Note(
                        .plainToStrict, source: .envoy,
                        text:
                            "cluster \(facts.resource.name) sends plain text, and the workload of "
                            + "\(host) takes mTLS alone on port \(port)",
                        resource: Note.Subject(kind: .clusters, name: facts.resource.name)))
            }
        }
        return notes + unusedClusters(dump)
    }

    /// The clusters that Istiod sent and that no listener and no route names.
    private func unusedClusters(_ dump: ConfigDump) -> [Note] {
        guard dump.sections.isSuperset(of: [.listeners, .routes]) else { return [] }
        let named = facts.reduce(into: Set<String>()) { $0.formUnion($1.namedClusters) }
        let unused = dump.resources(.clusters, .active).map(\.name).filter { name in
            // A gateway takes these by the server's name alone.
            !named.contains(name) && name.contains("|") && !name.hasPrefix("outbound_.")
        }
        guard !unused.isEmpty else { return [] }
        var note = Note(
            .unusedCluster, source: .envoy,
            text: unused.count == 1
                ? "no route and no listener sends to the cluster \(unused[0])"
                : "no route and no listener sends to \(unused.count) clusters: "
                    + NameList.text(unused.sorted(), limit: 4))
        note.resource = unused.count == 1 ? Note.Subject(kind: .clusters, name: unused[0]) : nil
        return [note]
    }
}

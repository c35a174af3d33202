internal import EnvoyConfig
internal import Reporting

extension SectionExplainer {
    /// What waits in Envoy before it is used, clusters that are not EDS first: EDS clusters wait
    /// for them. A cluster or listener that was put to use without its secret, when the time for
    /// fetching it was over, still waits for it.
    func warmingNotes() throws(ConfigDumpError) -> [Note] {
        guard section.kind == .clusters || section.kind == .listeners else { return [] }
        let waiting = readable(section.kind, .warming)
        let missing = try missingSecrets()
        var causes: [Note] = []
        var effects: [Note] = []
        for resource in waiting {
            let value = try envoyReader.canonicalValue(of: resource)
            let isEDS = value["type"]?.stringValue == "EDS"
            let secrets = TreeSearch.held(value, of: missing).sorted()
            let text = "\(resource.name) is not in use yet: \(reason(value, secrets: secrets))"
            var note = note(.warming, .envoy, text, resource.name)
            note.offense = offense(resource, value, secrets)
            if isEDS && secrets.isEmpty { effects.append(note) } else { causes.append(note) }
        }
        causes += try inUseWithout(missing, except: Set(waiting.map(\.name)))
        return causes + shortened(effects, hasCause: !causes.isEmpty)
    }

    /// What was put to use without its secret: a note for each, or for all that lack the same.
    private func inUseWithout(
        _ missing: Set<String>, except waiting: Set<String>
    ) throws(ConfigDumpError) -> [Note] {
        guard !missing.isEmpty else { return [] }
        var users: [[String]: [String]] = [:]
        for resource in readable(section.kind, .active)
        where !waiting.contains(resource.name) {
            let value = try envoyReader.canonicalValue(of: resource)
            let secrets = TreeSearch.held(value, of: missing).sorted()
            if !secrets.isEmpty { users[secrets, default: []].append(resource.name) }
        }
        return users.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { secrets, names in
            let reason = secretReason(secrets)
            if names.count > SectionExplainer.listed {
                let text =
                    "\(names.count) are in use without their secret: \(list(names)): \(reason)"
                var note = note(.warming, .envoy, text, nil)
                note.offense = Note.Offense(
                    kind: section.kind, names: names, values: SecretName.values(secrets))
                return [note]
            }
            return names.map { name in
                var note = note(
                    .warming, .envoy, "\(name) is in use without its secret: \(reason)", name)
                note.offense = Note.Offense(
                    kind: section.kind, names: [name], values: SecretName.values(secrets))
                return note
            }
        }
    }

    private func secretReason(_ secrets: [String]) -> String {
        let waits =
            secrets.count == 1
            ? "Envoy waits for the secret \(secrets[0])"
            : "Envoy waits for the secrets \(list(secrets))"
        // The log does not say which one.
        guard let refused = log[.secrets] else { return waits }
        return "\(waits); it refused a secret: \(RejectionText.line(refused))"
    }

    /// The secrets that have not arrived. The proxy's own are an effect where a cluster waits for
    /// something else, such as DNS: Envoy asks for them later.
    private func missingSecrets() throws(ConfigDumpError) -> Set<String> {
        let missing = Set(
            envoy.resources(.secrets, .warming)
                .filter { $0.versionInfo == "uninitialized" }.map(\.name))
        let others = missing.subtracting(["default", "ROOTCA"])
        guard others.count < missing.count else { return others }
        for cluster in readable(.clusters, .warming)
        where try envoyReader.canonicalValue(of: cluster)["type"]?.stringValue != "EDS" {
            return others
        }
        return missing
    }

    /// What a resource waits for, by which the object is searched that asks for it.
    private func offense(
        _ resource: Resource, _ value: CanonicalValue, _ secrets: [String]
    ) -> Note.Offense? {
        var values = SecretName.values(secrets)
        if section.kind == .listeners, secrets.isEmpty {
            values.formUnion(
                missing(.ecds, of: TreeSearch.discovered("configDiscovery", "name", in: value)))
        }
        guard section.kind == .listeners || !secrets.isEmpty else {
            values.formUnion(TreeSearch.hosts(in: value))
            return values.isEmpty
                ? nil : Note.Offense(kind: section.kind, names: [resource.name], values: values)
        }
        return Note.Offense(kind: section.kind, names: [resource.name], values: values)
    }

    private func shortened(_ effects: [Note], hasCause: Bool) -> [Note] {
        guard effects.count > SectionExplainer.listed else { return effects }
        let names = effects.compactMap(\.resource?.name)
        let why = hasCause ? "behind these" : "for their endpoints"
        return [
            note(.warming, .envoy, "\(names.count) others wait \(why): \(list(names))", nil)
        ]
    }

    private func reason(_ value: CanonicalValue, secrets: [String]) -> String {
        if !secrets.isEmpty { return secretReason(secrets) }
        guard section.kind == .clusters else { return listenerReason(value) }
        switch value["type"]?.stringValue {
        case "EDS": return "Envoy waits for its endpoints"
        case "STRICT_DNS", "LOGICAL_DNS":
            let hosts = TreeSearch.hosts(in: value)
            return "DNS has not answered for \(hosts.isEmpty ? "its host" : list(hosts))"
        default: return "it is not initialized yet"
        }
    }

    /// A listener waits for the extensions and route configurations that it takes over xDS.
    private func listenerReason(_ value: CanonicalValue) -> String {
        let extensions = missing(
            .ecds, of: TreeSearch.discovered("configDiscovery", "name", in: value))
        if !extensions.isEmpty {
            return extensions.count == 1
                ? "Envoy waits for the extension \(extensions[0])"
                : "Envoy waits for the extensions \(list(extensions))"
        }
        let routes = missing(.routes, of: TreeSearch.texts(under: "routeConfigName", in: value))
        if !routes.isEmpty {
            return routes.count == 1
                ? "Envoy waits for the route configuration \(routes[0])"
                : "Envoy waits for the route configurations \(list(routes))"
        }
        return "Envoy waits for something that it refers to, which the dump does not name"
    }

    /// Which of these names no resource in use has, each once.
    private func missing(_ kind: ResourceKind, of names: [String]) -> [String] {
        let known = Set(envoy.resources(kind, .active).map(\.name))
        var missing: [String] = []
        for name in names where !known.contains(name) && !missing.contains(name) {
            missing.append(name)
        }
        return missing
    }

    func drainingNotes() -> [Note] {
        let names = Set(differing)
        return envoy.resources(section.kind, .draining).filter { names.contains($0.name) }
            .map { resource in
                note(
                    .draining, .envoy,
                    "an older \(resource.name) still serves its last connections",
                    resource.name)
            }
    }
}

extension TreeSearch {
    /// The texts under one key of the objects that have another one.
    static func discovered(_ mark: String, _ key: String, in value: CanonicalValue) -> [String] {
        switch value {
        case .literal, .string: []
        case .list(let elements): elements.flatMap { discovered(mark, key, in: $0) }
        case .object(let members):
            (value[mark] == nil ? [] : [value[key]?.stringValue].compactMap { $0 })
                + members.flatMap { discovered(mark, key, in: $0.value) }
        }
    }

    /// The host names of a cluster's endpoints.
    static func hosts(in value: CanonicalValue) -> [String] {
        switch value {
        case .literal, .string: []
        case .list(let elements): elements.flatMap(hosts)
        case .object(let members):
            members.flatMap { member in
                if member.key == "socketAddress" {
                    return [member.value["address"]?.stringValue].compactMap { $0 }
                }
                return hosts(in: member.value)
            }
        }
    }
}

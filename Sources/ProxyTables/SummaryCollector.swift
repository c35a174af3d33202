internal import Certificates
internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// Makes rows of the entries of a capture while they pass.
struct SummaryCollector {
    private(set) var summary = ProxySummary()
    let wanted: Set<CapturedKind>
    private let readsWhole: Bool
    private var lastKind: CapturedKind?
    private var lastTime = ""
    /// Whose endpoints stand where in the summary.
    private var assignments: [Assignment] = []

    private struct Assignment {
        var cluster: String
        var isFixed: Bool
        var endpoints: Range<Int>
    }

    /// The certificates of `/certs` that were taken: path and serial number.
    private var certificates: Set<String> = []
    /// The types that were noted.
    private var unknownTypes: Set<String> = []
    /// The members of sections that were noted.
    private var unknownMembers: Set<String> = []

    init(_ wanted: Set<CapturedKind>, readsWhole: Bool) {
        self.wanted = wanted
        self.readsWhole = readsWhole
    }

    /// Whether entries of a kind are read.
    func wants(_ kind: CapturedKind) -> Bool { wanted.contains(kind) }

    /// Which of their fields are read.
    func projection(of kind: CapturedKind) -> Projection {
        readsWhole ? .whole : Projection.views[kind] ?? .whole
    }

    /// The capture has entries of a kind, wanted or not, or an empty section for them.
    mutating func begin(_ kind: CapturedKind) {
        summary.kinds.insert(kind)
        lastKind = kind
    }

    /// A scalar of the capture itself or of a section; nil for one that is no string.
    mutating func note(key: String, _ text: String?) {
        guard let text else { return }
        if key == "lastUpdated", lastKind == .bootstrap { summary.bootstrapUpdated = text }
        if key == "version", wants(.serverInfo) {
            summary.kinds.insert(.serverInfo)
            summary.versions.note(serverVersion: text)
        }
    }

    /// A `last_updated` of the capture.
    mutating func note(time text: String) {
        guard text != lastTime else { return }
        lastTime = text
        guard let time = ClockTime.seconds(text) else { return }
        summary.newestTime = max(time, summary.newestTime ?? time)
    }

    /// The next entry.
    mutating func take(_ entry: CapturedEntry) {
        noteUnknownTypes(entry)
        guard let body = entry.body else { return passOver(entry) }
        let place = entry.place
        switch place.kind {
        case .clusters:
            summary.clusters.append(ClusterSummary(Cluster(body), place))
        case .listeners:
            summary.listeners.append(ListenerSummary(Listener(body), place))
        case .routes:
            summary.routes.append(RouteSummary(RouteConfiguration(body), place))
        case .endpoints:
            let assignment = LoadAssignment(body)
            let start = summary.endpoints.count
            summary.endpoints += EndpointSummary.summaries(assignment, place)
            assignments.append(
                Assignment(
                    cluster: assignment.clusterName, isFixed: place.state == .fixed,
                    endpoints: start..<summary.endpoints.count))
        case .secrets:
            summary.secrets += SecretSummary.summaries(entry)
            summary.secretPlaces.append(place)
        case .certificates:
            // Envoy lists a certificate once for each TLS context that holds it.
            for secret in SecretSummary.summaries(certificates: entry)
            where certificates.insert(secret.name + (secret.certificate?.serialNumber ?? ""))
                .inserted
            {
                summary.secrets.append(secret)
            }
            summary.secretPlaces.append(place)
        case .ecds:
            summary.extensions.append(ExtensionSummary(Extension(body), place))
        case .bootstrap:
            summary.bootstrap = place
            if let node = Bootstrap(body).node { summary.versions = ProxyVersions(node) }
        case .clusterStatus:
            takeClusterStatus(body, place)
        case .serverInfo:
            let known = summary.versions.envoy
            summary.versions = ProxyVersions(Node(body))
            summary.versions.envoy = known ?? summary.versions.envoy
        }
    }

    private mutating func takeClusterStatus(_ status: CanonicalValue, _ place: CapturedPlace) {
        summary.clusterStatuses.append(place)
        let name = status["name"]?.stringValue ?? ""
        for host in status["hostStatuses"]?.elements ?? [] {
            summary.hosts.append(HostSummary(host, cluster: name, place))
        }
    }

    /// A member of the current section that no row is made of. `dynamic_warming_clusters` is one; what
    /// is not known is named.
    mutating func passOver(member key: String) {
        guard let lastKind, wants(lastKind), let kind = lastKind.resourceKind else { return }
        summary.unshownKinds.insert(lastKind)
        guard !["dynamic_warming_clusters", "dynamicWarmingClusters"].contains(key),
            unknownMembers.insert(key).inserted,
            unknownMembers.count <= SummaryCollector.listedMembers
        else { return }
        summary.notes.append(
            Note(
                .passedOver, source: .drydock,
                text: "not shown: \(key), a member of \(kind.sectionName) that is not known"))
    }

    private static let listedMembers = 10

    /// A line of `/clusters` in text that is not like the others.
    mutating func passOver(lines count: Int, first: (number: Int, text: String)) {
        summary.notes.append(
            Note(
                .passedOver, source: .drydock,
                text: (count == 1
                    ? "line \(first.number) is not as Envoy prints it"
                    : "\(count) lines are not as Envoy prints them, the first is line \(first.number)")
                    + " and was passed over; was the capture cut off? \(first.text)"))
    }

    /// An entry without its resource. A listener that is only warming, draining or rejected is none.
    private mutating func passOver(_ entry: CapturedEntry) {
        summary.unshownKinds.insert(entry.place.kind)
        if entry.place.kind == .secrets {
            summary.secrets += SecretSummary.summaries(entry)
            summary.secretPlaces.append(entry.place)
        }
        let name = entry.value["name"]?.stringValue ?? ""
        let states = ["errorState", "warmingState", "drainingState"]
        if entry.place.kind == .listeners, entry.value["activeState"] == nil,
            states.contains(where: { entry.value[$0] != nil })
        {
            noteRejection(name, entry.value["errorState"])
            return
        }
        let kind = entry.place.kind.resourceKind
        summary.notes.append(
            Note(
                .missingBody, source: .envoy,
                text: "an entry of the \(kind?.rawValue ?? "capture") has no body: "
                    + (name.isEmpty ? "it has no name either" : name),
                resource: kind.map { Note.Subject(kind: $0, name: name) }))
    }

    /// A listener that Envoy refused and that is not in use: its row is missing for a reason. Envoy
    /// lists it once more without its name.
    private mutating func noteRejection(_ name: String, _ failure: CanonicalValue?) {
        guard let failure, !name.isEmpty else { return }
        let reason = RejectionText.line(failure["details"]?.stringValue ?? "")
        summary.notes.append(
            Note(
                .rejected, source: .envoy,
                text: "the listener \(name) was rejected by Envoy and is not in use: \(reason)",
                resource: Note.Subject(kind: .listeners, name: name)))
    }

    private mutating func noteUnknownTypes(_ entry: CapturedEntry) {
        for remark in entry.remarks where remark.code == .unknownType {
            guard unknownTypes.insert(remark.detail).inserted else { continue }
            summary.notes.append(
                Note(
                    .unknownType, source: .drydock,
                    text: "the type \(remark.detail) is not known: it is shown as it stands"))
        }
    }

    /// The rows in the tables' orders.
    consuming func finish() -> ProxySummary {
        summary.clusters = summary.clusters.sorted(byKeys: {
            ClusterNameParts.appendKey($0.name, $0.parts, to: &$1)
        })
        let isFixed: (ListenerSummary) -> Bool = { $0.place.state == .fixed }
        summary.listeners =
            (summary.listeners.filter { !isFixed($0) } + summary.listeners.filter(isFixed))
            .sorted(byKeys: { $0.appendKey(to: &$1) })
        summary.routes = RouteSummary.sorted(summary.routes)
        summary.endpoints = sortedEndpoints()
        summary.hosts = summary.hosts.sorted(byKeys: { $0.appendKey(to: &$1) })
        summary.secrets = SecretSummary.sorted(summary.secrets)
        summary.extensions = summary.extensions.sorted(byKeys: {
            $1.append($0.type)
            $1.append($0.name)
        })
        return summary
    }

    /// The endpoints in the order of the clusters' table, those of one load assignment as in the
    /// dump. Of two load assignments of one name the active one comes first.
    private func sortedEndpoints() -> [EndpointSummary] {
        var keys = SortKeys()
        for assignment in assignments {
            ClusterNameParts.appendKey(
                assignment.cluster, ClusterNameParts(assignment.cluster), to: &keys)
            keys.append(assignment.isFixed ? 1 : 0)
            keys.endRow()
        }
        var sorted: [EndpointSummary] = []
        sorted.reserveCapacity(summary.endpoints.count)
        for place in keys.order() { sorted += summary.endpoints[assignments[place].endpoints] }
        return sorted
    }
}

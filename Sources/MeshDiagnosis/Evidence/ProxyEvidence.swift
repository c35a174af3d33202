internal import DrydockDiff
internal import EnvoyConfig
internal import SupportBundles

/// What a bundle holds of one proxy, put side by side.
package struct ProxyEvidence: Sendable {
    /// `POD.NAMESPACE`.
    package let name: String
    /// Its own captures; nil where only an Istiod speaks of it.
    let capture: ProxyCapture?
    /// Envoy's dump and Istiod's dump of it.
    private(set) var envoy: ConfigDump?
    private(set) var istiodDump: ConfigDump?
    /// Whether Istiod's dump is there with all its bytes.
    private var holdsWhole = false
    /// What Istiod says of it.
    let status: ProxySyncStatus?
    /// Whether some Istiod's sync status was captured, so that a proxy in none is connected to none.
    let isStatusKnown: Bool
    /// The Istiods whose sync status is not known.
    let silentIstiods: [IstiodCapture]
    let grace: Double
    let newestTime: CaptureTime?
    let hasClock: Bool
    /// What it refused, by the log of an Istiod.
    let istiodRejections: [ResourceKind: LoggedRejection]

    /// Every proxy of a bundle, sorted by name.
    static func all(in bundle: SupportBundle, grace: Double) -> [ProxyEvidence] {
        let statuses = MergedSyncStatus(bundle.istiods.compactMap(\.syncStatus))
        let captured = Set(bundle.proxies.map(\.name))
        let silent = bundle.istiods.filter { $0.syncStatus == nil && !$0.pod.isEmpty }
        let connected = silent.flatMap(\.connections)
        let others = Set(statuses.proxies.keys).union(connected).subtracting(captured)
        let all: [(name: String, capture: ProxyCapture?)] =
            bundle.proxies.map { ($0.name, $0) } + others.map { ($0, nil) }
        let sorted = all.sorted {
            ($0.capture?.displayName ?? $0.name) < ($1.capture?.displayName ?? $1.name)
        }
        return sorted.map { name, capture in
            ProxyEvidence(
                name: name, capture: capture, envoy: capture?.dump,
                istiodDump: bundle.istiodIndex(of: name)?.dump, status: statuses.proxies[name],
                isStatusKnown: bundle.istiods.contains { $0.syncStatus != nil }
                    // What breaks off may have held the one that knows it.
                    && bundle.interruption == nil,
                silentIstiods: silent, grace: grace, newestTime: bundle.newestTime,
                hasClock: bundle.hasClock,
                istiodRejections: bundle.istiods.reduce(into: [:]) { all, istiod in
                    all.merge(istiod.rejections[name] ?? [:]) { first, _ in first }
                })
        }
    }

    /// The same with bytes of its dumps.
    func holding(_ parts: [String: DumpParts]) -> ProxyEvidence {
        var evidence = self
        evidence.envoy = envoy.map { dump in parts[dump.source].map(dump.holding) ?? dump }
        // One that was read as a whole needs no parts.
        evidence.istiodDump = istiodDump.map { dump in
            holdsWhole ? dump : parts[dump.source].map(dump.holding) ?? dump
        }
        return evidence
    }

    /// The same with Istiod's dump as a whole.
    func holding(istiodDump: ConfigDump) -> ProxyEvidence {
        var evidence = self
        evidence.istiodDump = istiodDump
        evidence.holdsWhole = true
        return evidence
    }

    /// Whether endpoints were refused: the index of a bundle leaves them out, since nothing else asks for
    /// them, and only Istiod's dump as a whole tells whose they were.
    var lacksEndpoints: Bool {
        guard istiodDump != nil, let type = status?[.endpoints] else { return false }
        return type.lastError != nil || type.state == .stale && loggedRejections[.endpoints] != nil
    }

    // MARK: - What the index tells

    /// Whether a moment is so late that what began then may be under way. Where nothing tells when the
    /// bundle was captured nothing is: the last push would always be the newest time.
    func isRecent(_ text: String?) -> Bool {
        guard hasClock, let newestTime, let time = text.flatMap({ CaptureTime($0) }) else {
            return false
        }
        return newestTime.seconds(since: time) < grace
    }

    /// The types that were sent and not acknowledged, and not just now.
    var staleKinds: [ResourceKind] {
        staleTypes { !isRecent($0.sentTime) }
    }

    /// The types whose push is under way.
    var pushedKinds: [ResourceKind] {
        staleTypes { isRecent($0.sentTime) }
    }

    private func staleTypes(
        where isMeant: (ProxySyncStatus.TypeStatus) -> Bool
    ) -> [ResourceKind] {
        guard let status else { return [] }
        return ProxySyncStatus.typeNames.map(\.kind).filter {
            status[$0].state == .stale && isMeant(status[$0]) && !isHeldUnacknowledged($0, status)
        }
    }

    /// Istio 1.22 never notes the acknowledgement of RDS: the proxy holds what was sent all the same, by
    /// Istiod's dump, or where its routes are as new as the last push.
    private func isHeldUnacknowledged(_ kind: ResourceKind, _ status: ProxySyncStatus) -> Bool {
        guard kind == .routes, status[kind].acked?.isEmpty ?? false, let envoy else { return false }
        if let istiodDump {
            return ResourceDelta(kind, from: istiodDump, to: envoy).isEmpty
        }
        guard let sent = status[kind].sentTime.flatMap({ CaptureTime($0) }) else { return false }
        let updated = envoy.resources(kind, .active).compactMap { $0.lastUpdated }
            .compactMap { CaptureTime($0) }.max()
        return updated.map { $0.seconds(since: sent) > -1 } ?? false
    }

    /// How the dumps differ, by fingerprints; nil without both.
    var drift: [ResourceDelta]? {
        guard let envoy, let istiodDump else { return nil }
        return ResourceDelta.kinds.map { ResourceDelta($0, from: istiodDump, to: envoy) }
    }

    /// What waits in Envoy, and not since just now.
    func warming(_ kind: ResourceKind) -> [Resource] {
        envoy?.resources(kind, .warming).filter { !isRecent($0.lastUpdated) } ?? []
    }

    /// Whether a secret that something refers to has not arrived.
    var lacksSecrets: Bool {
        envoy?.resources(.secrets, .warming).contains { $0.versionInfo == "uninitialized" } ?? false
    }

    /// Whether it is connected to an Istiod; nil if that is not known.
    var isConnected: Bool? {
        if status != nil { return true }
        // One whose sync status is not known may be connected to it.
        let isOpen = silentIstiods.contains {
            $0.connections.isEmpty || $0.connections.contains(name)
        }
        return isStatusKnown && !isOpen ? false : nil
    }

    /// The proxy without its causes.
    func report() -> ProxyReport {
        let parts = name.split(separator: ".", maxSplits: 1)
        let node = capture?.node
        var report = ProxyReport(
            name: name, workload: node?.workload,
            namespace: node?.namespace ?? capture?.namespace
                ?? (parts.count > 1 ? String(parts[1]) : ""))
        report.istioVersion = node?.istioVersion ?? status?.istioVersion
        report.envoyVersion = node?.envoyVersion
        report.isConnected = isConnected
        report.istiod =
            status?.istiod ?? silentIstiods.first { $0.connections.contains(name) }?.pod
        report.file = capture?.file
        report.isZtunnel = capture?.isZtunnel ?? false
        report.certificateEnd = capture?.certificate.map { ClockTime.text(Int($0.end.seconds)) }
        report.sync = status
        report.dump = dumpSummary
        report.drift = drift
        return report
    }

    private var dumpSummary: ProxyReport.Dump? {
        guard let envoy else {
            guard capture?.dumpError != nil else { return nil }
            return ProxyReport.Dump(isReadable: false, counts: [:], warming: 0, rejected: 0)
        }
        var counts: [ResourceKind: Int] = [:]
        for kind in ResourceDelta.kinds { counts[kind] = envoy.resources(kind, .active).count }
        let waiting = envoy.resources(.clusters, .warming) + envoy.resources(.listeners, .warming)
        let rejected = Set(envoy.resources.filter { $0.state == .rejected }.map(\.name))
        return ProxyReport.Dump(
            isReadable: true, counts: counts, warming: waiting.count, rejected: rejected.count)
    }

    // MARK: - What has to be read again

    /// The bodies that the causes are found in; nil if the index tells that there is nothing to
    /// explain.
    func request() -> BodyRequest? {
        var request = BodyRequest()
        let hasError = status?.types.values.contains { $0.lastError != nil } ?? false
        if let istiodDump, envoy == nil {
            guard hasError || capture?.dumpError != nil else { return nil }
            request.add(istiodDump.resources, of: istiodDump)
        }
        if let envoy, let drift {
            let names = Dictionary(uniqueKeysWithValues: drift.map { ($0.kind, Set($0.names)) })
            for dump in [envoy, istiodDump].compactMap({ $0 }) {
                request.add(
                    dump.resources.filter { names[$0.kind]?.contains($0.name) ?? false }, of: dump)
            }
        }
        if let envoy {
            let kinds: [ResourceKind] = [.clusters, .listeners]
            let isWaiting =
                lacksSecrets || kinds.contains { !envoy.resources($0, .warming).isEmpty }
            if isWaiting {
                request.add(
                    envoy.resources.filter {
                        kinds.contains($0.kind)
                            && ($0.state == .warming || $0.state == .active && lacksSecrets)
                    }, of: envoy)
            }
        }
        let isOutOfStep =
            hasError || capture?.dumpError != nil || isConnected == false || !staleKinds.isEmpty
            || envoy?.resources.contains { $0.state == .rejected } ?? false
        let hasDefects = [envoy, istiodDump].contains { !($0?.defects.isEmpty ?? true) }
        return request.length > 0 || isOutOfStep || hasDefects ? request : nil
    }

    /// All bodies of its dumps that the index kept.
    func wholeRequest() -> BodyRequest {
        var request = BodyRequest()
        for dump in [envoy, istiodDump].compactMap({ $0 }) {
            request.add(dump.resources, of: dump)
        }
        return request
    }
}

/// Resources whose bodies are to be read a second time.
struct BodyRequest: Sendable {
    /// Where they stand, by the entry of the dump.
    private(set) var ranges: [String: [Range<Int>]] = [:]
    /// How many bytes they have.
    private(set) var length = 0

    mutating func add(_ resources: some Sequence<Resource>, of dump: ConfigDump) {
        for resource in resources where !resource.range.isEmpty {
            ranges[dump.source, default: []].append(resource.range)
            length += resource.range.count
        }
    }
}

public import EnvoyConfig
internal import Reporting

/// What is known apart from the two dumps.
public struct Evidence: Sendable {
    /// The sync status of each Istiod.
    public var syncStatuses: [SyncStatus]
    /// The proxy of the dumps, `POD.NAMESPACE`; nil to take it from Envoy's dump.
    public var proxy: String?
    /// What else is known of its rejections.
    package var rejections = RejectionSource()

    /// Makes evidence.
    public init(syncStatuses: [SyncStatus] = [], proxy: String? = nil) {
        self.syncStatuses = syncStatuses
        self.proxy = proxy
    }
}

extension Comparison {
    /// The comparison with the reasons that the dumps and the evidence hold, causes before effects:
    /// what Envoy rejected, what waits for it, what is warming or draining, what was not
    /// acknowledged.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    /// - Complexity: linear in what differs.
    public func explained(by evidence: Evidence = Evidence()) throws(ConfigDumpError) -> Comparison
    {
        var explained = self
        let proxy =
            evidence.proxy ?? self[envoySide].proxyName ?? self[envoySide.other].proxyName
        let known = proxy.map { name in evidence.syncStatuses.compactMap { $0[name] } } ?? []
        // A capture of one proxy is about this one.
        let only = evidence.syncStatuses.flatMap(\.proxies)
        let status = known.first ?? (proxy == nil && only.count == 1 ? only.first : nil)
        if let proxy, status == nil, !evidence.syncStatuses.isEmpty {
            explained.notes.insert(
                Note(
                    .disconnected, source: .istiod,
                    text: "no Istiod knows the proxy \(proxy): it keeps the configuration it had"),
                at: 0)
        }
        for index in explained.sections.indices {
            let explainer = SectionExplainer(
                self, explained.sections[index], status, log: evidence.rejections)
            explained.sections[index].attach(try explainer.explanation().notes)
        }
        explained.uncompared +=
            UncomparedTrouble(explained, status, log: evidence.rejections).notes
        return explained
    }
}

extension Comparison {
    /// The reasons for the differences of one kind, unattached.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    package func explanation(
        of section: SectionComparison, status: ProxySyncStatus?, log: RejectionSource
    ) throws(ConfigDumpError) -> SectionExplanation {
        try SectionExplainer(self, section, status, log: log).explanation()
    }
}

extension SectionComparison {
    /// Puts the causes first; a resource that differs bears what is about it.
    fileprivate mutating func attach(_ causes: [Note]) {
        notes = causes + notes
        for index in changed.indices {
            let name = changed[index].name
            changed[index].notes += notes.filter { $0.resource?.name == name }
        }
    }
}

internal import StrictJSON

/// A captured config dump of an Envoy or of Istiod: an index of its resources, without their text.
///
/// Reading it is one pass; memory grows with the number of resources, not with the bytes. A
/// resource's canonical form is parsed anew from the dump when it is asked for.
///
/// - Note: A `version_info` is not a proof of sync: it advances when any resource of a push was
///   accepted, and is absent under Istio's delta protocol.
public struct ConfigDump: Sendable {
    /// The name of the dump in errors: a file's path, or what the caller chose.
    public let source: String
    /// Which sections the dump has.
    public let sections: Set<ResourceKind>
    /// Every resource, in the dump's order.
    public let resources: [Resource]
    /// What is odd about the dump.
    public let irregularities: [Irregularity]
    /// The resources that cannot be read, in the dump's order: reading one again throws its error.
    public let defects: [ResourceDefect]
    /// The members that nobody knows, and that are therefore not compared.
    public let unreadMembers: [UnreadMember]
    /// What stands around the dump in its file and was passed over, such as a line of `kubectl`, a
    /// sentence each.
    public let warnings: [String]
    /// What the resources are where the capture is a list of them, as `drydock` and `istioctl
    /// proxy-config` print one with `-o json`: it can be compared with another such list. Nil for a
    /// config dump.
    package let listedKind: ResourceKind?
    /// Whose dump it is.
    public let origin: Origin
    /// The node of the bootstrap, of a dump that was indexed for it, and the node's id of any.
    package let node: CanonicalValue?
    package let nodeID: String?

    private let edsAssignments: [String]
    let storage: DumpStorage?
    let limits: JSONLimits
    /// The trees that were used last.
    let trees: TreeCache

    init(
        source: String, index: IndexBuilder, outcome: CaptureOutcome,
        storage: DumpStorage?, limits: JSONLimits
    ) {
        self.source = source
        warnings = outcome.warnings
        sections = index.sections
        resources = index.resources
        irregularities = index.irregularities
        defects = outcome.shape.defects.enumerated().map { number, draft in
            draft.defect(named: index.defectNames[number] ?? "", source: source)
        }
        unreadMembers = outcome.shape.unread.members
        listedKind = outcome.shape.listedKind
        origin = Origin(index)
        node = index.node
        nodeID = index.nodeID
        edsAssignments = index.edsAssignments
        trees = TreeCache()
        self.storage = storage
        self.limits = limits
    }

    /// The index alone, in no more memory than it needs: no resource can be read again.
    package func compacted() -> ConfigDump {
        var exact: [Resource] = []
        exact.reserveCapacity(resources.count)
        exact.append(contentsOf: resources)
        return ConfigDump(copying: self, resources: exact, storage: nil)
    }

    /// The dump with a part of its bytes, whose resources can be read again.
    package func holding(_ parts: DumpParts) -> ConfigDump {
        ConfigDump(copying: self, resources: resources, storage: .parts(parts))
    }

    /// The dump with its bytes in another place; nil for the index alone.
    func stored(in storage: DumpStorage?) -> ConfigDump {
        ConfigDump(copying: self, resources: resources, storage: storage)
    }

    private init(
        copying dump: ConfigDump, resources: [Resource], storage: DumpStorage?
    ) {
        source = dump.source
        sections = dump.sections
        self.resources = resources
        irregularities = dump.irregularities
        defects = dump.defects
        unreadMembers = dump.unreadMembers
        warnings = dump.warnings
        listedKind = dump.listedKind
        origin = dump.origin
        node = dump.node
        nodeID = dump.nodeID
        edsAssignments = dump.edsAssignments
        limits = dump.limits
        trees = dump.trees
        self.storage = storage
    }

    /// The resources of one kind that are compared: dynamic and active, sorted bytewise by name,
    /// those of one name in the dump's order. Endpoints are those of EDS clusters alone, where the
    /// dump tells which these are.
    ///
    /// - Complexity: O(*n* log *n*).
    public func compared(_ kind: ResourceKind) -> [Resource] {
        let isFiltered =
            kind == .endpoints
            && resources.contains {
                $0.kind == .clusters && $0.state == .active
            }
        let assignments = Set(isFiltered ? edsAssignments : [])
        let found = resources.filter {
            $0.kind == kind && $0.state == .active
                && (!isFiltered || assignments.contains($0.name))
        }
        return found.enumerated().sorted {
            let (first, second) = (ExactText($0.element.name), ExactText($1.element.name))
            return first == second ? $0.offset < $1.offset : first < second
        }.map(\.element)
    }

    /// The resources of one kind and state, in the dump's order.
    public func resources(_ kind: ResourceKind, _ state: ResourceState) -> [Resource] {
        resources.filter { $0.kind == kind && $0.state == state }
    }

    /// A reader of this dump's resources.
    package func makeReader() -> ResourceReader {
        ResourceReader(self, keepsTrees: false)
    }

    /// A reader whose trees other readers of this dump will ask for.
    package func makeKeepingReader() -> ResourceReader {
        ResourceReader(self, keepsTrees: true)
    }

    /// The canonical form of a resource's body, parsed anew from the dump.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: linear in the body's length; for many resources a `ResourceReader` is faster.
    public func canonicalValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        try makeReader().canonicalValue(of: resource)
    }

    /// What is wrong with a resource; nil for one that can be read.
    ///
    /// - Complexity: O(log *n*) in the number of defects.
    public func defect(of resource: Resource) -> ResourceDefect? {
        var range = 0..<defects.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let start = defects[middle].start
            if start == resource.range.lowerBound { return defects[middle] }
            range =
                start < resource.range.lowerBound
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// Checks that the resources of a kind that are compared can be read.
    ///
    /// - Throws: `ConfigDumpError`, located, of the first that cannot.
    package func requireReadable(_ kind: ResourceKind) throws(ConfigDumpError) {
        guard defects.contains(where: { $0.kind == kind && $0.state == .active }) else { return }
        let compared = Set(compared(kind).map(\.range.lowerBound))
        let isCompared = { (defect: ResourceDefect) in
            defect.isWholeList ? defect.kind == kind : compared.contains(defect.start)
        }
        if let defect = defects.first(where: isCompared) {
            throw defect.error
        }
    }
}

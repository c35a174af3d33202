internal import StrictJSON

/// Puts the index of a dump together of the entries that pass.
final class IndexBuilder: CaptureSink {
    private(set) var sections: Set<ResourceKind> = []
    private(set) var resources: [Resource] = []
    private(set) var irregularities: [Irregularity] = []
    /// The load assignments that belong to active EDS clusters.
    private(set) var edsAssignments: [String] = []
    /// The names of the resources that cannot be read, by the numbers of their defects.
    private(set) var defectNames: [Int: String] = [:]
    /// The node of the bootstrap, and whether that holds anything.
    private(set) var node: CanonicalValue?
    private(set) var nodeID: String?
    private(set) var hasBootstrap: Bool?

    private let options: IndexOptions
    private let observer: ((Resource, CanonicalValue?) -> Void)?
    private var lastCircumstances: ResourceRecord.Circumstances?

    init(
        _ options: IndexOptions, _ observer: ((Resource, CanonicalValue?) -> Void)? = nil
    ) {
        self.options = options
        self.observer = observer
    }

    // MARK: - What is read

    func reading(of list: CaptureList, _ state: ResourceState) -> BodyReading {
        guard let kind = list.resourceKind else { return .skip }
        if options.leftOut.contains(kind) { return .skip }
        return options.fields[kind].map(BodyReading.fingerprintAndTree) ?? .fingerprint
    }

    func takesEntries(of list: CaptureList) -> Bool {
        list.resourceKind.map { !options.leftOut.contains($0) } ?? false
    }

    func begin(_ kind: CapturedKind) {
        if let kind = kind.resourceKind { sections.insert(kind) }
    }

    func note(serverVersion: String) {}
    func note(sectionUpdated: String, _ kind: CapturedKind?) {}

    // MARK: - Entries

    func take(_ entry: CapturedEntry) {
        guard let kind = entry.list.resourceKind, !options.leftOut.contains(kind) else { return }
        if kind == .bootstrap { return takeBootstrap(entry) }
        if entry.isStray { return remark(entry, nil, "an entry that is not an object") }
        for state in entry.emptyStates { remark(entry, state, "a state without its listener") }
        if entry.bodies.isEmpty, entry.emptyStates.isEmpty {
            remark(entry, nil, "an entry without its body")
        }
        for body in entry.bodies { add(body, kind, of: entry) }
    }

    private func takeBootstrap(_ entry: CapturedEntry) {
        guard let body = entry.bodies.first else { return }
        node = body.fields?["node"]
        nodeID = body.nodeID
        // An empty message is one line.
        if case .fingerprint(_, lines: 1) = body.content {
            hasBootstrap = false
        } else {
            hasBootstrap = true
        }
        add(body, .bootstrap, of: entry)
    }

    private func remark(
        _ entry: CapturedEntry, _ state: ResourceState?, _ detail: String
    ) {
        guard let kind = entry.list.resourceKind else { return }
        irregularities.append(
            Irregularity(
                code: .missingBody, kind: kind, state: state ?? entry.list.state,
                name: entry.name ?? "", detail: detail))
    }

    private func add(
        _ body: CapturedBody, _ kind: ResourceKind, of entry: CapturedEntry
    ) {
        var draft = ResourceDraft(kind: kind, state: body.state, name: body.name)
        // A secret goes by the name of its entry.
        if kind == .secrets || draft.name.isEmpty { draft.name = entry.name ?? draft.name }
        draft.typeName = body.typeName
        draft.range = body.range
        draft.versionInfo = body.versionInfo ?? entry.versionInfo
        draft.lastUpdated = body.lastUpdated ?? entry.lastUpdated
        draft.failure = body.failure
        switch body.content {
        case .fingerprint(let fingerprint, let lines):
            draft.fingerprint = fingerprint
            draft.lineCount = lines
        case .broken(let number):
            defectNames[number] = draft.name
        case .tree, .unread:
            break
        }
        let record = ResourceRecord(draft, sharing: lastCircumstances)
        lastCircumstances = record.circumstances
        resources.append(Resource(record))
        observer?(Resource(record), body.fields)
        for remark in body.remarks {
            irregularities.append(
                Irregularity(
                    code: remark.code.irregularity, kind: kind, state: body.state,
                    name: body.name, detail: remark.detail))
        }
        if body.state == .active, let assignment = body.loadAssignment {
            // Mostly the cluster's own name, whose memory it then shares.
            edsAssignments.append(assignment == record.name ? record.name : assignment)
        }
    }
}

extension Projection {
    /// What of a bootstrap tells which proxy it is.
    package static let bootstrapNode = Projection([
        .part("node", nodeParts)
    ])

    /// What of a node tells which proxy it is.
    package static let nodeFields = Projection(nodeParts)

    private static let nodeParts: [Field] = [
        .whole("id"), .whole("metadata"), .whole("user_agent_build_version"),
        .whole("build_version"),
    ]
}

extension CanonicalRemark.Code {
    fileprivate var irregularity: Irregularity.Code {
        switch self {
        case .unknownType: .unknownType
        case .unknownField: .unknownField
        case .misfit: .misfit
        case .oneofConflict: .oneofConflict
        case .redacted: .redacted
        }
    }
}

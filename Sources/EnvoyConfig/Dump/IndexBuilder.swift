internal import StrictJSON

/// Puts the resources of a dump together while its outline passes.
struct IndexBuilder {
    private(set) var sections: Set<ResourceKind> = []
    private(set) var resources: [Resource] = []
    private(set) var irregularities: [Irregularity] = []
    /// The bodies that could not be read, in the dump's order.
    private(set) var defects: [DefectDraft] = []
    private(set) var unread = UnreadMembers()
    /// The load assignments that belong to active EDS clusters.
    private(set) var edsAssignments: [String] = []
    /// Whether the document has `configs` at all. A `?resource=` that found nothing is `{}`.
    var hasConfigs = false
    /// Whether the document has members besides `configs`.
    var hasOtherKeys = false

    /// What the current entry holds; nil outside of one.
    private(set) var kind: ResourceKind?
    private(set) var state = ResourceState.active
    var isEDS = false
    var serviceName: String?

    private var isInSection = false
    private var sectionType: String?
    /// The resources of the current entry.
    private var drafts: [ResourceDraft] = []
    private var lastCircumstances: ResourceRecord.Circumstances?
    private var entryName: String?
    private var entryVersion: String?
    private var entryUpdated: String?
    private var entryHasFailure = false
    private var failure = UpdateFailure(details: "")
    private var failureHasBody = false
    private var stateStart = 0
    private var stateVersion: String?
    private var stateUpdated: String?

    private var bodyState = ResourceState.active
    private var unlocatedDefects = 0
    private var bodyStart = 0
    private var bodyName = ""
    private var bodyType = ""
    private var lastType = RepeatedString()
    private var lastVersion = RepeatedString()
    private var lastTime = RepeatedString()

    // MARK: - Sections

    mutating func beginSection() {
        isInSection = true
        sectionType = nil
        kind = nil
        entryName = nil
        entryVersion = nil
        entryUpdated = nil
        entryHasFailure = false
        seal()
    }

    mutating func endSection() {
        isInSection = false
        let section = sectionType?.split(separator: ".").last.map(String.init)
        let named = section.flatMap(ResourceKind.init(sectionName:))
        if let named { sections.insert(named) }
        let kind = kind ?? named ?? sectionType.flatMap(DumpOutline.item)?.kind
        if kind == nil, let sectionType { unread.note("a section of type \(sectionType)") }
        unread.endSection(kind)
        self.kind = nil
    }

    /// A member that nobody knows where it stands.
    mutating func noteUnread(_ member: String) {
        unread.note(member)
        if !isInSection { unread.endSection(nil) }
    }

    /// Whether a key of a section holds the resource itself: the section is an item of a
    /// `?resource=` answer.
    func isItemBody(_ key: OutlineKey) -> Bool {
        guard kind == nil, let item = sectionType.flatMap(DumpOutline.item) else { return false }
        return DumpOutline.isBody(key, of: item.kind)
    }

    /// The entries that come are of this kind and state.
    mutating func begin(kind: ResourceKind, state: ResourceState) {
        self.kind = kind
        self.state = state
        sections.insert(kind)
        beginEntry()
    }

    /// A section turns out to be an item of a `?resource=` answer.
    mutating func becomeItem() {
        guard kind == nil, let item = sectionType.flatMap(DumpOutline.item) else { return }
        kind = item.kind
        state = item.state
        sections.insert(item.kind)
        seal()
    }

    // MARK: - Entries

    mutating func beginEntry() {
        seal()
        entryName = nil
        entryVersion = nil
        entryUpdated = nil
        entryHasFailure = false
    }

    /// A string of a section or entry.
    mutating func note(_ key: OutlineKey, _ text: UnsafeBufferPointer<UInt8>, inSection: Bool) {
        switch key {
        case .type where inSection: sectionType = String(decoding: text, as: UTF8.self)
        case .name: entryName = String(decoding: text, as: UTF8.self)
        case .versionInfo: entryVersion = lastVersion.string(text)
        case .lastUpdated: entryUpdated = lastTime.string(text)
        default: break
        }
    }

    /// Something that is no object stands where an entry belongs.
    mutating func noteStrayEntry() {
        guard let kind else { return }
        irregularities.append(
            Irregularity(
                code: .missingBody, kind: kind, state: state, name: "",
                detail: "an entry that is no object"))
    }

    mutating func endEntry() {
        guard let kind else { return }
        if drafts.isEmpty, !entryHasFailure, kind != .scopedRoutes {
            irregularities.append(
                Irregularity(
                    code: .missingBody, kind: kind, state: state, name: entryName ?? "",
                    detail: "an entry without its body"))
        }
        for place in drafts.indices {
            if kind == .secrets, let entryName { drafts[place].name = entryName }
            if drafts[place].name.isEmpty, let entryName { drafts[place].name = entryName }
            if drafts[place].versionInfo == nil { drafts[place].versionInfo = entryVersion }
            if drafts[place].lastUpdated == nil { drafts[place].lastUpdated = entryUpdated }
        }
        beginEntry()
    }

    /// Takes over the resources of an entry of which all is known.
    private mutating func seal() {
        for place in drafts.indices {
            let record = ResourceRecord(drafts[place], sharing: lastCircumstances)
            lastCircumstances = record.circumstances
            if let defect = drafts[place].defect { defects[defect].name = record.name }
            resources.append(Resource(record))
        }
        drafts.removeAll(keepingCapacity: true)
    }

    // MARK: - States

    mutating func beginState(_ state: ResourceState) {
        self.state = state
        stateStart = drafts.count
        stateVersion = nil
        stateUpdated = nil
    }

    mutating func noteInState(_ key: OutlineKey, _ text: UnsafeBufferPointer<UInt8>) {
        if key == .versionInfo { stateVersion = lastVersion.string(text) }
        if key == .lastUpdated { stateUpdated = lastTime.string(text) }
    }

    mutating func endState() {
        guard drafts.count > stateStart else {
            entryHasFailure = true
            irregularities.append(
                Irregularity(
                    code: .missingBody, kind: kind ?? .listeners, state: state,
                    name: entryName ?? "", detail: "a state without its listener"))
            return
        }
        drafts[drafts.count - 1].versionInfo = stateVersion
        drafts[drafts.count - 1].lastUpdated = stateUpdated
    }

    mutating func beginFailure() {
        failure = UpdateFailure(details: "")
        failureHasBody = false
        entryHasFailure = true
    }

    mutating func noteInFailure(_ key: OutlineKey, _ text: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: text, as: UTF8.self)
        switch key {
        case .details: failure.details = text
        case .lastUpdateAttempt: failure.lastUpdateAttempt = text
        case .versionInfo: failure.versionInfo = text
        default: break
        }
    }

    mutating func endFailure() {
        if !failureHasBody {
            drafts.append(
                ResourceDraft(kind: kind ?? .listeners, state: .rejected, name: entryName ?? ""))
        }
        guard !drafts.isEmpty else { return }
        drafts[drafts.count - 1].failure = failure
    }

    // MARK: - Bodies

    mutating func beginBody(_ state: ResourceState, at offset: Int) {
        bodyState = state
        bodyStart = offset
        bodyName = ""
        bodyType = ""
        isEDS = false
        serviceName = nil
        if state == .rejected { failureHasBody = true }
    }

    var hasBodyName: Bool { !bodyName.isEmpty }

    mutating func noteName(_ text: UnsafeBufferPointer<UInt8>) {
        bodyName = String(decoding: text, as: UTF8.self)
    }

    mutating func noteType(_ url: UnsafeBufferPointer<UInt8>) {
        bodyType = lastType.string(url) { url in
            url[((url.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
        }
    }

    mutating func endBody(
        at end: Int, fingerprint: Fingerprint, lines: Int, remarks: [CanonicalRemark]
    ) {
        guard let kind else { return }
        addDraft(kind, end: end, fingerprint: fingerprint, lines: lines)
        for remark in remarks {
            irregularities.append(
                Irregularity(
                    code: remark.code.irregularity, kind: kind, state: bodyState, name: bodyName,
                    detail: remark.detail))
        }
    }

    private mutating func addDraft(
        _ kind: ResourceKind, end: Int, fingerprint: Fingerprint, lines: Int
    ) {
        drafts.append(
            ResourceDraft(
                kind: kind, state: bodyState, name: bodyName, typeName: bodyType,
                range: bodyStart..<end, fingerprint: fingerprint, lineCount: lines))
        if kind == .clusters, bodyState == .active, isEDS {
            // Mostly the cluster's own name, whose memory it then shares.
            let assignment = serviceName ?? bodyName
            edsAssignments.append(assignment == bodyName ? bodyName : assignment)
        }
    }

    // MARK: - Bodies that cannot be read

    /// The body cannot be read on from here.
    mutating func breakBody(_ reason: JSONRefusal) {
        guard let kind else { return }
        defects.append(
            DefectDraft(kind: kind, state: bodyState, start: bodyStart, reason: reason))
        unlocatedDefects += 1
    }

    /// A body that cannot be read has ended: its resource has no canonical form.
    mutating func endBrokenBody(at end: Int) {
        guard let kind else { return }
        addDraft(kind, end: end, fingerprint: Fingerprint(low: 0, high: 0), lines: 0)
        drafts[drafts.count - 1].defect = defects.count - 1
    }

    /// Gives places to the defects that were found since the last time.
    mutating func locateDefects(_ locate: (JSONRefusal) -> JSONError) {
        guard unlocatedDefects > 0 else { return }
        for index in defects.indices.suffix(unlocatedDefects) {
            defects[index].error = locate(defects[index].reason)
        }
        unlocatedDefects = 0
    }
}

/// Makes one string of a text that comes again and again: versions, times, types.
private struct RepeatedString {
    private var bytes: [UInt8] = []
    private var text = ""

    /// The string of the bytes, or of a part of them.
    mutating func string(
        _ bytes: UnsafeBufferPointer<UInt8>,
        part: (UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>.SubSequence = { $0[...] }
    ) -> String {
        if !self.bytes.withUnsafeBufferPointer({ $0.matches(bytes) }) {
            self.bytes = Array(bytes)
            text = String(decoding: part(bytes), as: UTF8.self)
        }
        return text
    }
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

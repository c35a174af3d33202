internal import StrictJSON

/// What stands around the resources: the document, its sections, their lists and entries.
extension CaptureWalker {
    /// How many objects a dump may be wrapped in.
    private static let wrapperLimit = 3

    var offset: Int { cursor?.offset ?? 0 }

    // MARK: - Keys

    mutating func noteOutlineKey(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let key = UnsafeBufferPointer(start: text, count: count)
        outlineKey = outlineKeys[key]
        switch levels.last {
        case .root, .namedConfigs:
            writtenKey = String(decoding: key, as: UTF8.self)
        case .section:
            writtenKey = String(decoding: key, as: UTF8.self)
            if outlineKey == .other { noteUnread(writtenKey) } else { noteBodyKey() }
        default:
            if outlineKey == .other {
                noteUnread(String(decoding: key, as: UTF8.self))
            } else {
                noteBodyKey()
            }
        }
        return true
    }

    private mutating func noteBodyKey() {
        if isBodyPlace { bodyKeyEnd = offset }
    }

    /// A member that is not known where it stands.
    private mutating func noteUnread(_ member: String) {
        shape.unread.note(member)
        if !section.isOpen { shape.unread.endSection(nil) }
    }

    /// A member of the document that is not a dump's.
    private mutating func noteOther() {
        shape.hasOtherKeys = true
        noteUnread(writtenKey)
    }

    // MARK: - Scalars

    /// A string of the outline: a version, a time, a name, a type.
    mutating func outlineString(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if isBodyPlace { return misfitBody { $0.string(text, count) } }
        guard admitsScalar() else { return false }
        let text = UnsafeBufferPointer(start: text, count: count)
        switch levels.last {
        case .root where outlineKey == .version && levels.count == 2:
            shape.hasVersion = true
            sink.note(serverVersion: String(decoding: text, as: UTF8.self))
        case .section: noteInSection(text)
        case .entry: noteInEntry(text)
        case .state: noteInState(text)
        case .failure: noteInFailure(String(decoding: text, as: UTF8.self))
        default: break
        }
        return true
    }

    /// A scalar that is not a string means nothing in the outline, but in a resource's place.
    mutating func outlineScalar(
        _ read: (inout Canonicalizer<FingerprintOutput>) -> Bool
    ) -> Bool {
        isBodyPlace ? misfitBody(read) : admitsScalar()
    }

    /// `null` is the same as absent.
    mutating func outlineNull() -> Bool {
        if levels.last == .root, outlineKey == .configs { shape.hasConfigs = true }
        return admitsScalar(isNull: true)
    }

    /// Whether a scalar may stand here: not in the place of the dump, a section or a list, but that
    /// `null` is the same as absent.
    private mutating func admitsScalar(isNull: Bool = false) -> Bool {
        switch levels.last {
        case .start:
            return refuse("a config dump is a JSON object with `configs`")
        case .configs:
            return refuse("a section of a config dump is an object")
        case .namedConfigs:
            return isNull || refuse("`configs` is not a list")
        case .root:
            if isListKey { return isNull || refuseList() }
            noteOther()
        case .section:
            return isNull || !isListKey || breakList()
        case .entries:
            takeStrayEntry()
        case .bodies:
            noteStrayBody()
        default:
            break
        }
        return true
    }

    /// Whether what stands under the current key is a list: the sections, or their entries.
    private var isListKey: Bool {
        if levels.last == .root, outlineKey == .configs { return true }
        guard levels.last == .section || levels.count == 2 else { return false }
        return CaptureList.under(outlineKey).map { !$0.isSingle } ?? false
    }

    private mutating func refuseList() -> Bool {
        refuse("`\(writtenKey)` is not a list")
    }

    // MARK: - Objects

    mutating func beginOutlineObject() -> Bool {
        switch levels.last {
        case .start:
            levels.append(.root)
        case .root:
            return beginMember()
        case .configs:
            shape.hasItems = true
            if let bareList {
                shape.hasRootLists = true
                shape.listedKind = bareList.resourceKind
                sink.begin(bareList.kind)
                return beginItself(bareList)
            }
            beginSection(key: nil)
        case .namedConfigs:
            shape.hasItems = true
            beginSection(key: writtenKey)
        case .section:
            return beginInSection()
        case .entries:
            guard let list else { return skip() }
            if case .itself = list.shape { return beginItself(list) }
            entry.reset(list)
            entry.range = offset - 1..<offset
            levels.append(.entry)
        case .entry:
            return beginInEntry()
        case .bodies:
            return beginBody(entry.list.state)
        case .state where isBodyPlace:
            return beginBody(state.state)
        case .failure where isBodyPlace:
            return beginBody(.rejected)
        default:
            return skip()
        }
        return true
    }

    /// An object in the document: a map of sections, one entry, or what a dump is wrapped in.
    private mutating func beginMember() -> Bool {
        if outlineKey == .configs {
            guard beginConfigs() else { return false }
            levels.append(.namedConfigs)
            return true
        }
        if isListKey { return refuseList() }
        if levels.count == 2, let single = CaptureList.under(outlineKey), single.isSingle {
            shape.hasLists = true
            noteOther()
            sink.begin(single.kind)
            return beginItself(single)
        }
        guard levels.count <= CaptureWalker.wrapperLimit else {
            noteOther()
            return skip()
        }
        openWrappers.append(writtenKey)
        levels.append(.root)
        return true
    }

    private mutating func beginConfigs() -> Bool {
        if shape.hasConfigs {
            let place = openWrappers.isEmpty ? "" : " in \(openWrappers.joined(separator: "."))"
            return refuse("a second config dump begins\(place): take one of them out of the file")
        }
        shape.hasConfigs = true
        shape.wrapper = openWrappers
        return true
    }

    private mutating func endMember() {
        guard let key = openWrappers.popLast() else { return }
        // What a dump is wrapped in is named by `wrapper`.
        guard shape.wrapper.count <= openWrappers.count else { return }
        writtenKey = key
        noteOther()
    }

    mutating func endOutlineObject() -> Bool {
        switch levels.popLast() {
        case .root:
            endMember()
        case .entry:
            endEntry()
            if section.isItem { endSection() }
        case .state:
            endState()
        case .failure:
            endFailure()
        case .section:
            endSection()
        default:
            break
        }
        return true
    }

    // MARK: - Lists

    mutating func beginOutlineArray() -> Bool {
        if isBodyPlace { return beginMisfitList() }
        switch levels.last {
        case .start:
            levels.append(.configs)
        case .root where outlineKey == .configs:
            guard beginConfigs() else { return false }
            levels.append(.configs)
        case .root where isListKey, .section where isListKey:
            guard let found = CaptureList.under(outlineKey) else { return skip() }
            return begin(found)
        case .configs:
            return refuse("a section of a config dump is an object, not a list")
        case .namedConfigs:
            return refuse("a section of a config dump is an object, not a list")
        case .entries:
            takeStrayEntry()
            return skip()
        case .entry:
            guard case .bodies(outlineKey) = entry.list.shape else { return skip() }
            levels.append(.bodies)
        case .bodies:
            noteStrayBody()
            return skip()
        case .root:
            noteOther()
            return skip()
        default:
            return skip()
        }
        return true
    }

    private mutating func begin(_ found: CaptureList) -> Bool {
        shape.hasLists = true
        list = found
        sink.begin(found.kind)
        if levels.last == .section {
            shape.hasSections = true
            section.kind = found.kind
        } else if found.resourceKind == nil {
            noteOther()
        } else {
            shape.hasRootLists = true
        }
        guard sink.takesEntries(of: found) else { return skip() }
        levels.append(.entries)
        return true
    }

    mutating func endOutlineArray() {
        _ = levels.popLast()
        if levels.last == .section || levels.last == .root { list = nil }
    }

    // MARK: - Sections

    private mutating func beginSection(key: String?) {
        section = OpenSection()
        section.isOpen = true
        section.start = offset - 1
        section.key = key
        list = nil
        levels.append(.section)
    }

    private mutating func noteInSection(_ text: UnsafeBufferPointer<UInt8>) {
        switch outlineKey {
        case .type: noteSectionType(String(decoding: text, as: UTF8.self))
        case .name: section.name = String(decoding: text, as: UTF8.self)
        case .versionInfo: section.versionInfo = String(decoding: text, as: UTF8.self)
        case .lastUpdated:
            let time = String(decoding: text, as: UTF8.self)
            section.lastUpdated = time
            sink.note(sectionUpdated: time, section.kind)
        default: break
        }
    }

    private mutating func noteSectionType(_ type: String) {
        section.type = type
        if section.isTypedSection { shape.hasSections = true }
        if let kind = section.resourceKind { sink.begin(CapturedKind.section(kind)) }
    }

    /// An object in a section: the bootstrap, or the resource of an item of a `?resource=` answer.
    private mutating func beginInSection() -> Bool {
        if outlineKey == .bootstrap, let single = CaptureList.under(.bootstrap) {
            section.kind = .bootstrap
            shape.hasLists = true
            shape.hasSections = true
            sink.begin(.bootstrap)
            return beginItself(single)
        }
        if isListKey { return breakList() && skip() }
        guard becomeItem() else {
            if outlineKey != .other { noteUnread(writtenKey) }
            return skip()
        }
        return beginInEntry()
    }

    /// The section turns out to be an entry; false if it does not.
    mutating func becomeItem() -> Bool {
        guard !section.isTypedSection, section.kind == nil,
            let item = section.type.flatMap(CaptureList.item)
                ?? CaptureList.item(bodyKey: outlineKey)
        else { return false }
        shape.hasLists = true
        section.kind = item.kind
        section.isItem = true
        list = item
        sink.begin(item.kind)
        entry.reset(item)
        entry.range = section.start..<offset
        entry.name = section.name
        entry.versionInfo = section.versionInfo
        entry.lastUpdated = section.lastUpdated
        levels[levels.count - 1] = .entry
        return true
    }

    private mutating func endSection() {
        section.isOpen = false
        let kind = section.resourceKind
        if let kind, section.kind == nil { sink.begin(CapturedKind.section(kind)) }
        if kind == nil, let type = section.type {
            shape.unread.note("a section of type \(type)")
        } else if kind == nil, let key = section.key {
            shape.unread.note("a section \(key)")
        }
        shape.unread.endSection(kind)
        section.isItem = false
        list = nil
    }

    // MARK: - Entries

    private mutating func noteInEntry(_ text: UnsafeBufferPointer<UInt8>) {
        switch outlineKey {
        case .name: entry.name = String(decoding: text, as: UTF8.self)
        case .versionInfo: entry.versionInfo = lastVersion.string(text)
        case .lastUpdated: entry.lastUpdated = lastTime.string(text)
        case .type where section.isItem: retype(String(decoding: text, as: UTF8.self))
        default: break
        }
    }

    /// The type of an item, which came after its resource.
    private mutating func retype(_ type: String) {
        section.type = type
        guard let item = CaptureList.item(typeURL: type), item.kind == entry.list.kind else {
            return
        }
        for place in entry.bodies.indices where entry.bodies[place].state == entry.list.state {
            entry.bodies[place].state = item.state
        }
        entry.list = item
    }

    /// An object in an entry: its resource, a state with one, or what was rejected.
    private mutating func beginInEntry() -> Bool {
        if isBodyPlace { return beginBody(entry.list.state) }
        if outlineKey == .errorState {
            state = OpenState()
            levels.append(.failure)
            return true
        }
        if case .states = entry.list.shape,
            let found = OutlineKey.states.first(where: { $0.key == outlineKey })
        {
            state = OpenState()
            state.state = found.state
            levels.append(.state)
            return true
        }
        // A key that is known, but not here.
        if outlineKey != .other { noteUnread(outlineKey.name) }
        return skip()
    }

    private mutating func endEntry() {
        entry.range = entry.range.lowerBound..<offset
        sink.take(entry)
        entry.reset(entry.list)
    }

    /// Something that is not an object stands where an entry belongs.
    private mutating func takeStrayEntry() {
        guard let list else { return }
        entry.reset(list)
        entry.isStray = true
        sink.take(entry)
        entry.reset(list)
    }

    /// Something that is not an object stands in a list of resources.
    private mutating func noteStrayBody() {
        noteUnread("an element that is not an object")
    }

    private mutating func noteInState(_ text: UnsafeBufferPointer<UInt8>) {
        if outlineKey == .versionInfo { state.versionInfo = lastVersion.string(text) }
        if outlineKey == .lastUpdated { state.lastUpdated = lastTime.string(text) }
    }

    private mutating func endState() {
        guard state.hasBody, !entry.bodies.isEmpty else {
            entry.emptyStates.append(state.state)
            return
        }
        entry.bodies[entry.bodies.count - 1].versionInfo = state.versionInfo
        entry.bodies[entry.bodies.count - 1].lastUpdated = state.lastUpdated
    }

    private mutating func noteInFailure(_ text: String) {
        switch outlineKey {
        case .details: state.failure.details = text
        case .lastUpdateAttempt: state.failure.lastUpdateAttempt = text
        case .versionInfo: state.failure.versionInfo = text
        default: break
        }
    }

    private mutating func endFailure() {
        if !state.hasBody { entry.bodies.append(CapturedBody(.rejected)) }
        guard !entry.bodies.isEmpty else { return }
        entry.bodies[entry.bodies.count - 1].failure = state.failure
    }
}

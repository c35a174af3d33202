internal import StrictJSON

/// Reads a dump in one pass: knows the shape around the resources, and hands each resource's own
/// events to the fingerprinter.
///
/// - Note: Called once for each token. Nearly all of them are a resource's: that path is inlined into
///   yajl's callbacks, everything else is kept out of it.
struct DumpReader: JSONEventHandler {
    /// Where the reader stands.
    private enum Level {
        /// Before the document's value.
        case start
        case root, configs
        case section
        case entries, entry
        /// A state of an entry: `active_state` and its like.
        case state
        /// An `error_state`.
        case failure
    }

    /// What the events go to.
    private enum Mode {
        case outline, body, skipped
        /// The rest of a body that cannot be read on: only what the index keeps of it is looked at.
        case broken
    }

    private(set) var index = IndexBuilder()
    private var fingerprinter: ResourceFingerprinter
    private let schema: EnvoySchema
    private var cursor: JSONCursor?

    private var mode = Mode.outline
    /// How deep the reader is in a body or in what is skipped.
    private var depth = 0
    private var levels: [Level] = [.start]
    /// The current key of the outline.
    private var outlineKey = OutlineKey.other
    private let outlineKeys = OutlineKeyTable()
    private var capture = Capture.none
    /// Where the last key ended that is a body's.
    private var bodyKeyEnd = 0
    private(set) var refusal: JSONRefusal?

    /// What of a body the index keeps: the next string, if it is one of these.
    private enum Capture {
        case none, name, typeURL, discoveryType, serviceName
    }
    private var isInEDSConfig = false

    init(schema: EnvoySchema) {
        self.schema = schema
        fingerprinter = ResourceFingerprinter(schema: schema)
    }

    mutating func begin(_ cursor: JSONCursor) {
        self.cursor = cursor
    }

    /// Whether it is the document's own value that is refused: not an object.
    var refusesDocument: Bool { refusal != nil && levels.last == .start }

    // MARK: - Scalars

    @inline(__always)
    mutating func null() -> Bool {
        mode == .body ? forward(fingerprinter.null()) : outlineNull()
    }

    @inline(__always)
    mutating func boolean(_ value: Bool) -> Bool {
        mode == .body
            ? forward(fingerprinter.boolean(value)) : outlineScalar { $0.boolean(value) }
    }

    @inline(__always)
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .body else { return outlineScalar { $0.number(text, count) } }
        // The number of `Cluster.DiscoveryType.EDS`.
        if capture == .discoveryType, count == 1, text[0] == UInt8(ascii: "3") {
            index.isEDS = true
        }
        return forward(fingerprinter.number(text, count))
    }

    @inline(__always)
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .body else { return outlineString(text, count) }
        if capture != .none { take(text, count) }
        return forward(fingerprinter.string(text, count))
    }

    /// A string of the outline: a version, a time, a name, a type.
    @inline(never)
    private mutating func outlineString(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if mode == .broken, capture != .none { take(text, count) }
        guard mode == .outline else { return true }
        if isBodyPlace { return misfitBody { $0.string(text, count) } }
        guard admitsScalar() else { return false }
        let text = UnsafeBufferPointer(start: text, count: count)
        switch levels.last {
        case .section: index.note(outlineKey, text, inSection: true)
        case .entry: index.note(outlineKey, text, inSection: false)
        case .state: index.noteInState(outlineKey, text)
        case .failure: index.noteInFailure(outlineKey, text)
        default: break
        }
        return true
    }

    /// A scalar that is not a string means nothing in the outline, but in a body's place.
    @inline(never)
    private mutating func outlineScalar(
        _ read: (inout ResourceFingerprinter) -> Bool
    ) -> Bool {
        guard mode == .outline else { return true }
        return isBodyPlace ? misfitBody(read) : admitsScalar()
    }

    /// `null` is the same as absent.
    @inline(never)
    private mutating func outlineNull() -> Bool {
        mode == .outline ? admitsScalar(isNull: true) : true
    }

    /// Whether a scalar may stand here: not in the place of the dump, a section or a list, but that
    /// `null` is the same as absent.
    private mutating func admitsScalar(isNull: Bool = false) -> Bool {
        switch levels.last {
        case .start: return refuse("a config dump is a JSON object with `configs`")
        case .configs: return refuse("a section of a config dump is an object")
        case .root, .section: return isNull || !isList(outlineKey) || refuseList()
        case .entries: index.noteStrayEntry()
        default: break
        }
        return true
    }

    /// Whether what stands under a key of the outline is a list: the sections, or their entries.
    private func isList(_ key: OutlineKey) -> Bool {
        levels.last == .root ? key == .configs : DumpOutline.entries(key) != nil
    }

    private mutating func refuseList() -> Bool {
        refuse("`\(outlineKey.name)` is not a list")
    }

    // MARK: - Keys

    @inline(__always)
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .body else { return noteOutlineKey(text, count) }
        if depth <= 2 { watch(text, count) }
        return forward(fingerprinter.key(text, count))
    }

    @inline(never)
    private mutating func noteOutlineKey(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if mode == .broken, depth <= 2 { watch(text, count) }
        guard mode == .outline else { return true }
        let key = UnsafeBufferPointer(start: text, count: count)
        outlineKey = outlineKeys[key]
        if levels.last == .root, outlineKey != .configs {
            index.hasOtherKeys = true
            index.noteUnread(String(decoding: key, as: UTF8.self))
        } else if outlineKey == .other {
            index.noteUnread(String(decoding: key, as: UTF8.self))
        } else if isBodyPlace {
            bodyKeyEnd = cursor?.offset ?? 0
        }
        return true
    }

    /// Looks out for what the index keeps of a body: its name and type, and of a cluster whether
    /// its endpoints come over EDS, and under which name.
    @inline(never)
    private mutating func watch(_ text: UnsafePointer<UInt8>, _ count: Int) {
        let key = UnsafeBufferPointer(start: text, count: count)
        capture = .none
        if depth == 2 {
            guard isInEDSConfig else { return }
            if key.matches("service_name") || key.matches("serviceName") { capture = .serviceName }
            return
        }
        isInEDSConfig = false
        switch count {
        case 4 where key.matches("name"): capture = .name
        case 4 where key.matches("type"): capture = .discoveryType
        case 5 where key.matches("@type"): capture = .typeURL
        case 11 where key.matches("clusterName"), 12 where key.matches("cluster_name"):
            if index.kind == .endpoints { capture = .name }
        case 16 where key.matches("edsClusterConfig"), 18 where key.matches("eds_cluster_config"):
            isInEDSConfig = true
        default: break
        }
    }

    @inline(never)
    private mutating func take(_ text: UnsafePointer<UInt8>, _ count: Int) {
        let text = UnsafeBufferPointer(start: text, count: count)
        switch capture {
        // Of a name that comes twice the first is kept.
        case .name where mode == .broken && index.hasBodyName: break
        case .name: index.noteName(text)
        case .typeURL: index.noteType(text)
        case .discoveryType: index.isEDS = text.matches("EDS")
        case .serviceName: index.serviceName = String(decoding: text, as: UTF8.self)
        case .none: break
        }
        capture = .none
    }

    // MARK: - Objects

    @inline(__always)
    mutating func beginObject() -> Bool {
        guard mode == .body else { return beginOutlineObject() }
        depth &+= 1
        return forward(fingerprinter.beginObject())
    }

    @inline(never)
    private mutating func beginOutlineObject() -> Bool {
        if mode != .outline {
            depth &+= 1
            return true
        }
        switch levels.last {
        case .start:
            levels.append(.root)
        case .configs:
            index.beginSection()
            levels.append(.section)
        case .root where isList(outlineKey), .section where isList(outlineKey):
            return refuseList()
        case .section where outlineKey == .bootstrap:
            index.begin(kind: .bootstrap, state: .fixed)
            return beginBody(.fixed)
        case .section:
            // An item of a `?resource=` answer is an entry itself.
            index.becomeItem()
            if index.kind == nil { return skip() }
            levels[levels.count - 1] = .entry
            return beginInEntry()
        case .entries:
            index.beginEntry()
            levels.append(.entry)
        case .entry:
            return beginInEntry()
        case .state where index.kind.map { DumpOutline.isBody(outlineKey, of: $0) } ?? false:
            return beginBody(index.state)
        case .failure where outlineKey == .failedConfiguration:
            return beginBody(.rejected)
        default:
            return skip()
        }
        return true
    }

    private mutating func beginInEntry() -> Bool {
        guard let kind = index.kind else { return skip() }
        if DumpOutline.isBody(outlineKey, of: kind) { return beginBody(index.state) }
        if outlineKey == .errorState {
            index.beginFailure()
            levels.append(.failure)
        } else if kind == .listeners, let state = DumpOutline.state(outlineKey) {
            index.beginState(state)
            levels.append(.state)
        } else {
            // A key that is known, but not here.
            if outlineKey != .other { index.noteUnread(outlineKey.name) }
            return skip()
        }
        return true
    }

    private mutating func beginBody(_ state: ResourceState) -> Bool {
        startBody(state, at: (cursor?.offset ?? 1) - 1)
        depth = 1
        return forward(fingerprinter.beginObject())
    }

    private mutating func startBody(_ state: ResourceState, at start: Int) {
        mode = .body
        depth = 0
        capture = .none
        isInEDSConfig = false
        index.beginBody(state, at: start)
        fingerprinter.start(purpose)
    }

    /// Whether the value of the current key is a resource.
    private var isBodyPlace: Bool {
        switch levels.last {
        case .section: outlineKey == .bootstrap || index.isItemBody(outlineKey)
        case .entry, .state: index.kind.map { DumpOutline.isBody(outlineKey, of: $0) } ?? false
        case .failure: outlineKey == .failedConfiguration
        default: false
        }
    }

    /// A body that is not an object is kept and compared as it stands. Its range begins after its
    /// key, since only the end of a token is known.
    private mutating func misfitBody(_ read: (inout ResourceFingerprinter) -> Bool) -> Bool {
        startMisfitBody()
        guard forward(read(&fingerprinter)) else { return false }
        endBody()
        return true
    }

    private mutating func startMisfitBody() {
        switch levels.last {
        case .section where outlineKey == .bootstrap:
            index.begin(kind: .bootstrap, state: .fixed)
        case .section:
            index.becomeItem()
            levels[levels.count - 1] = .entry
        default:
            break
        }
        let state: ResourceState =
            levels.last == .failure ? .rejected : index.kind == .bootstrap ? .fixed : index.state
        startBody(state, at: bodyKeyEnd)
    }

    private var purpose: CanonicalPurpose {
        guard let kind = index.kind else { return .resource }
        return kind.purpose(schema: schema)
    }

    @inline(__always)
    mutating func endObject() -> Bool {
        guard mode == .body else { return endOutlineObject() }
        depth &-= 1
        guard fingerprinter.endObject() else { return breakBody() }
        if depth == 0 { endBody() }
        return true
    }

    @inline(never)
    private mutating func endOutlineObject() -> Bool {
        if mode != .outline { return unskip() }
        switch levels.popLast() {
        case .entry:
            index.endEntry()
            if levels.last == .configs { index.endSection() }
        case .state: index.endState()
        case .failure: index.endFailure()
        case .section: index.endSection()
        default: break
        }
        return true
    }

    @inline(never)
    private mutating func endBody() {
        let end = cursor?.offset ?? 0
        if mode == .broken {
            index.endBrokenBody(at: end)
        } else if let result = fingerprinter.result {
            index.endBody(
                at: end, fingerprint: result.fingerprint, lines: result.lines,
                remarks: fingerprinter.remarks)
        }
        mode = .outline
        if index.kind == .bootstrap { index.endEntry() }
    }

    // MARK: - Lists

    @inline(__always)
    mutating func beginArray() -> Bool {
        guard mode == .body else { return beginOutlineArray() }
        depth &+= 1
        return forward(fingerprinter.beginArray())
    }

    @inline(never)
    private mutating func beginOutlineArray() -> Bool {
        if mode != .outline {
            depth &+= 1
        } else if isBodyPlace {
            startMisfitBody()
            depth = 1
            return forward(fingerprinter.beginArray())
        } else if levels.last == .root, outlineKey == .configs {
            index.hasConfigs = true
            levels.append(.configs)
        } else if levels.last == .section, let entries = DumpOutline.entries(outlineKey) {
            index.begin(kind: entries.kind, state: entries.state)
            levels.append(.entries)
        } else if levels.last == .start {
            return refuse("a config dump is a JSON object with `configs`, not a list")
        } else if levels.last == .configs {
            return refuse("a section of a config dump is an object, not a list")
        } else {
            if levels.last == .entries { index.noteStrayEntry() }
            return skip()
        }
        return true
    }

    @inline(__always)
    mutating func endArray() -> Bool {
        guard mode == .body else { return endOutlineArray() }
        depth &-= 1
        guard fingerprinter.endArray() else { return breakBody() }
        if depth == 0 { endBody() }
        return true
    }

    @inline(never)
    private mutating func endOutlineArray() -> Bool {
        if mode != .outline { return unskip() }
        _ = levels.popLast()
        return true
    }

    // MARK: - What is passed over

    private mutating func skip() -> Bool {
        mode = .skipped
        depth = 1
        return true
    }

    private mutating func unskip() -> Bool {
        depth &-= 1
        guard depth == 0 else { return true }
        if mode == .broken { endBody() } else { mode = .outline }
        return true
    }

    // MARK: - Refusing

    @inline(__always)
    private mutating func forward(_ isAccepted: Bool) -> Bool {
        isAccepted || breakBody()
    }

    /// A body that cannot be read on is an error only where it is compared, which is not known yet.
    @inline(never)
    private mutating func breakBody() -> Bool {
        let reason = fingerprinter.refusal?.description ?? "not readable"
        index.breakBody(JSONRefusal(reason, offset: max(0, (cursor?.offset ?? 1) - 1)))
        mode = .broken
        if depth == 0 { endBody() }
        return true
    }

    mutating func endBlock(locate: (JSONRefusal) -> JSONError) {
        index.locateDefects(locate)
    }

    private mutating func refuse(_ message: String) -> Bool {
        refusal = JSONRefusal(message)
        return false
    }

    static let callbacks = JSONEventCallbacks(
        null: { JSONSession<DumpReader>.at($0).pointee.null() },
        boolean: { JSONSession<DumpReader>.at($0).pointee.boolean($1) },
        number: { JSONSession<DumpReader>.at($0).pointee.number($1, $2) },
        string: { JSONSession<DumpReader>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<DumpReader>.at($0).pointee.beginObject() },
        key: { JSONSession<DumpReader>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<DumpReader>.at($0).pointee.endObject() },
        beginArray: { JSONSession<DumpReader>.at($0).pointee.beginArray() },
        endArray: { JSONSession<DumpReader>.at($0).pointee.endArray() })
}

extension ResourceKind {
    /// How its bodies are canonicalized.
    func purpose(schema: EnvoySchema) -> CanonicalPurpose {
        switch self {
        case .routes: .routeConfiguration
        case .secrets: .secret
        case .endpoints: .loadAssignment
        case .bootstrap:
            schema.message(named: "envoy.config.bootstrap.v3.Bootstrap").map { .message($0) }
                ?? .resource
        default: .resource
        }
    }
}

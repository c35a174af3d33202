internal import CanonicalForm
internal import EnvoySchema
internal import JSONEvents

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
        mode == .body ? forward(fingerprinter.null()) : outlineScalar(isNull: true)
    }

    @inline(__always)
    mutating func boolean(_ value: Bool) -> Bool {
        mode == .body ? forward(fingerprinter.boolean(value)) : outlineScalar()
    }

    @inline(__always)
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .body else { return outlineScalar() }
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
        guard mode == .outline else { return true }
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

    /// A scalar that is no string means nothing in the outline.
    @inline(never)
    private mutating func outlineScalar(isNull: Bool = false) -> Bool {
        mode == .outline ? admitsScalar(isNull: isNull) : true
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
        guard mode == .outline else { return true }
        let key = UnsafeBufferPointer(start: text, count: count)
        outlineKey = outlineKeys[key]
        if levels.last == .root, outlineKey != .configs { index.hasOtherKeys = true }
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
        if mode == .skipped {
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
            return skip()
        }
        return true
    }

    private mutating func beginBody(_ state: ResourceState) -> Bool {
        mode = .body
        depth = 1
        capture = .none
        isInEDSConfig = false
        index.beginBody(state, at: (cursor?.offset ?? 1) - 1)
        fingerprinter.start(purpose)
        return forward(fingerprinter.beginObject())
    }

    private var purpose: CanonicalPurpose {
        guard let kind = index.kind else { return .resource }
        return kind.purpose(schema: schema)
    }

    @inline(__always)
    mutating func endObject() -> Bool {
        guard mode == .body else { return endOutlineObject() }
        guard forward(fingerprinter.endObject()) else { return false }
        depth &-= 1
        if depth == 0 { endBody() }
        return true
    }

    @inline(never)
    private mutating func endOutlineObject() -> Bool {
        if mode == .skipped { return unskip() }
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
        mode = .outline
        if let result = fingerprinter.result {
            index.endBody(
                at: cursor?.offset ?? 0, fingerprint: result.fingerprint, lines: result.lines,
                remarks: fingerprinter.remarks)
        }
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
        if mode == .skipped {
            depth &+= 1
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
        return forward(fingerprinter.endArray())
    }

    @inline(never)
    private mutating func endOutlineArray() -> Bool {
        if mode == .skipped { return unskip() }
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
        if depth == 0 { mode = .outline }
        return true
    }

    // MARK: - Refusing

    @inline(__always)
    private mutating func forward(_ isAccepted: Bool) -> Bool {
        isAccepted || refuseBody()
    }

    @inline(never)
    private mutating func refuseBody() -> Bool {
        refuse("\(index.description): \(fingerprinter.refusal?.description ?? "not readable")")
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
        case .endpoints: .loadAssignment
        case .bootstrap:
            schema.message(named: "envoy.config.bootstrap.v3.Bootstrap").map { .message($0) }
                ?? .resource
        default: .resource
        }
    }
}

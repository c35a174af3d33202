internal import StrictJSON

/// Walks over a capture in one pass: knows the shape around the resources, by `CaptureList`, and reads
/// each resource as its sink asks, into a fingerprint or a tree.
///
/// It is the only reader of that shape: what indexes a dump, makes tables of it or reads a bundle is a
/// sink, so that one input has one behavior everywhere.
///
/// - Note: Called once for each token. Nearly all of them are a resource's: that path is inlined into
///   yajl's callbacks, everything else is kept out of it. The sink is asked a few times for each entry,
///   so that it need not be generic.
struct CaptureWalker: _EventHandler {
    /// Where the walker is.
    enum Level {
        /// Before the document's value.
        case start
        /// In the document, or in an object that a dump is wrapped in.
        case root
        /// In `configs`, a list of sections, or a map of them in dumps of 2018.
        case configs, namedConfigs
        case section
        case entries, entry
        /// In a list of resources of an entry.
        case bodies
        /// In a state of an entry: `active_state` and its like.
        case state
        /// In an `error_state`.
        case failure
    }

    /// What the events go to.
    enum Mode {
        case outline, fingerprint, tree, skipped
        /// The fingerprint and the tree of the same resource.
        case both
        /// The rest of a resource that cannot be read on: only its name and type are looked at.
        case broken
    }

    /// What is noted of a resource in addition to its fingerprint: the next string, if it is one of these.
    enum Watched {
        case nothing, name, typeURL, discoveryType, serviceName, nodeID
    }

    let sink: any CaptureSink
    let schema: EnvoySchema
    var fingerprinter: Canonicalizer<FingerprintOutput>
    var tree: ProjectedTree
    var cursor: _EventCursor?

    var mode = Mode.outline
    /// How deep the walker is in a resource or in what is skipped.
    var depth = 0
    var levels: [Level] = [.start]
    /// The current key of the outline, and of the document or a section as it is written.
    var outlineKey = OutlineKey.other
    var writtenKey = ""
    /// The keys of the open objects that a dump may be wrapped in.
    var openWrappers: [String] = []
    let outlineKeys = OutlineKeyTable()
    var refusal: JSONRefusal?

    /// What was seen in the capture, apart from its entries.
    var shape = CaptureShape()
    var section = OpenSection()
    /// The list whose entries come; nil outside of one.
    var list: CaptureList?
    /// The list that a document is, whose resources stand by themselves; nil for a dump.
    var bareList: CaptureList?

    /// The entry that is read, and its resource.
    var entry = CapturedEntry(CaptureList.all[0])
    var body = CapturedBody(.active)
    var state = OpenState()
    /// How the resources of the list that was read last are canonicalized.
    var readKey = OutlineKey.other
    var readKind = CapturedKind.serverInfo
    var readPurpose = CanonicalPurpose.resource
    var readUntyped: UnsafePointer<MessageLayout>?
    /// Whether what is read, or skipped, is a resource.
    var isInBody = false
    /// Where the last key ended that is a resource's.
    var bodyKeyEnd = 0
    var watched = Watched.nothing
    var isInEDSConfig = false
    var isInNode = false
    var isEDS = false
    var lastType = RepeatedString()
    var typeNames = TypeNames()
    var lastVersion = RepeatedString()
    var lastTime = RepeatedString()

    init(sink: any CaptureSink, schema: EnvoySchema) {
        self.sink = sink
        self.schema = schema
        fingerprinter = Canonicalizer(schema: schema, output: FingerprintOutput())
        tree = ProjectedTree(schema: schema)
    }

    mutating func begin(_ cursor: _EventCursor) {
        self.cursor = cursor
    }

    /// Whether it is the document's own value that is refused.
    var refusesDocument: Bool { refusal != nil && levels.last == .start }

    /// Whether the walker is in a field that its sink does not ask for.
    @inline(__always)
    private var skipsField: Bool { mode == .tree && tree.isSkipping }

    /// Whether a token means nothing here.
    @inline(__always)
    private var passesOver: Bool { mode == .skipped || skipsField }

    // MARK: - Scalars

    @inline(__always)
    mutating func null() -> Bool {
        mode == .fingerprint ? forward(fingerprinter.null()) : passesOver || rareNull()
    }

    @inline(__always)
    mutating func boolean(_ value: Bool) -> Bool {
        mode == .fingerprint
            ? forward(fingerprinter.boolean(value)) : passesOver || rareBoolean(value)
    }

    @inline(__always)
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .fingerprint else { return passesOver || rareNumber(text, count) }
        // The number of `Cluster.DiscoveryType.EDS`.
        if watched == .discoveryType, count == 1, text[0] == UInt8(ascii: "3") { isEDS = true }
        return forward(fingerprinter.number(text, count))
    }

    @inline(__always)
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .fingerprint else { return passesOver || rareString(text, count) }
        if watched != .nothing { take(text, count) }
        return forward(fingerprinter.string(text, count))
    }

    @inline(never)
    private mutating func rareNull() -> Bool {
        switch mode {
        case .tree: forwardTree(tree.null())
        case .both: forward(fingerprinter.null() && tree.null())
        case .outline: outlineNull()
        default: true
        }
    }

    @inline(never)
    private mutating func rareBoolean(_ value: Bool) -> Bool {
        switch mode {
        case .tree: forwardTree(tree.boolean(value))
        case .both: forward(fingerprinter.boolean(value) && tree.boolean(value))
        case .outline: outlineScalar { $0.boolean(value) }
        default: true
        }
    }

    @inline(never)
    private mutating func rareNumber(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        switch mode {
        case .tree: forwardTree(tree.number(text, count))
        case .both: forward(fingerprinter.number(text, count) && tree.number(text, count))
        case .outline: outlineScalar { $0.number(text, count) }
        default: true
        }
    }

    @inline(never)
    private mutating func rareString(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        switch mode {
        case .tree:
            return forwardTree(tree.string(text, count))
        case .both:
            if watched != .nothing { take(text, count) }
            return forward(fingerprinter.string(text, count) && tree.string(text, count))
        case .outline:
            return outlineString(text, count)
        default:
            if watched != .nothing { take(text, count) }
            return true
        }
    }

    // MARK: - Objects and lists

    @inline(__always)
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard mode == .fingerprint else { return passesOver || rareKey(text, count) }
        if depth <= 2 { watch(text, count) }
        return forward(fingerprinter.key(text, count))
    }

    @inline(never)
    private mutating func rareKey(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        switch mode {
        case .tree:
            return forwardTree(tree.key(text, count))
        case .both:
            if depth <= 2 { watch(text, count) }
            return forward(fingerprinter.key(text, count) && tree.key(text, count))
        case .outline:
            return noteOutlineKey(text, count)
        default:
            if depth <= 2 { watch(text, count) }
            return true
        }
    }

    @inline(__always)
    mutating func beginObject() -> Bool {
        guard mode == .fingerprint else {
            return skipsField ? tree.beginSkipped() : rareBeginObject()
        }
        depth &+= 1
        return forward(fingerprinter.beginObject())
    }

    @inline(never)
    private mutating func rareBeginObject() -> Bool {
        switch mode {
        case .tree: return forwardTree(tree.beginObject())
        case .both:
            depth &+= 1
            return forward(fingerprinter.beginObject() && tree.beginObject())
        case .outline: return beginOutlineObject()
        default:
            depth &+= 1
            return true
        }
    }

    @inline(__always)
    mutating func endObject() -> Bool {
        guard mode == .fingerprint else {
            return skipsField ? tree.endSkipped() : rareEndObject()
        }
        depth &-= 1
        guard fingerprinter.endObject() else { return breakBody() }
        if depth == 0 { endBody() }
        return true
    }

    @inline(never)
    private mutating func rareEndObject() -> Bool {
        switch mode {
        case .tree: return endTree(tree.endObject())
        case .both: return endBoth(fingerprinter.endObject() && tree.endObject())
        case .outline: return endOutlineObject()
        default: return unskip()
        }
    }

    @inline(__always)
    mutating func beginArray() -> Bool {
        guard mode == .fingerprint else {
            return skipsField ? tree.beginSkipped() : rareBeginArray()
        }
        depth &+= 1
        return forward(fingerprinter.beginArray())
    }

    @inline(never)
    private mutating func rareBeginArray() -> Bool {
        switch mode {
        case .tree: return forwardTree(tree.beginArray())
        case .both:
            depth &+= 1
            return forward(fingerprinter.beginArray() && tree.beginArray())
        case .outline: return beginOutlineArray()
        default:
            depth &+= 1
            return true
        }
    }

    @inline(__always)
    mutating func endArray() -> Bool {
        guard mode == .fingerprint else {
            return skipsField ? tree.endSkipped() : rareEndArray()
        }
        depth &-= 1
        guard fingerprinter.endArray() else { return breakBody() }
        if depth == 0 { endBody() }
        return true
    }

    @inline(never)
    private mutating func rareEndArray() -> Bool {
        switch mode {
        case .tree: return endTree(tree.endArray())
        case .both: return endBoth(fingerprinter.endArray() && tree.endArray())
        case .outline:
            endOutlineArray()
            return true
        default: return unskip()
        }
    }

    // MARK: - What is passed over

    mutating func skip() -> Bool {
        mode = .skipped
        depth = 1
        return true
    }

    private mutating func unskip() -> Bool {
        depth &-= 1
        guard depth == 0 else { return true }
        if mode == .broken { endBody() } else { endSkipped() }
        return true
    }

    // MARK: - Refusing

    @inline(__always)
    mutating func forward(_ isAccepted: Bool) -> Bool {
        isAccepted || breakBody()
    }

    @inline(__always)
    private mutating func forwardTree(_ isAccepted: Bool) -> Bool {
        isAccepted || refuseTree()
    }

    /// A resource that is read for its fields cannot be shown in part.
    @inline(never)
    mutating func refuseTree() -> Bool {
        refuse("an entry cannot be read: \(tree.refusal?.description ?? "not readable")")
    }

    private mutating func endTree(_ isAccepted: Bool) -> Bool {
        guard forwardTree(isAccepted) else { return false }
        if tree.isAtEnd { endBody() }
        return true
    }

    private mutating func endBoth(_ isAccepted: Bool) -> Bool {
        depth &-= 1
        guard isAccepted else { return breakBody() }
        if depth == 0 { endBody() }
        return true
    }

    mutating func refuse(_ message: String) -> Bool {
        refusal = JSONRefusal(message)
        return false
    }

    mutating func endBlock(locate: (JSONRefusal) -> JSONError) {
        shape.locateDefects(locate)
    }

    static let callbacks = _EventCallbacks(
        null: { _EventSession<CaptureWalker>.at($0).pointee.null() },
        boolean: { _EventSession<CaptureWalker>.at($0).pointee.boolean($1) },
        number: { _EventSession<CaptureWalker>.at($0).pointee.number($1, $2) },
        string: { _EventSession<CaptureWalker>.at($0).pointee.string($1, $2) },
        beginObject: { _EventSession<CaptureWalker>.at($0).pointee.beginObject() },
        key: { _EventSession<CaptureWalker>.at($0).pointee.key($1, $2) },
        endObject: { _EventSession<CaptureWalker>.at($0).pointee.endObject() },
        beginArray: { _EventSession<CaptureWalker>.at($0).pointee.beginArray() },
        endArray: { _EventSession<CaptureWalker>.at($0).pointee.endArray() })
}

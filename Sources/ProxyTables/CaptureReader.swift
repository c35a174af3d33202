internal import EnvoyConfig
internal import StrictJSON

/// Reads a capture in one pass and hands out the entries of the wanted kinds, one after the other,
/// each with the fields that its projection names.
///
///     {"configs": [                                            root, a list of sections
///       {"@type": "…ClustersConfigDump",                       section
///        "dynamic_active_clusters": [                          list of entries
///          {"version_info": "…", "cluster": {…}}]}]}           entry: read as one message
///     {"cluster_statuses": [{…}]}                              root, list of entries
///     {"bootstrap": {…}}                                       root, entry
///
/// Nothing is fingerprinted, and what is not wanted is not looked at: the pass is cheaper than the
/// index's.
struct CaptureReader: JSONEventHandler {
    private enum Level {
        case start, root, configs, section
        /// A list of entries.
        case entries
    }

    private enum Mode {
        case outline, entry
        /// In an object or list of the outline, or of an entry, that nobody reads.
        case skipped, skippedInEntry
    }

    /// An open object or list of an entry, and its node of the projection.
    private struct Frame {
        var node: Int
        var isList: Bool
    }

    /// Takes the entries.
    private(set) var sink: SummaryCollector
    /// Whether the capture is something that a view can be made of.
    private(set) var isCapture = false
    /// Whether it is a config dump, and whether it has a section: the items of a `?resource=` answer
    /// are none.
    private(set) var isConfigDump = false
    private(set) var hasSections = false
    /// Whether there is anything in `configs`.
    private(set) var hasItems = false
    private(set) var refusal: JSONRefusal?

    private let schema: EnvoySchema
    private var tree: TreeReader
    private var cursor: JSONCursor?

    private var mode = Mode.outline
    private var levels: [Level] = [.start]
    /// How deep the reader is in what is skipped.
    private var depth = 0
    /// Whether the next string is when an entry was last updated.
    private var isTime = false
    /// The current key of the outline, in lowerCamelCase and as it is written.
    private var outlineKey = ""
    private var writtenKey = ""
    private var sectionStart = 0
    /// Whether an object or list of the current section has passed.
    private var hasMembers = false

    /// The entries that are read now, their message, and which of its fields are read.
    private var list: CapturedList?
    private var layout: UnsafePointer<MessageLayout>?
    private var projection = Projection.whole
    private var entryStart = 0
    private var frames: [Frame] = []
    /// The node of the current key's value.
    private var node = Projection.everything
    /// Whether the value of the current key is passed over.
    private var passesValue = false

    init(sink: SummaryCollector) {
        self.sink = sink
        schema = EnvoySchema()
        tree = TreeReader(schema: schema, purpose: .resource)
    }

    mutating func begin(_ cursor: JSONCursor) {
        self.cursor = cursor
    }

    /// Whether it is the document's own value that is refused: not an object.
    var refusesDocument: Bool { refusal != nil && levels.last == .start }

    // MARK: - Scalars

    mutating func null() -> Bool {
        if isRead { return forward(tree.null()) }
        guard mode == .outline, levels.last != .start else { return scalar(nil) }
        // What is null is absent.
        if levels.last == .root, outlineKey == "configs" {
            (isCapture, isConfigDump) = (true, true)
        }
        return true
    }

    mutating func boolean(_ value: Bool) -> Bool {
        isRead ? forward(tree.boolean(value)) : scalar(nil)
    }

    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        isRead ? forward(tree.number(text, count)) : scalar(nil)
    }

    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if isTime { noteTime(text, count) }
        if isRead { return forward(tree.string(text, count)) }
        guard mode == .outline else { return true }
        return scalar(
            String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    }

    @inline(never)
    private mutating func noteTime(_ text: UnsafePointer<UInt8>, _ count: Int) {
        isTime = false
        sink.note(
            time: String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    }

    /// Whether a key is the `last_updated` of an entry or of its state, read or passed over.
    private func isTimeKey(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count == 12 || count == 11, text[0] == UInt8(ascii: "l"),
            levels.last == .entries || levels.last == .section,
            (mode == .skipped ? depth : frames.count) <= 3
        else { return false }
        let key = UnsafeBufferPointer(start: text, count: count)
        return key.matches("last_updated") || key.matches("lastUpdated")
    }

    private var isRead: Bool { mode == .entry && !passesValue }

    private mutating func scalar(_ text: String?) -> Bool {
        guard mode == .outline else { return true }
        if isMisplaced { return refuse("`\(writtenKey)` is not a list") }
        switch levels.last {
        case .start:
            return refuse("a capture is a JSON object")
        case .section where isMisplacedBootstrap, .root where isMisplacedBootstrap:
            return refuse("`bootstrap` is not an object")
        case .section where outlineKey == "@type":
            return beginSection(typeURL: text ?? "")
        case .section, .root:
            if outlineKey == "version", levels.last == .root { isCapture = true }
            sink.note(key: outlineKey, text)
        default:
            break
        }
        return true
    }

    /// Whether a text or a number stands where a bootstrap is read.
    private var isMisplacedBootstrap: Bool { outlineKey == "bootstrap" && sink.wants(.bootstrap) }

    /// Whether the current key is that of a list that is read; what is no list cannot be its value.
    private var isMisplaced: Bool {
        switch levels.last {
        case .root where outlineKey == "configs": true
        case .root, .section: CapturedList(key: outlineKey).map { sink.wants($0.kind) } ?? false
        default: false
        }
    }

    private mutating func beginSection(typeURL: String) -> Bool {
        if let item = CapturedList.item(typeURL: typeURL) {
            sink.begin(item.kind)
            guard sink.wants(item.kind) else { return true }
            guard !hasMembers else {
                return refuse("the `@type` of an item comes after its members: it cannot be read")
            }
            // The section is an entry itself, whose first brace has passed.
            _ = levels.popLast()
            begin(item)
            return beginEntry(at: sectionStart)
        }
        let section = typeURL.split(separator: ".").last.map(String.init) ?? ""
        if section.hasSuffix("ConfigDump") { hasSections = true }
        if let kind = CapturedKind.allCases.first(where: {
            $0.resourceKind?.sectionName == section
        }) {
            sink.begin(kind)
        }
        return true
    }

    // MARK: - Keys

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        isTime = isTimeKey(text, count)
        switch mode {
        case .skipped, .skippedInEntry:
            return true
        case .entry:
            guard let frame = frames.last,
                let child = projection.child(of: frame.node, text, count)
            else {
                passesValue = true
                return true
            }
            passesValue = false
            node = child
            return forward(tree.key(text, count))
        case .outline:
            let bytes = Array(UnsafeBufferPointer(start: text, count: count))
            writtenKey = String(decoding: bytes, as: UTF8.self)
            outlineKey = String(decoding: FieldName.lowerCamelCase(bytes), as: UTF8.self)
            return true
        }
    }

    // MARK: - Objects

    mutating func beginObject() -> Bool {
        switch mode {
        case .skipped, .skippedInEntry:
            depth &+= 1
            return true
        case .entry:
            if passesValue { return skip(.skippedInEntry) }
            push(isList: false)
            return forward(tree.beginObject())
        case .outline:
            return beginOutlineObject()
        }
    }

    private mutating func beginOutlineObject() -> Bool {
        if isMisplaced { return refuse("`\(writtenKey)` is not a list") }
        switch levels.last {
        case .start:
            levels.append(.root)
        case .configs:
            sectionStart = offset - 1
            hasMembers = false
            hasItems = true
            levels.append(.section)
        case .entries:
            return beginEntry(at: offset - 1)
        case .section where outlineKey == "bootstrap", .root where outlineKey == "bootstrap":
            return beginSingle(.bootstrap)
        case .root where outlineKey == "node":
            return beginSingle(.serverNode)
        default:
            return skipMember()
        }
        return true
    }

    private mutating func skipMember() -> Bool {
        if levels.last == .section {
            hasMembers = true
            sink.passOver(member: writtenKey)
        }
        return skip(.skipped)
    }

    private mutating func beginSingle(_ single: CapturedList) -> Bool {
        isCapture = true
        if levels.last == .section { hasSections = true }
        sink.begin(single.kind)
        guard sink.wants(single.kind) else { return skip(.skipped) }
        begin(single)
        return beginEntry(at: offset - 1)
    }

    private mutating func begin(_ found: CapturedList) {
        list = found
        layout = schema.message(named: found.typeName)
        projection = sink.projection(of: found.kind)
    }

    private mutating func beginEntry(at start: Int) -> Bool {
        guard let layout else { return skip(.skipped) }
        entryStart = start
        tree.start(.message(layout))
        mode = .entry
        passesValue = false
        node = projection.root
        frames.removeAll(keepingCapacity: true)
        frames.append(Frame(node: node, isList: false))
        return forward(tree.beginObject())
    }

    mutating func endObject() -> Bool {
        switch mode {
        case .skipped, .skippedInEntry:
            unskip()
        case .entry:
            frames.removeLast()
            guard forward(tree.endObject()) else { return false }
            if frames.isEmpty { endEntry() } else { restorePlace() }
        case .outline:
            _ = levels.popLast()
        }
        return true
    }

    private mutating func endEntry() {
        mode = .outline
        guard let list, let value = tree.result else { return }
        sink.take(
            CapturedEntry(
                place: CapturedPlace(
                    kind: list.kind, state: list.state, range: entryStart..<offset),
                value: value, remarks: tree.remarks))
    }

    // MARK: - Lists

    mutating func beginArray() -> Bool {
        switch mode {
        case .skipped, .skippedInEntry:
            depth &+= 1
            return true
        case .entry:
            if passesValue { return skip(.skippedInEntry) }
            push(isList: true)
            return forward(tree.beginArray())
        case .outline:
            return beginOutlineArray()
        }
    }

    private mutating func beginOutlineArray() -> Bool {
        if levels.last == .root, outlineKey == "configs" {
            (isCapture, isConfigDump) = (true, true)
            levels.append(.configs)
            return true
        }
        if levels.last == .start { return refuse("a capture is a JSON object, not a list") }
        guard levels.last == .section || levels.last == .root,
            let found = CapturedList(key: outlineKey)
        else { return skipMember() }
        isCapture = true
        if levels.last == .section { hasSections = true }
        sink.begin(found.kind)
        guard sink.wants(found.kind) else { return skip(.skipped) }
        begin(found)
        levels.append(.entries)
        return true
    }

    mutating func endArray() -> Bool {
        switch mode {
        case .skipped, .skippedInEntry:
            unskip()
        case .entry:
            frames.removeLast()
            guard forward(tree.endArray()) else { return false }
            restorePlace()
        case .outline:
            _ = levels.popLast()
        }
        return true
    }

    // MARK: - Where the reader stands

    private var offset: Int { cursor?.offset ?? 0 }

    @inline(__always)
    private mutating func push(isList: Bool) {
        frames.append(Frame(node: node, isList: isList))
    }

    /// After a value: in a list the next element has the list's node.
    @inline(__always)
    private mutating func restorePlace() {
        passesValue = false
        if let frame = frames.last { node = frame.node }
    }

    private mutating func skip(_ skipped: Mode) -> Bool {
        mode = skipped
        depth = 1
        return true
    }

    private mutating func unskip() {
        depth &-= 1
        if depth == 0 { mode = mode == .skippedInEntry ? .entry : .outline }
    }

    // MARK: - Refusing

    @inline(__always)
    private mutating func forward(_ isAccepted: Bool) -> Bool { isAccepted || refuseEntry() }

    @inline(never)
    private mutating func refuseEntry() -> Bool {
        refuse("an entry cannot be read: \(tree.refusal?.message ?? "not readable")")
    }

    private mutating func refuse(_ message: String) -> Bool {
        refusal = JSONRefusal(message)
        return false
    }

    static let callbacks = JSONEventCallbacks(
        null: { JSONSession<CaptureReader>.at($0).pointee.null() },
        boolean: { JSONSession<CaptureReader>.at($0).pointee.boolean($1) },
        number: { JSONSession<CaptureReader>.at($0).pointee.number($1, $2) },
        string: { JSONSession<CaptureReader>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<CaptureReader>.at($0).pointee.beginObject() },
        key: { JSONSession<CaptureReader>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<CaptureReader>.at($0).pointee.endObject() },
        beginArray: { JSONSession<CaptureReader>.at($0).pointee.beginArray() },
        endArray: { JSONSession<CaptureReader>.at($0).pointee.endArray() })
}

internal import StrictJSON

/// Reads the tree of a value, or of those of its fields that a projection names.
///
/// What is not named costs its tokens alone: it does not reach the canonicalizer. While
/// `isSkipping`, `beginSkipped` and `endSkipped` are all that need be called.
struct ProjectedTree {
    private var canonicalizer: Canonicalizer<TreeOutput>
    private var projection = Projection.whole
    /// The nodes of the objects and lists that are open.
    private var nodes: [Int] = []
    /// The node of the next value.
    private var node = Projection.everything
    /// Whether the value of the current key is passed over, and how deep the reader is in it.
    private var skipsValue = false
    private var skippedDepth = 0

    /// Whether the reader is inside of something that is passed over: nearly all tokens of a table are.
    @inline(__always)
    var isSkipping: Bool { skippedDepth > 0 }

    init(schema: EnvoySchema) {
        canonicalizer = Canonicalizer(schema: schema, output: TreeOutput(schema: schema))
    }

    /// Makes ready for the next value; what was learnt of the schema stays.
    mutating func start(
        _ purpose: CanonicalPurpose, untyped layout: UnsafePointer<MessageLayout>? = nil,
        _ projection: Projection = .whole
    ) {
        canonicalizer.start(purpose, untyped: layout)
        self.projection = projection
        node = projection.root
        nodes.removeAll(keepingCapacity: true)
        skipsValue = false
        skippedDepth = 0
    }

    /// The value, once it is complete.
    var result: CanonicalValue? { canonicalizer.result }
    /// What was odd about it.
    var remarks: [CanonicalRemark] { canonicalizer.remarks }
    /// Why it cannot be read on.
    var refusal: CanonicalRefusal? { canonicalizer.refusal }
    /// Whether every object and list that was begun has ended.
    var isAtEnd: Bool { nodes.isEmpty && skippedDepth == 0 }

    mutating func null() -> Bool { skipsValue || canonicalizer.null() }

    mutating func boolean(_ value: Bool) -> Bool { skipsValue || canonicalizer.boolean(value) }

    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        skipsValue || canonicalizer.number(text, count)
    }

    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        skipsValue || canonicalizer.string(text, count)
    }

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if isSkipping { return true }
        guard let child = projection.child(of: nodes.last ?? projection.root, text, count) else {
            skipsValue = true
            return true
        }
        skipsValue = false
        node = child
        return canonicalizer.key(text, count)
    }

    mutating func beginObject() -> Bool { begin() || canonicalizer.beginObject() }

    mutating func beginArray() -> Bool { begin() || canonicalizer.beginArray() }

    mutating func endObject() -> Bool {
        if isSkipping { return endSkipped() }
        nodes.removeLast()
        guard canonicalizer.endObject() else { return false }
        restoreNode()
        return true
    }

    mutating func endArray() -> Bool {
        if isSkipping { return endSkipped() }
        nodes.removeLast()
        guard canonicalizer.endArray() else { return false }
        restoreNode()
        return true
    }

    /// Opens an object or list; true if it is passed over.
    private mutating func begin() -> Bool {
        if skipsValue { return beginSkipped() }
        nodes.append(node)
        return false
    }

    /// An object or list begins inside of what is passed over.
    @inline(__always)
    mutating func beginSkipped() -> Bool {
        skippedDepth &+= 1
        return true
    }

    /// An object or list ends that is passed over, or is inside of it.
    @inline(__always)
    mutating func endSkipped() -> Bool {
        skippedDepth &-= 1
        return true
    }

    /// After a value: in a list the next element has the list's node.
    private mutating func restoreNode() {
        skipsValue = false
        if let last = nodes.last { node = last }
    }
}

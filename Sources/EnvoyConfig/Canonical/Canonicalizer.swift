internal import StrictJSON

/// Reads one resource's events and puts its canonical form together.
///
/// Every open object or list is a frame; the frame and the schema say what the next value is. A
/// value that is done goes to the frame below, which by then knows whether it is kept:
///
///     { "cluster": { "connect_timeout": "10s", "lb_policy": "ROUND_ROBIN" … } }
///                    ─────────┬───────  ──┬──   ─────────────┬──────────
///                    the field, by        │     the first value of an enum without presence:
///                    either of its names  │     a default, left out
///                                         └── a Duration: respelled where needed, then handed
///                                             to the output, which makes a hash or a tree of it
///
/// What only later members can tell (an Any whose `@type` comes last) is recorded and replayed.
///
/// - Note: Called once for each token of a dump. The paths that tokens of a real dump take are
///   inlined and work on pointers; what is rare stands in extensions and may use arrays and strings.
struct Canonicalizer<Output: CanonicalOutput> {
    typealias Frame = CanonicalFrame<Output.Parts>

    var output: Output
    let schema: EnvoySchema
    private let stack: FrameStack<Output.Parts>
    /// The innermost open frame; the frame at the base waits for the resource itself.
    private(set) var top: UnsafeMutablePointer<Frame>
    private var limit: UnsafeMutablePointer<Frame>

    /// What the resource is, as far as its canonical form depends on it.
    private(set) var purpose = CanonicalPurpose.resource
    private(set) var isLoadAssignment = false
    /// What a resource without `@type` is read as.
    private(set) var untypedLayout: UnsafePointer<MessageLayout>?
    /// The finished resource; nil while it is read.
    var result: Output.Value?
    /// What was odd about the resource.
    var remarks: [CanonicalRemark] = []
    /// Why the resource cannot be read on.
    var refusal: CanonicalRefusal?

    /// The keys of the open maps, Structs and unknown objects.
    let keys = KeyStack()
    /// The members that the schema does not know, for each open frame that has some.
    var foreign: [[ForeignMember<Output.Value>]] = []
    /// Where a respelled scalar is written.
    var scratch: [UInt8] = []

    var isTaping = false
    var isReplaying = false
    var tape = EventTape()
    /// Values of TypedStructs that came before their type, by the depth of the TypedStruct.
    var heldTapes: [Int: EventTape] = [:] {
        didSet { holdsTapes = !heldTapes.isEmpty }
    }
    private(set) var holdsTapes = false

    /// The names of the extensions that are open, by their depth.
    var extensionNames: [[UInt8]] = []

    /// The field of the root whose list has no order, and the field that names its elements.
    var unorderedField: UnsafePointer<FieldLayout>?
    var elementNameField: UnsafePointer<FieldLayout>?
    var elementName: [UInt8] = []

    let types: TypeCache

    init(schema: EnvoySchema, output: Output) {
        self.schema = schema
        self.output = output
        stack = FrameStack(empty: Frame(.root, parts: output.noParts))
        top = stack.base
        limit = stack.base + (stack.capacity - 1)
        types = TypeCache(schema: schema)
    }

    /// Makes ready for the next resource; `layout` is what one without `@type` is read as.
    mutating func start(
        _ purpose: CanonicalPurpose, untyped layout: UnsafePointer<MessageLayout>? = nil
    ) {
        self.purpose = purpose
        untypedLayout = layout
        isLoadAssignment = purpose == .loadAssignment
        top = stack.base
        top.pointee = Frame(.root, parts: output.noParts)
        if case .message(let layout) = purpose { top.pointee.message = layout }
        if purpose.isSecret { top.pointee.modes = .inSecret }
        result = nil
        refusal = nil
        if !remarks.isEmpty { remarks.removeAll() }
        keys.removeAll()
        if !foreign.isEmpty { foreign.removeAll() }
        if !heldTapes.isEmpty { heldTapes.removeAll() }
        isTaping = false
        isReplaying = false
        unorderedField = nil
        elementNameField = nil
    }

    /// How many frames are open above the base.
    var depth: Int { top - stack.base }

    /// The frames from the base to the innermost.
    var openFrames: UnsafeMutableBufferPointer<Frame> {
        UnsafeMutableBufferPointer(start: stack.base, count: depth + 1)
    }

    @inline(__always)
    mutating func push(_ frame: consuming Frame) {
        if top == limit { growStack() }
        top += 1
        top.pointee = frame
    }

    @inline(never)
    private mutating func growStack() {
        let depth = self.depth
        stack.grow()
        top = stack.base + depth
        limit = stack.base + (stack.capacity - 1)
    }

    /// Closes the innermost frame and hands out its parts.
    @inline(__always)
    mutating func pop() -> Output.Parts {
        let parts = top.pointee.parts
        top.pointee.parts = output.noParts
        top -= 1
        return parts
    }

    // MARK: - Tokens

    @inline(__always)
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if isTaping { return record(.key, text, count) }
        guard let field = top.pointee.guess?.field(text, count) else {
            return unguessedKey(text, count)
        }
        return enter(field)
    }

    @inline(never)
    private mutating func unguessedKey(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if let guess = top.pointee.guess, let message = top.pointee.message,
            let field = message.pointee.field(text, count, teaching: guess)
        {
            return enter(field)
        }
        return rareKey(text, count)
    }

    /// Takes a field as the one whose value comes next; a field that comes twice is an error.
    @inline(__always)
    private mutating func enter(_ field: UnsafePointer<FieldLayout>) -> Bool {
        top.pointee.field = field
        top.pointee.guess = field.pointee.successor
        let ordinal = UInt64(field.pointee.ordinal)
        let bit = 1 &<< (ordinal & 63)
        if ordinal < 64 {
            if top.pointee.seen.0 & bit != 0 { return refuseDuplicate(field) }
            top.pointee.seen.0 |= bit
        } else {
            if top.pointee.seen.1 & bit != 0 { return refuseDuplicate(field) }
            top.pointee.seen.1 |= bit
        }
        return true
    }

    @inline(__always)
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if isTaping { return record(.string, text, count) }
        guard let field = top.pointee.field, isElement(field),
            !top.pointee.modes.contains(.redacted), count < PrivateKey.scannedLength
        else { return rareString(text, count) }
        guard field.pointee.isPlainString else {
            if field.pointee.kind == .enumeration, !field.pointee.isSensitive {
                return enumeration(named: text, count, field: field)
            }
            if field.pointee.form == .duration, !field.pointee.isSensitive,
                ScalarSpelling.isPlainDuration(text, count)
            {
                return attach(output.string(text, count), field)
            }
            return rareString(text, count)
        }
        if field == elementNameField { noteElementName(text, count) }
        if count == 0, isDefaultOmitted(field) { return skip() }
        return attach(output.string(text, count), field)
    }

    @inline(__always)
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if isTaping { return record(.number, text, count) }
        guard let field = top.pointee.field, isElement(field), !isRedacted(field),
            let largest = field.pointee.largestPlainInteger,
            ScalarSpelling.isPlainInteger(text, count, upTo: largest)
        else { return rareScalar(.number, text, count) }
        if count == 1, text[0] == UInt8(ascii: "0"), isDefaultOmitted(field) { return skip() }
        if isLoadAssignment, isTrimmed(field, text: UnsafeBufferPointer(start: text, count: count))
        {
            return skip()
        }
        return attach(output.literal(text, count), field)
    }

    @inline(__always)
    mutating func boolean(_ value: Bool) -> Bool {
        if isTaping { return record(value ? .yes : .no) }
        let text: StaticString = value ? "true" : "false"
        guard let field = top.pointee.field, isElement(field), !isRedacted(field),
            field.pointee.kind == .bool || field.pointee.form == .boolWrapper
        else { return rareScalar(.boolean, text.utf8Start, text.utf8CodeUnitCount) }
        if !value, isDefaultOmitted(field) { return skip() }
        return attach(output.literal(text.utf8Start, text.utf8CodeUnitCount), field)
    }

    @inline(__always)
    mutating func beginObject() -> Bool {
        if isTaping { return record(.beginObject) }
        guard let field = top.pointee.field, field.pointee.kind == .message,
            field.pointee.form == .plain, isElement(field)
        else { return rareObject() }
        push(
            Frame(
                .message, modes: modes(below: field), message: schema.messageLayout(of: field),
                parts: output.noParts))
        return true
    }

    @inline(__always)
    mutating func endObject() -> Bool {
        if isTaping { return endRecorded(.endObject) }
        guard top.pointee.kind == .message, !top.pointee.hasForeign,
            !top.pointee.modes.contains(.inStruct), !holdsTapes, !isLoadAssignment
        else { return rareEndObject() }
        let value = output.object(pop(), order: .declaration)
        return attach(value)
    }

    @inline(__always)
    mutating func beginArray() -> Bool {
        if isTaping { return record(.beginArray) }
        guard top.pointee.kind == .message, let field = top.pointee.field,
            field.pointee.cardinality == .repeated
        else { return rareArray() }
        var frame = Frame(.list, modes: modes(below: field), field: field, parts: output.noParts)
        if field == unorderedField, depth == 1 { frame.modes.insert(.unordered) }
        push(frame)
        return true
    }

    @inline(__always)
    mutating func endArray() -> Bool {
        if isTaping { return endRecorded(.endArray) }
        let kind = top.pointee.kind
        let isEmpty = top.pointee.count == 0
        let value = output.list(pop())
        // A repeated field has no presence: empty is the same as absent.
        if isEmpty, kind == .list { return skip() }
        if isLoadAssignment, isTrimmedList() { return skip() }
        return attach(value)
    }

    // MARK: - Where a value goes

    /// Whether the next value is one of this field's own type: a singular field's value, an
    /// element, or the value of a map entry.
    @inline(__always)
    func isElement(_ field: UnsafePointer<FieldLayout>) -> Bool {
        top.pointee.kind != .message || field.pointee.cardinality == .singular
    }

    @inline(__always)
    func isRedacted(_ field: UnsafePointer<FieldLayout>) -> Bool {
        field.pointee.isSensitive || top.pointee.modes.contains(.redacted)
    }

    /// Whether a default value of this field means the same as none.
    @inline(__always)
    func isDefaultOmitted(_ field: UnsafePointer<FieldLayout>) -> Bool {
        top.pointee.kind == .message && !field.pointee.hasPresence
    }

    @inline(__always)
    func modes(below field: UnsafePointer<FieldLayout>) -> FrameModes {
        var modes = top.pointee.modes.inherited
        if field.pointee.isSensitive { modes.insert(.redacted) }
        return modes
    }

    /// Hands a scalar to the innermost frame.
    @inline(__always)
    mutating func attach(_ value: Output.Value, _ field: UnsafePointer<FieldLayout>) -> Bool {
        guard top.pointee.kind == .message else { return attach(value) }
        return attachField(value, field)
    }

    /// Hands a finished value to the innermost frame.
    @inline(__always)
    mutating func attach(_ value: Output.Value) -> Bool {
        switch top.pointee.kind {
        case .message:
            guard let field = top.pointee.field else { return attachRare(value) }
            return attachField(value, field)
        case .list:
            if top.pointee.modes.contains(.unordered) { return attachRare(value) }
            top.pointee.count &+= 1
            output.append(value, to: &top.pointee.parts)
            return true
        default:
            return attachRare(value)
        }
    }

    @inline(__always)
    private mutating func attachField(
        _ value: Output.Value, _ field: UnsafePointer<FieldLayout>
    ) -> Bool {
        if field.pointee.oneof >= 0 { noteOneof(field) }
        top.pointee.count &+= 1
        output.add(
            value, field: field, inStruct: top.pointee.modes.contains(.inStruct),
            to: &top.pointee.parts)
        return true
    }

    @inline(__always)
    private mutating func noteOneof(_ field: UnsafePointer<FieldLayout>) {
        let bit: UInt32 = 1 &<< UInt32(truncatingIfNeeded: field.pointee.oneof)
        if top.pointee.oneofs & bit != 0 { remarkOneof(field) }
        top.pointee.oneofs |= bit
    }

    /// Leaves out the value that has just been read.
    @inline(__always)
    mutating func skip() -> Bool {
        if top.pointee.kind != .message || top.pointee.field == nil { dropKey() }
        return true
    }

    /// Notes the name of an element by which its list is sorted.
    @inline(never)
    mutating func noteElementName(_ text: UnsafePointer<UInt8>, _ count: Int) {
        guard depth == 3 else { return }
        elementName = Array(UnsafeBufferPointer(start: text, count: count))
    }
}

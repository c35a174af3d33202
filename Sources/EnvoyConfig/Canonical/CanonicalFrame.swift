/// What an open object or list is read as.
enum FrameKind: UInt8 {
    /// Below everything: the resource's own value is expected.
    case root
    /// A message whose type the schema knows.
    case message
    /// The elements of a repeated field.
    case list
    /// The entries of a map field: keys are data.
    case map
    /// An Any whose `@type` has not arrived yet.
    case anyPending
    /// An Any of a well-known type: `{"@type": …, "value": …}`.
    case anyValue
    /// A `google.protobuf.Struct`: keys and values are data.
    case structObject
    /// A `google.protobuf.ListValue`.
    case structList
    /// An object that no schema describes.
    case unknownObject
    /// A list that no schema describes.
    case unknownList
}

/// How the values inside an open object or list are treated; what is set is inherited.
struct FrameModes: OptionSet {
    let rawValue: UInt8

    /// Below a sensitive field: values are redacted.
    static let redacted = FrameModes(rawValue: 1)
    /// In a TypedStruct: a message spelled as a Struct.
    static let inStruct = FrameModes(rawValue: 2)
    /// A list whose order has no meaning. Not inherited.
    static let unordered = FrameModes(rawValue: 4)
    /// A locality of which endpoints were seen. Not inherited.
    static let hasEndpoints = FrameModes(rawValue: 8)
    /// A TypedStruct whose type was seen. Not inherited.
    static let hasPayloadType = FrameModes(rawValue: 16)
    /// In a secret: what the schema does not know is redacted.
    static let inSecret = FrameModes(rawValue: 32)
    /// An Any that holds a secret. Not inherited.
    static let isSecret = FrameModes(rawValue: 64)
    /// An extension, or a map of them, whose name tells the type of the current value. Not inherited.
    static let typedByName = FrameModes(rawValue: 128)

    @inline(__always)
    var inherited: FrameModes { intersection([.redacted, .inStruct, .inSecret]) }

    /// The modes of what the schema does not know.
    var foreign: FrameModes { contains(.inSecret) ? union(.redacted) : self }
}

/// An object or list that is open.
struct CanonicalFrame<Parts> {
    var kind: FrameKind
    var modes: FrameModes
    /// For `anyValue`: which well-known type.
    var form: MessageForm
    /// Whether the stack of foreign members has some of this object.
    var hasForeign = false
    /// Which oneofs have a member, a bit for each.
    var oneofs: UInt32 = 0
    /// How many members or elements were kept.
    var count: Int32 = 0
    /// Where the hashes of this map's keys begin.
    var hashBase: Int32 = 0
    /// Where the current key begins in the text of keys.
    var keyStart: Int32 = 0
    var message: UnsafePointer<MessageLayout>?
    /// For a message whose fields the schema knows, which of them is expected next; else nil.
    var guess: UnsafeMutablePointer<FieldGuess>?
    /// For a message the field of the current key, nil if it is unknown; for a list or map the
    /// field that it is the value of.
    var field: UnsafePointer<FieldLayout>?
    /// For a TypedStruct the message that its `type_url` names.
    var payload: UnsafePointer<MessageLayout>?
    /// Which fields were met, a bit for each ordinal.
    var seen: (UInt64, UInt64) = (0, 0)
    var parts: Parts

    @inline(__always)
    init(
        _ kind: FrameKind, modes: FrameModes = [], form: MessageForm = .plain,
        message: UnsafePointer<MessageLayout>? = nil, field: UnsafePointer<FieldLayout>? = nil,
        parts: Parts
    ) {
        self.kind = kind
        self.modes = modes
        self.form = form
        self.message = message
        guess = kind == .message ? message?.pointee.first : nil
        self.field = field
        self.parts = parts
    }
}

/// The memory of the open frames. Its places are all initialized, so that a value that was left
/// half read is let go with them.
final class FrameStack<Parts> {
    private(set) var base: UnsafeMutablePointer<CanonicalFrame<Parts>>
    private(set) var capacity: Int
    private let empty: CanonicalFrame<Parts>

    init(empty: CanonicalFrame<Parts>) {
        self.empty = empty
        capacity = 64
        base = .allocate(capacity: capacity)
        base.initialize(repeating: empty, count: capacity)
    }

    deinit {
        base.deinitialize(count: capacity)
        base.deallocate()
    }

    /// Doubles the room; frames keep their places from the base.
    func grow() {
        let grown = UnsafeMutablePointer<CanonicalFrame<Parts>>.allocate(capacity: capacity * 2)
        grown.moveInitialize(from: base, count: capacity)
        (grown + capacity).initialize(repeating: empty, count: capacity)
        base.deallocate()
        base = grown
        capacity *= 2
    }
}

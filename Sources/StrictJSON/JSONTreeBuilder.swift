/// Builds the trees of a document: that of the whole, or one after the other those of its elements,
/// so that a long list is never in memory as a whole.
package struct JSONTreeBuilder: _EventHandler {
    private enum Level {
        case object([String: JSONValue], key: String)
        case list([JSONValue])
        /// The document itself, where its elements are handed over.
        case outermost(key: String?)
    }

    /// What takes the elements; nil if the whole document becomes one tree.
    private let body: ((_ key: String?, _ value: JSONValue) -> Void)?
    private var levels: [Level] = []
    /// The document's tree, where it becomes one.
    package private(set) var result: JSONValue?
    /// Why the document was refused.
    package private(set) var refusal: JSONRefusal?

    /// Makes a builder of the document's tree.
    package init() {
        body = nil
    }

    /// Makes a builder of the trees of the elements: `body` is handed each element of the list, or
    /// each member of the object, that the document is.
    package init(elements body: @escaping (_ key: String?, _ value: JSONValue) -> Void) {
        self.body = body
    }

    /// The tree of a document.
    ///
    /// - Throws: `JSONError`, located, if it is not JSON.
    package static func value(of bytes: [UInt8], source: String) throws(JSONError) -> JSONValue {
        var parser = try _EventParser(
            handler: JSONTreeBuilder(), source: source, expectedLength: bytes.count)
        try bytes.withBytes { (bytes) throws(JSONError) in try parser.parse(bytes) }
        try parser.finish()
        return parser.handler.result ?? .null
    }

    /// The tree of a document's beginning: what is still open where the bytes end, or where they are
    /// no JSON any more, counts as closed.
    package static func beginning(of bytes: [UInt8]) -> JSONValue? {
        guard
            var parser = try? _EventParser(handler: JSONTreeBuilder(), expectedLength: bytes.count)
        else { return nil }
        bytes.withUnsafeBytes { bytes in try? parser.parse(bytes) }
        while !parser.handler.levels.isEmpty { _ = parser.handler.close() }
        return parser.handler.result
    }

    package mutating func begin(_ cursor: _EventCursor) {}
    package mutating func null() -> Bool { add(.null) }
    package mutating func boolean(_ value: Bool) -> Bool { add(.boolean(value)) }
    package mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(.number(JSONTreeBuilder.text(text, count)))
    }
    package mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(.string(JSONTreeBuilder.text(text, count)))
    }

    package mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let key = JSONTreeBuilder.text(text, count)
        switch levels.popLast() {
        case .object(let members, _):
            if members[key] != nil {
                refusal = JSONRefusal("the key \(key) comes twice in one object")
                return false
            }
            levels.append(.object(members, key: key))
        case .outermost:
            levels.append(.outermost(key: key))
        default:
            return false
        }
        return true
    }

    package mutating func beginObject() -> Bool { open(.object([:], key: "")) }
    package mutating func beginArray() -> Bool { open(.list([])) }

    private mutating func open(_ level: Level) -> Bool {
        let isOutermost = levels.isEmpty && body != nil
        levels.append(isOutermost ? .outermost(key: nil) : level)
        return true
    }

    package mutating func endObject() -> Bool { close() }
    package mutating func endArray() -> Bool { close() }

    private mutating func close() -> Bool {
        switch levels.popLast() {
        case .object(let members, _): add(.object(members))
        case .list(let elements): add(.list(elements))
        case .outermost: true
        case nil: false
        }
    }

    private mutating func add(_ value: JSONValue) -> Bool {
        switch levels.popLast() {
        case .object(var members, let key):
            members[key] = value
            levels.append(.object(members, key: key))
        case .list(var elements):
            elements.append(value)
            levels.append(.list(elements))
        case .outermost(let key):
            body?(key, value)
            levels.append(.outermost(key: key))
        case nil where body == nil || value == .null:
            // `null` is how Go prints an empty list.
            result = value
        case nil:
            refusal = JSONRefusal("expected a list or an object")
            return false
        }
        return true
    }

    private static func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    package static let callbacks = _EventCallbacks(
        null: { _EventSession<JSONTreeBuilder>.at($0).pointee.null() },
        boolean: { _EventSession<JSONTreeBuilder>.at($0).pointee.boolean($1) },
        number: { _EventSession<JSONTreeBuilder>.at($0).pointee.number($1, $2) },
        string: { _EventSession<JSONTreeBuilder>.at($0).pointee.string($1, $2) },
        beginObject: { _EventSession<JSONTreeBuilder>.at($0).pointee.beginObject() },
        key: { _EventSession<JSONTreeBuilder>.at($0).pointee.key($1, $2) },
        endObject: { _EventSession<JSONTreeBuilder>.at($0).pointee.endObject() },
        beginArray: { _EventSession<JSONTreeBuilder>.at($0).pointee.beginArray() },
        endArray: { _EventSession<JSONTreeBuilder>.at($0).pointee.endArray() })
}

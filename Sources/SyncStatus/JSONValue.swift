internal import JSONEvents

/// A small JSON document as a tree.
enum JSONValue {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case list([JSONValue])
    case object([String: JSONValue])

    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The member of either spelling.
    subscript(snake: String, camel: String) -> JSONValue? {
        self[snake] ?? self[camel]
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var list: [JSONValue]? {
        if case .list(let elements) = self { elements } else { nil }
    }

    var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }
}

/// Builds the tree of a document.
struct JSONTreeBuilder: JSONEventHandler {
    private enum Level {
        case object([String: JSONValue], key: String)
        case list([JSONValue])
    }

    private var levels: [Level] = []
    private(set) var result: JSONValue?
    private(set) var refusal: JSONRefusal?

    mutating func begin(_ cursor: JSONCursor) {}
    mutating func null() -> Bool { add(.null) }
    mutating func boolean(_ value: Bool) -> Bool { add(.boolean(value)) }
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(.number(JSONTreeBuilder.text(text, count)))
    }
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(.string(JSONTreeBuilder.text(text, count)))
    }

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard case .object(let members, _)? = levels.popLast() else { return false }
        let key = JSONTreeBuilder.text(text, count)
        if members[key] != nil {
            refusal = JSONRefusal("the key \(key) comes twice in one object")
            return false
        }
        levels.append(.object(members, key: key))
        return true
    }

    mutating func beginObject() -> Bool {
        levels.append(.object([:], key: ""))
        return true
    }

    mutating func beginArray() -> Bool {
        levels.append(.list([]))
        return true
    }

    mutating func endObject() -> Bool { close() }
    mutating func endArray() -> Bool { close() }

    private mutating func close() -> Bool {
        switch levels.popLast() {
        case .object(let members, _): add(.object(members))
        case .list(let elements): add(.list(elements))
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
        case nil:
            result = value
        }
        return true
    }

    private static func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    static let callbacks = JSONEventCallbacks(
        null: { JSONSession<JSONTreeBuilder>.at($0).pointee.null() },
        boolean: { JSONSession<JSONTreeBuilder>.at($0).pointee.boolean($1) },
        number: { JSONSession<JSONTreeBuilder>.at($0).pointee.number($1, $2) },
        string: { JSONSession<JSONTreeBuilder>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<JSONTreeBuilder>.at($0).pointee.beginObject() },
        key: { JSONSession<JSONTreeBuilder>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<JSONTreeBuilder>.at($0).pointee.endObject() },
        beginArray: { JSONSession<JSONTreeBuilder>.at($0).pointee.beginArray() },
        endArray: { JSONSession<JSONTreeBuilder>.at($0).pointee.endArray() })
}

/// What takes tokens, whatever its type. C functions cannot be generic: the handler that they call is of
/// one type, and a method of a class leads from it to the visitor's.
class AnyVisitorBox {
    /// Takes a token.
    func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) throws(JSONRefusal) {}
}

/// A visitor while it is being called.
final class VisitorBox<Visitor: JSONVisitor>: AnyVisitorBox {
    private(set) var visitor: Visitor

    init(_ visitor: consuming Visitor) {
        self.visitor = visitor
    }

    override func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) throws(JSONRefusal) {
        try visitor.visit(token, text)
    }
}

/// Hands the events of a document to a visitor, as tokens.
struct VisitorEvents: _EventHandler {
    private let box: AnyVisitorBox
    private(set) var refusal: JSONRefusal?

    init(_ box: AnyVisitorBox) {
        self.box = box
    }

    private mutating func visit(
        _ token: JSONToken.Kind, _ start: UnsafePointer<UInt8>? = nil, _ count: Int = 0
    ) -> Bool {
        let text = UnsafeBufferPointer(start: start, count: count)
        do throws(JSONRefusal) {
            try box.visit(token, text.span)
            return true
        } catch {
            refusal = error
            return false
        }
    }

    mutating func begin(_ cursor: _EventCursor) {}
    mutating func null() -> Bool { visit(.null) }
    mutating func boolean(_ value: Bool) -> Bool { visit(value ? .true : .false) }
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        visit(.number, text, count)
    }
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        visit(.string, text, count)
    }
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        visit(.key, text, count)
    }
    mutating func beginObject() -> Bool { visit(.beginObject) }
    mutating func endObject() -> Bool { visit(.endObject) }
    mutating func beginArray() -> Bool { visit(.beginArray) }
    mutating func endArray() -> Bool { visit(.endArray) }

    static let callbacks = _EventCallbacks(
        null: { _EventSession<VisitorEvents>.at($0).pointee.null() },
        boolean: { _EventSession<VisitorEvents>.at($0).pointee.boolean($1) },
        number: { _EventSession<VisitorEvents>.at($0).pointee.number($1, $2) },
        string: { _EventSession<VisitorEvents>.at($0).pointee.string($1, $2) },
        beginObject: { _EventSession<VisitorEvents>.at($0).pointee.beginObject() },
        key: { _EventSession<VisitorEvents>.at($0).pointee.key($1, $2) },
        endObject: { _EventSession<VisitorEvents>.at($0).pointee.endObject() },
        beginArray: { _EventSession<VisitorEvents>.at($0).pointee.beginArray() },
        endArray: { _EventSession<VisitorEvents>.at($0).pointee.endArray() })
}

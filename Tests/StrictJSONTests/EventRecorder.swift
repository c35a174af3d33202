import StrictJSON

/// Writes down every event.
struct EventRecorder: _EventHandler {
    enum Event: Hashable {
        case null
        case boolean(Bool)
        case number(String)
        case string([UInt8])
        case key([UInt8])
        case beginObject, endObject, beginArray, endArray
    }

    private(set) var events: [Event] = []
    /// Where each event ended, in bytes from the beginning.
    private(set) var offsets: [Int] = []
    private var cursor: _EventCursor?
    var refusal: JSONRefusal? { nil }

    mutating func begin(_ cursor: _EventCursor) { self.cursor = cursor }

    private mutating func add(_ event: Event) -> Bool {
        events.append(event)
        offsets.append(cursor?.offset ?? -1)
        return true
    }

    mutating func null() -> Bool { add(.null) }
    mutating func boolean(_ value: Bool) -> Bool { add(.boolean(value)) }
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(
            .number(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        )
    }
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(.string(Array(UnsafeBufferPointer(start: text, count: count))))
    }
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        add(.key(Array(UnsafeBufferPointer(start: text, count: count))))
    }
    mutating func beginObject() -> Bool { add(.beginObject) }
    mutating func endObject() -> Bool { add(.endObject) }
    mutating func beginArray() -> Bool { add(.beginArray) }
    mutating func endArray() -> Bool { add(.endArray) }

    static let callbacks = _EventCallbacks(
        null: { _EventSession<EventRecorder>.at($0).pointee.null() },
        boolean: { _EventSession<EventRecorder>.at($0).pointee.boolean($1) },
        number: { _EventSession<EventRecorder>.at($0).pointee.number($1, $2) },
        string: { _EventSession<EventRecorder>.at($0).pointee.string($1, $2) },
        beginObject: { _EventSession<EventRecorder>.at($0).pointee.beginObject() },
        key: { _EventSession<EventRecorder>.at($0).pointee.key($1, $2) },
        endObject: { _EventSession<EventRecorder>.at($0).pointee.endObject() },
        beginArray: { _EventSession<EventRecorder>.at($0).pointee.beginArray() },
        endArray: { _EventSession<EventRecorder>.at($0).pointee.endArray() })

    /// Parses bytes that arrive in chunks of a size, and that yajl is handed in blocks of a size.
    static func parse(
        _ bytes: [UInt8], chunk: Int, block: Int = .max, limits: JSONLimits = JSONLimits()
    ) -> Result<EventRecorder, JSONError> {
        do throws(JSONError) {
            var parser = try _EventParser(
                handler: EventRecorder(), limits: limits, source: "test", expectedLength: block)
            var start = 0
            while start < bytes.count {
                let end = start + min(bytes.count - start, chunk)
                let piece = Array(bytes[start..<end])
                var failure: JSONError?
                piece.withUnsafeBytes { piece in
                    do throws(JSONError) { try parser.parse(piece) } catch { failure = error }
                }
                if let failure { throw failure }
                start = end
            }
            try parser.finish()
            return .success(parser.handler)
        } catch {
            return .failure(error)
        }
    }
}

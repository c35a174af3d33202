internal import StrictJSON

/// Reads which proxies an Istiod's `/debug/adsz` lists, without its metadata, which is 20 kB a proxy:
///
///     {"totalClients": 5, "clients": [{"connectionId": "details-v1-….default-2", …}]}
struct ConnectionReader: _EventHandler {
    /// `POD.NAMESPACE` of each connection, in the capture's order.
    private(set) var proxies: [String] = []
    private var isConnection = false
    var refusal: JSONRefusal? { nil }

    mutating func begin(_ cursor: _EventCursor) {}
    mutating func null() -> Bool { true }
    mutating func boolean(_ value: Bool) -> Bool { true }
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool { true }

    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard isConnection else { return true }
        isConnection = false
        let id = String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
        // The number of the connection follows the name.
        if let mark = id.lastIndex(of: "-") { proxies.append(String(id[..<mark])) }
        return true
    }

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let key: StaticString = "connectionId"
        isConnection =
            count == key.utf8CodeUnitCount
            && UnsafeBufferPointer(start: text, count: count).elementsEqual(
                UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        return true
    }

    mutating func beginObject() -> Bool { true }
    mutating func endObject() -> Bool { true }
    mutating func beginArray() -> Bool { true }
    mutating func endArray() -> Bool { true }

    static let callbacks = _EventCallbacks(
        null: { _EventSession<ConnectionReader>.at($0).pointee.null() },
        boolean: { _EventSession<ConnectionReader>.at($0).pointee.boolean($1) },
        number: { _EventSession<ConnectionReader>.at($0).pointee.number($1, $2) },
        string: { _EventSession<ConnectionReader>.at($0).pointee.string($1, $2) },
        beginObject: { _EventSession<ConnectionReader>.at($0).pointee.beginObject() },
        key: { _EventSession<ConnectionReader>.at($0).pointee.key($1, $2) },
        endObject: { _EventSession<ConnectionReader>.at($0).pointee.endObject() },
        beginArray: { _EventSession<ConnectionReader>.at($0).pointee.beginArray() },
        endArray: { _EventSession<ConnectionReader>.at($0).pointee.endArray() })
}

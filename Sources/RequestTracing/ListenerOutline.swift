internal import EnvoyConfig
internal import StrictJSON

/// What of a listener decides whether it takes a connection: read without building its tree, since
/// a dump can hold thousands of listeners.
struct ListenerOutline: Equatable {
    /// An address of a listener.
    struct Place: Equatable {
        var host = ""
        var port = 0
        var isUDP = false
        var takesIPv4Too = false
    }

    /// Its addresses, the main one first.
    var places: [Place] = []
    var bindsToPort = true
    var usesOriginalDestination = false
    var trafficDirection = ""
    var isInternal = false

    /// Reads a listener's bytes.
    ///
    /// - Throws: `JSONError`, located in these bytes.
    static func read(
        _ bytes: [UInt8], limits: JSONLimits, source: String
    ) throws(JSONError) -> ListenerOutline {
        var parser = try JSONParser(
            handler: ListenerOutlineReader(), limits: limits, source: source,
            expectedLength: bytes.count)
        try bytes.withBytes { (bytes) throws(JSONError) in try parser.parse(bytes) }
        try parser.finish()
        return parser.handler.outline
    }
}

/// Takes an outline out of a listener's events.
private struct ListenerOutlineReader: JSONEventHandler {
    /// The objects around the current event, as far as they matter.
    private enum Level {
        case listener
        /// `address` of a listener, or an element of `additional_addresses`, which holds one.
        case address, socket, additionalList, additional, deprecated
    }

    private(set) var outline = ListenerOutline()
    private var levels: [Level] = []
    /// How deep the reader is in what does not matter.
    private var skipped = 0
    private var key: [UInt8] = []
    private var place = ListenerOutline.Place()

    var refusal: JSONRefusal? { nil }

    mutating func begin(_ cursor: JSONCursor) {}
    mutating func null() -> Bool { true }

    mutating func boolean(_ value: Bool) -> Bool {
        guard skipped == 0 else { return true }
        switch levels.last {
        case .listener where isKey("useOriginalDst"): outline.usesOriginalDestination = value
        case .listener where isKey("bindToPort"): outline.bindsToPort = value
        case .deprecated where isKey("bindToPort"): outline.bindsToPort = value
        case .socket where isKey("ipv4Compat"): place.takesIPv4Too = value
        default: break
        }
        return true
    }

    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard skipped == 0, levels.last == .socket, isKey("portValue") else { return true }
        place.port = Int(ListenerOutlineReader.text(text, count)) ?? 0
        return true
    }

    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard skipped == 0 else { return true }
        switch levels.last {
        case .listener where isKey("trafficDirection"):
            outline.trafficDirection = ListenerOutlineReader.text(text, count)
        case .socket where isKey("address"): place.host = ListenerOutlineReader.text(text, count)
        case .socket where isKey("protocol"):
            place.isUDP = ListenerOutlineReader.text(text, count) == "UDP"
        case .socket where isKey("portValue"):
            place.port = Int(ListenerOutlineReader.text(text, count)) ?? 0
        default: break
        }
        return true
    }

    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard skipped == 0 else { return true }
        key = FieldName.lowerCamelCase(Array(UnsafeBufferPointer(start: text, count: count)))
        return true
    }

    mutating func beginObject() -> Bool {
        guard skipped == 0 else {
            skipped += 1
            return true
        }
        switch levels.last {
        case nil: levels.append(.listener)
        case .listener where isKey("address"): levels.append(.address)
        case .additionalList: levels.append(.additional)
        case .listener where isKey("deprecatedV1"): levels.append(.deprecated)
        case .additional where isKey("address"): levels.append(.address)
        case .address where isKey("socketAddress"):
            place = ListenerOutline.Place()
            levels.append(.socket)
        case .listener where isKey("internalListener"):
            outline.isInternal = true
            skipped = 1
        default: skipped = 1
        }
        return true
    }

    mutating func endObject() -> Bool {
        if skipped > 0 {
            skipped -= 1
        } else if levels.popLast() == .socket {
            outline.places.append(place)
        }
        return true
    }

    mutating func beginArray() -> Bool {
        if skipped == 0, levels.last == .listener, isKey("additionalAddresses") {
            levels.append(.additionalList)
        } else {
            skipped += 1
        }
        return true
    }

    mutating func endArray() -> Bool {
        if skipped > 0 { skipped -= 1 } else { _ = levels.popLast() }
        return true
    }

    private func isKey(_ name: StaticString) -> Bool {
        key.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    private static func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    static let callbacks = JSONEventCallbacks(
        null: { JSONSession<ListenerOutlineReader>.at($0).pointee.null() },
        boolean: { JSONSession<ListenerOutlineReader>.at($0).pointee.boolean($1) },
        number: { JSONSession<ListenerOutlineReader>.at($0).pointee.number($1, $2) },
        string: { JSONSession<ListenerOutlineReader>.at($0).pointee.string($1, $2) },
        beginObject: { JSONSession<ListenerOutlineReader>.at($0).pointee.beginObject() },
        key: { JSONSession<ListenerOutlineReader>.at($0).pointee.key($1, $2) },
        endObject: { JSONSession<ListenerOutlineReader>.at($0).pointee.endObject() },
        beginArray: { JSONSession<ListenerOutlineReader>.at($0).pointee.beginArray() },
        endArray: { JSONSession<ListenerOutlineReader>.at($0).pointee.endArray() })
}

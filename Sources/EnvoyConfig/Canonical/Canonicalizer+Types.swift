internal import StrictJSON

/// Values whose type stands in the dump: Any and TypedStruct.
extension Canonicalizer {
    /// Takes the `@type` of the Any that is open: from here on it is read as that message.
    mutating func resolveType(_ url: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let layout = types.message(url, count) else {
            remark(.unknownType, typeName(url, count))
            top.pointee.kind = .unknownObject
            top.pointee.modes = top.pointee.modes.foreign
            return attachType(url, count)
        }
        if top.pointee.modes.contains(.isSecret),
            layout.pointee.canonicalIndex != secretLayout?.pointee.canonicalIndex
        {
            remark(.misfit, "a \(typeName(url, count)) where a secret belongs")
            top.pointee.modes.insert(.redacted)
        }
        top.pointee.message = layout
        switch layout.pointee.form {
        case .plain, .typedStruct:
            top.pointee.kind = .message
            top.pointee.guess = layout.pointee.first
            if depth == 1 { prepareRoot(layout) }
        default:
            top.pointee.kind = .anyValue
            top.pointee.form = layout.pointee.form
        }
        guard layout.pointee.canonicalIndex != layout.pointee.index else {
            return attachType(url, count)
        }
        // A v2 type bears its v3 name; the prefix stays as it was written.
        var canonical = Array(UnsafeBufferPointer(start: url, count: count))
        canonical.removeSubrange(((canonical.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...)
        canonical.append(contentsOf: layout.pointee.name)
        return canonical.withUnsafeBufferPointer { canonical in
            canonical.baseAddress.map { attachType($0, canonical.count) } ?? true
        }
    }

    private mutating func attachType(_ url: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count >= PrivateKey.scannedLength,
            PrivateKey.isHeld(in: UnsafeBufferPointer(start: url, count: count))
        {
            let hidden = Self.redactedText
            output.addType(hidden.utf8Start, hidden.utf8CodeUnitCount, to: &top.pointee.parts)
            top.pointee.count += 1
            return true
        }
        output.addType(url, count, to: &top.pointee.parts)
        top.pointee.count += 1
        return true
    }

    /// The name of the type that a URL names.
    func typeName(_ url: UnsafePointer<UInt8>, _ count: Int) -> String {
        let bytes = UnsafeBufferPointer(start: url, count: count)
        let start = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    /// Finds the list of the resource whose order has no meaning.
    private mutating func prepareRoot(_ layout: UnsafePointer<MessageLayout>) {
        switch purpose {
        case .routeConfiguration:
            unorderedField = layout.field(named: "virtual_hosts")
            elementNameField = unorderedField.flatMap {
                schema.messageLayout(of: $0)?.field(named: "name")
            }
        case .loadAssignment:
            unorderedField = layout.field(named: "endpoints")
        case .resource, .message, .secret:
            break
        }
    }

    private var secretLayout: UnsafePointer<MessageLayout>? {
        schema.message(named: "envoy.extensions.transport_sockets.tls.v3.Secret")
    }

    /// Reads a resource without `@type` as what its section holds, and gives it that type; false
    /// where it is not known what it is.
    mutating func becomeDefaultMessage() -> Bool {
        let isSecret = top.pointee.modes.contains(.isSecret)
        guard
            let layout = (depth == 1 ? untypedLayout : nil) ?? (isSecret ? secretLayout : nil)
        else { return false }
        if isSecret { remark(.misfit, "an Any without @type") }
        top.pointee.kind = .message
        top.pointee.message = layout
        top.pointee.guess = layout.pointee.first
        guard depth == 1, untypedLayout != nil else { return true }
        prepareRoot(layout)
        return attachType(named: layout)
    }

    /// Gives the open Any the URL of a message.
    mutating func attachType(named layout: UnsafePointer<MessageLayout>) -> Bool {
        let url = Array("type.googleapis.com/".utf8) + Array(layout.pointee.name)
        return url.withUnsafeBufferPointer { url in
            url.baseAddress.map { attachType($0, url.count) } ?? true
        }
    }

    /// An object without `@type` where an Any belongs, or anywhere in a value of unknown type.
    mutating func becomeUnknown() {
        top.pointee.kind = .unknownObject
        let below = (top - 1).pointee
        if below.kind == .root || below.field?.pointee.form == .any {
            remark(.misfit, "an Any without @type")
        }
    }

    // MARK: - Recording

    @inline(never)
    mutating func record(_ kind: EventTape.Kind) -> Bool {
        tape.record(kind)
        return true
    }

    @inline(never)
    mutating func record(
        _ kind: EventTape.Kind, _ text: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
        tape.record(kind, text, count)
        return true
    }

    /// Records the value that begins here.
    mutating func startTape(_ begin: EventTape.Kind) -> Bool {
        isTaping = true
        return record(begin)
    }

    /// Records an Any whose first key is not `@type`, its `{` included.
    mutating func startTypeTape(_ key: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        isTaping = true
        return record(.beginObject) && record(.key, key, count)
    }

    @inline(never)
    mutating func endRecorded(_ kind: EventTape.Kind) -> Bool {
        tape.record(kind)
        guard tape.depth == 0 else { return true }
        let recorded = tape
        tape = EventTape()
        isTaping = false
        if top.pointee.kind == .anyPending {
            _ = pop()
            return replay(recorded)
        }
        if top.pointee.form == .fieldMask || top.pointee.field?.pointee.form == .fieldMask {
            return attachFieldMask(recorded)
        }
        heldTapes[depth] = recorded
        return true
    }

    /// Reads a TypedStruct's value, all of whose members are known by now, and closes it.
    mutating func replayHeld(_ held: EventTape) -> Bool {
        top.pointee.modes.insert(.hasPayloadType)
        top.pointee.field = top.pointee.message.flatMap { $0.field(named: "value") }
        return replay(held) && endObject()
    }

    /// Hands out what was recorded, the `@type` of each Any first.
    mutating func replay(_ tape: EventTape) -> Bool {
        let wasReplaying = isReplaying
        isReplaying = true
        defer { isReplaying = wasReplaying }
        // The places of the types that were handed out already, 0 if none was.
        var typePlaces: [Int] = []
        var place = 0
        while let event = tape.event(at: place) {
            place = event.next
            if event.kind == .key, let typePlace = typePlaces.last, typePlace == place {
                place = tape.event(at: typePlace)?.next ?? place
                continue
            }
            guard dispatch(event, of: tape) else { return false }
            switch event.kind {
            case .beginObject:
                let isAny = !isTaping && top.pointee.kind == .anyPending
                let type = isAny && event.typePlace > 0 ? tape.event(at: event.typePlace) : nil
                typePlaces.append(type == nil ? 0 : event.typePlace)
                if let type, !tape.withText(type.text, { resolveType($0, $1) }) { return false }
            case .endObject:
                typePlaces.removeLast()
            default:
                break
            }
        }
        return true
    }

    private mutating func dispatch(_ event: EventTape.Event, of tape: EventTape) -> Bool {
        switch event.kind {
        case .null: null()
        case .no: boolean(false)
        case .yes: boolean(true)
        case .number: tape.withText(event.text) { number($0, $1) }
        case .string: tape.withText(event.text) { string($0, $1) }
        case .key: tape.withText(event.text) { key($0, $1) }
        case .beginObject: beginObject()
        case .endObject: endObject()
        case .beginArray: beginArray()
        case .endArray: endArray()
        }
    }

    // MARK: - FieldMask

    /// Istiod prints a FieldMask as its `paths`, Envoy as one string: `"aB.cD,x"`.
    private mutating func attachFieldMask(_ tape: EventTape) -> Bool {
        var paths: [[UInt8]] = []
        var place = 0
        while let event = tape.event(at: place) {
            if event.kind == .string {
                paths.append(
                    tape.withText(event.text) {
                        FieldName.lowerCamelCase(Array(UnsafeBufferPointer(start: $0, count: $1)))
                    })
            }
            place = event.next
        }
        let joined = Array(paths.joined(separator: [UInt8(ascii: ",")]))
        let value = joined.withUnsafeBufferPointer {
            output.string($0.baseAddress ?? StaticString("").utf8Start, $0.count)
        }
        guard top.pointee.kind == .anyValue else { return attach(value) }
        dropKey()
        top.pointee.keyStart = Int32(truncatingIfNeeded: keys.count)
        let key: StaticString = "value"
        keys.append(key.utf8Start, key.utf8CodeUnitCount)
        return attach(value)
    }
}

extension UnsafePointer<MessageLayout> {
    /// The field of an original or JSON name.
    func field(named name: StaticString) -> UnsafePointer<FieldLayout>? {
        pointee.field(name.utf8Start, name.utf8CodeUnitCount)
    }
}

/// Objects and lists that are not simply a message of a known type, and keys that are not field's.
extension Canonicalizer {
    // MARK: - Keys

    /// A key that is not a field of a known message: an Any's, a map's, a Struct's, an unknown one's.
    @inline(never)
    mutating func rareKey(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if top.pointee.kind == .anyPending {
            if UnsafeBufferPointer(start: text, count: count).matches("@type") { return true }
            guard isReplaying else { return startTypeTape(text, count) }
            if becomeDefaultMessage() { return key(text, count) }
            becomeUnknown()
        }
        if top.pointee.kind == .message {
            if enterNamed(text, count) { return true }
            top.pointee.field = nil
        }
        top.pointee.keyStart = Int32(truncatingIfNeeded: keys.count)
        keys.append(text, count)
        guard top.pointee.kind == .map || top.pointee.kind == .structObject else { return true }
        return keys.note(keyHash(text, count), from: Int(top.pointee.hashBase))
            || refuse(.duplicateKey)
    }

    /// The current key of the innermost frame, where it is data.
    var currentKey: UnsafeBufferPointer<UInt8> { keys.text(from: Int(top.pointee.keyStart)) }

    func keyIs(_ key: StaticString) -> Bool { currentKey.matches(key) }

    /// Forgets the current key, if the innermost frame has one that is data.
    mutating func dropKey() {
        switch top.pointee.kind {
        case .map, .structObject, .unknownObject, .anyValue, .message:
            keys.truncate(to: Int(top.pointee.keyStart))
        default:
            break
        }
    }

    // MARK: - Opening

    private mutating func open(
        _ kind: FrameKind, modes: FrameModes, message: UnsafePointer<MessageLayout>? = nil,
        field: UnsafePointer<FieldLayout>? = nil
    ) -> Bool {
        var frame = Frame(
            kind, modes: modes, message: message, field: field, parts: output.noParts)
        frame.hashBase = Int32(truncatingIfNeeded: keys.hashCount)
        frame.keyStart = Int32(truncatingIfNeeded: keys.count)
        push(frame)
        return true
    }

    @inline(never)
    mutating func rareObject() -> Bool {
        switch top.pointee.kind {
        case .root:
            if case .message(let layout) = purpose {
                return open(.message, modes: top.pointee.modes, message: layout)
            }
            return openAny(modes: top.pointee.modes)
        case .message, .list, .map:
            guard let field = top.pointee.field else { return openForeignObject() }
            let modes = modes(below: field)
            let isTypedByName = top.pointee.modes.contains(.typedByName)
            if field.pointee.cardinality == .map, top.pointee.kind == .message {
                top.pointee.modes.remove(.typedByName)
                return open(
                    .map, modes: isTypedByName ? modes.union(.typedByName) : modes, field: field)
            }
            guard isElement(field), field.pointee.kind == .message else { return misfitObject() }
            if isTypedByName, field.pointee.form == .any { return openNamedConfig(modes: modes) }
            return openMessage(field, modes: modes)
        case .anyValue:
            guard keyIs("value") else { return openForeignObject() }
            return openAnyValue()
        case .structObject, .structList:
            return open(.structObject, modes: top.pointee.modes.inherited)
        case .unknownObject, .unknownList:
            return openForeignObject()
        case .anyPending:
            return misfitObject()
        }
    }

    private mutating func openMessage(
        _ field: UnsafePointer<FieldLayout>, modes: FrameModes
    ) -> Bool {
        switch field.pointee.form {
        case .any:
            return openAny(modes: modes)
        case .structure:
            if let message = top.pointee.message, message.pointee.form == .typedStruct,
                top.pointee.kind == .message
            {
                return openTypedStruct(modes: modes)
            }
            return open(.structObject, modes: modes)
        case .value:
            return open(.structObject, modes: modes)
        case .plain, .empty, .typedStruct:
            return open(.message, modes: modes, message: schema.messageLayout(of: field))
        case .fieldMask:
            return startTape(.beginObject)
        default:
            return misfitObject()
        }
    }

    /// An Any of a known place. Outside of a secret's own members it is the secret: the value of an
    /// entry, or what was refused in its place.
    private mutating func openAny(modes: FrameModes) -> Bool {
        let isSecret =
            modes.contains(.inSecret)
            && (purpose == .secret ? depth == 0 : depth <= 2)
        return open(.anyPending, modes: isSecret ? modes.union(.isSecret) : modes)
    }

    /// The `value` of an Any of a well-known type.
    private mutating func openAnyValue() -> Bool {
        let modes = top.pointee.modes.inherited
        switch top.pointee.form {
        case .structure, .value:
            return open(.structObject, modes: modes)
        case .any:
            return open(.anyPending, modes: modes)
        case .empty:
            guard let message = top.pointee.message else { return misfitObject() }
            return open(.message, modes: modes, message: message)
        default:
            return misfitObject()
        }
    }

    /// The `value` of a TypedStruct: a message spelled as a Struct, once its type is known.
    private mutating func openTypedStruct(modes: FrameModes) -> Bool {
        guard top.pointee.modes.contains(.hasPayloadType) else {
            return startTape(.beginObject)
        }
        guard let payload = top.pointee.payload,
            payload.pointee.form == .plain || payload.pointee.form == .typedStruct
        else { return open(.structObject, modes: modes.foreign) }
        return open(.message, modes: modes.union(.inStruct), message: payload)
    }

    /// An object that no schema describes. In a Struct it is data; elsewhere it may be an Any.
    private mutating func openForeignObject() -> Bool {
        openForeign(modes: top.pointee.modes.inherited.foreign)
    }

    mutating func openForeign(modes: FrameModes) -> Bool {
        open(modes.contains(.inStruct) ? .structObject : .anyPending, modes: modes)
    }

    private mutating func misfitObject() -> Bool {
        remark(.misfit, "an object where \(expectation) belongs")
        var modes = top.pointee.modes.inherited
        if let field = top.pointee.field { modes = self.modes(below: field) }
        return open(.unknownObject, modes: modes.foreign)
    }

    @inline(never)
    mutating func rareArray() -> Bool {
        let frame = top.pointee
        var modes = frame.modes.inherited
        switch frame.kind {
        case .message, .list, .map:
            guard let field = frame.field else { break }
            modes = self.modes(below: field)
            if isElement(field), field.pointee.form == .value || field.pointee.form == .listValue {
                return open(.structList, modes: modes)
            }
            remark(.misfit, "a list where \(expectation) belongs")
        case .anyValue:
            if keyIs("value"), frame.form == .value || frame.form == .listValue {
                return open(.structList, modes: modes)
            }
            if frame.form == .fieldMask, keyIs("paths") { return startTape(.beginArray) }
        case .structObject, .structList:
            return open(.structList, modes: modes)
        case .unknownObject, .unknownList:
            break
        case .root, .anyPending:
            remark(.misfit, "a list where \(expectation) belongs")
        }
        return open(
            modes.contains(.inStruct) && frame.field == nil ? .structList : .unknownList,
            modes: modes)
    }

    // MARK: - Closing

    @inline(never)
    mutating func rareEndObject() -> Bool {
        let frame = top.pointee
        switch frame.kind {
        case .message:
            if holdsTapes, let held = heldTapes.removeValue(forKey: depth) {
                return frame.message?.pointee.role == nil ? replayHeld(held) : replayNamed(held)
            }
            let isInStruct = frame.modes.contains(.inStruct)
            if frame.hasForeign, !closeForeign(renamed: !isInStruct) { return false }
            let trims = isLoadAssignment && isTrimmedObject()
            let value = output.object(pop(), order: isInStruct ? .keys : .declaration)
            return trims ? skip() : attach(value)
        case .map:
            guard keys.close(from: Int(frame.hashBase)) else { return refuse(.duplicateKey) }
            let isNumeric = frame.field?.pointee.mapKeyKind != .string
            let value = output.object(pop(), order: isNumeric ? .numericKeys : .keys)
            return frame.count == 0 ? skip() : attach(value)
        case .structObject:
            guard keys.close(from: Int(frame.hashBase)) else { return refuse(.duplicateKey) }
            return attach(output.object(pop(), order: .keys))
        case .anyPending:
            return attach(output.object(pop(), order: .keys))
        case .anyValue:
            return endAnyValue()
        case .unknownObject:
            if frame.hasForeign, !closeForeign(renamed: true) { return false }
            return attach(output.object(pop(), order: .declaration))
        default:
            return refuse(.duplicateKey)
        }
    }

    private mutating func endAnyValue() -> Bool {
        // Envoy leaves the value of an Empty out, Istiod prints it.
        if top.pointee.form == .empty, top.pointee.count == 1 {
            let value = output.object(output.noParts, order: .keys)
            addMember("value", value)
        }
        if top.pointee.hasForeign, !closeForeign(renamed: true) { return false }
        return attach(output.object(pop(), order: .declaration))
    }

    private mutating func addMember(_ key: StaticString, _ value: Output.Value) {
        output.add(value, key: key.utf8Start, key.utf8CodeUnitCount, to: &top.pointee.parts)
        top.pointee.count += 1
    }

    /// Adds the members that the schema does not know, in lowerCamelCase unless two are then one.
    private mutating func closeForeign(renamed: Bool) -> Bool {
        top.pointee.hasForeign = false
        let members = foreign.removeLast()
        let keys = members.map(\.key)
        guard Set(keys).count == keys.count else { return refuse(.duplicateKey) }
        var names = renamed ? keys.map(FieldName.lowerCamelCase) : keys
        if renamed, Set(names).count < names.count { names = keys }
        for (name, member) in zip(names, members) {
            name.withUnsafeBufferPointer { name in
                output.add(
                    member.value, key: name.baseAddress ?? StaticString("").utf8Start, name.count,
                    to: &top.pointee.parts)
            }
        }
        return true
    }

    /// Hands a value to a frame that is neither a message's known field nor an ordered list.
    @inline(never)
    mutating func attachRare(_ value: Output.Value) -> Bool {
        switch top.pointee.kind {
        case .root:
            result = value
        case .message, .unknownObject:
            addForeign(value)
        case .anyValue:
            if keyIs("value") {
                addMember("value", value)
                dropKey()
            } else {
                addForeign(value)
            }
        case .map, .structObject:
            top.pointee.count += 1
            let key = currentKey
            output.add(
                value, key: key.baseAddress ?? StaticString("").utf8Start, key.count,
                to: &top.pointee.parts)
            dropKey()
        case .list where top.pointee.modes.contains(.unordered):
            top.pointee.count += 1
            if purpose == .routeConfiguration {
                output.append(value, named: elementName, to: &top.pointee.parts)
                elementName.removeAll(keepingCapacity: true)
            } else {
                output.appendUnordered(value, to: &top.pointee.parts)
            }
        case .list, .structList, .unknownList:
            top.pointee.count += 1
            output.append(value, to: &top.pointee.parts)
        case .anyPending:
            return refuse(.duplicateKey)
        }
        return true
    }

    private mutating func addForeign(_ value: Output.Value) {
        let key = Array(currentKey)
        dropKey()
        if !top.pointee.hasForeign {
            top.pointee.hasForeign = true
            foreign.append([])
        }
        top.pointee.count += 1
        if top.pointee.kind == .message { remarkUnknownField(key) }
        foreign[foreign.count - 1].append(ForeignMember(key: key, value: value))
    }
}

internal import StrictJSON

/// Which kind of JSON token a scalar is.
enum ScalarToken {
    case string, number, boolean
}

extension FieldLayout {
    /// Up to which number, of ten digits, a run of digits is already the canonical spelling of this field's value;
    /// nil if it never is.
    @inline(__always)
    var largestPlainInteger: StaticString? {
        if kind == .uint32 || form == .uint32Wrapper { return "4294967295" }
        if kind == .int32 || form == .int32Wrapper { return "2147483647" }
        return nil
    }
}

extension Canonicalizer {
    /// What stands for a string below a sensitive field, and for bytes.
    static var redactedText: StaticString { "[redacted]" }
    static var redactedBytes: StaticString { "W3JlZGFjdGVkXQ==" }

    /// A string that is not simply a short string of a string field.
    @inline(never)
    mutating func rareString(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        switch top.pointee.kind {
        case .anyPending:
            return resolveType(text, count)
        case .structObject, .structList:
            return top.pointee.modes.contains(.redacted)
                ? attach(fixed(Self.redactedText)) : visibleString(text, count)
        default:
            break
        }
        if let field = top.pointee.field, isElement(field), !isRedacted(field) {
            if field == elementNameField { noteElementName(text, count) }
            if let message = top.pointee.message, message.pointee.form == .typedStruct,
                top.pointee.kind == .message, field.pointee.kind == .string
            {
                top.pointee.payload = types.message(text, count)
                top.pointee.modes.insert(.hasPayloadType)
                if top.pointee.payload == nil { remark(.unknownType, typeName(text, count)) }
            } else if top.pointee.kind == .message, top.pointee.message?.pointee.role != nil,
                field.isNamed("name")
            {
                noteExtensionName(text, count)
            }
        }
        return rareScalar(.string, text, count)
    }

    @inline(never)
    mutating func enumeration(
        named text: UnsafePointer<UInt8>, _ count: Int, field: UnsafePointer<FieldLayout>
    ) -> Bool {
        guard let value = schema.enumValue(text, count, of: field) else {
            remark(.misfit, "an enum value that the schema does not know")
            return attach(output.string(text, count), field)
        }
        let first = schema.enumLayout(of: field).pointee.firstNumber
        if value.pointee.number == first, isDefaultOmitted(field) { return skip() }
        return attachEnum(value.pointee.name, field)
    }

    private mutating func attachEnum(
        _ name: UnsafeBufferPointer<UInt8>, _ field: UnsafePointer<FieldLayout>
    ) -> Bool {
        guard isLoadAssignment else { return attach(string(name), field) }
        return isTrimmed(field, text: name)
            ? skip() : attach(string(printedHealth(name, field)), field)
    }

    /// Any scalar, by what the innermost frame expects.
    @inline(never)
    mutating func rareScalar(
        _ token: ScalarToken, _ text: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
        switch top.pointee.kind {
        case .message, .list, .map:
            guard let field = top.pointee.field else { return foreignScalar(token, text, count) }
            guard isElement(field) else { return misfit(token, text, count) }
            return scalar(
                ScalarType(field.pointee), token, text, count, redacted: isRedacted(field),
                omitsDefault: isDefaultOmitted(field), field: field)
        case .anyValue:
            guard keyIs("value") else { return foreignScalar(token, text, count) }
            return scalar(
                ScalarType(form: top.pointee.form), token, text, count,
                redacted: top.pointee.modes.contains(.redacted), omitsDefault: false, field: nil)
        case .structObject, .structList:
            return scalar(
                .value, token, text, count, redacted: top.pointee.modes.contains(.redacted),
                omitsDefault: false, field: nil)
        case .unknownObject, .unknownList:
            return foreignScalar(token, text, count)
        case .root, .anyPending:
            return misfit(token, text, count)
        }
    }

    private mutating func scalar(
        _ type: ScalarType?, _ token: ScalarToken, _ text: UnsafePointer<UInt8>, _ count: Int,
        redacted: Bool, omitsDefault: Bool, field: UnsafePointer<FieldLayout>?
    ) -> Bool {
        guard let type else { return misfit(token, text, count) }
        scratch.removeAll(keepingCapacity: true)
        let spelling = ScalarSpelling(
            type, token, UnsafeBufferPointer(start: text, count: count), into: &scratch)
        if spelling == .misfit { return misfit(token, text, count) }
        if redacted {
            if count == 0, omitsDefault { return skip() }
            return attachRedacted(type, token)
        }
        if type == .enumeration, let field {
            return token == .string
                ? enumeration(named: text, count, field: field)
                : enumeration(numbered: text, count, field: field)
        }
        switch spelling {
        case .string(let isDefault):
            if isDefault, omitsDefault { return skip() }
            let isKey = scratch.withUnsafeBufferPointer {
                type == .bytes ? PrivateKey.isHeld(inBase64: $0) : PrivateKey.isHeld(in: $0)
            }
            return isKey
                ? attachHidden(isBytes: type == .bytes) : attach(scratchValue(.string))
        case .literal(let isDefault):
            if isDefault, omitsDefault { return skip() }
            if isLoadAssignment, let field, isTrimmed(field, text: scratch) {
                return skip()
            }
            return attach(scratchValue(.number))
        case .misfit:
            return misfit(token, text, count)
        }
    }

    /// An enum given by its number is printed by its name, where it has one. The number's canonical
    /// spelling stands in the scratch.
    private mutating func enumeration(
        numbered text: UnsafePointer<UInt8>, _ count: Int, field: UnsafePointer<FieldLayout>
    ) -> Bool {
        let layout = schema.enumLayout(of: field)
        guard let number = Int32(String(decoding: scratch, as: UTF8.self)) else {
            return misfit(.number, text, count)
        }
        if number == layout.pointee.firstNumber, isDefaultOmitted(field) { return skip() }
        guard let name = layout.pointee.name(forNumber: number) else {
            return attach(scratchValue(.number))
        }
        return attachEnum(name, field)
    }

    /// Below a sensitive field the shape stays and the values go.
    private mutating func attachRedacted(_ type: ScalarType, _ token: ScalarToken) -> Bool {
        switch type {
        case .string, .fieldMask:
            return attach(fixed(Self.redactedText))
        case .bytes:
            return attach(fixed(Self.redactedBytes))
        case .value where token == .string:
            return attach(fixed(Self.redactedText))
        default:
            return skip()
        }
    }

    /// Whether what no schema describes is redacted here.
    var isForeignRedacted: Bool { !top.pointee.modes.isDisjoint(with: [.redacted, .inSecret]) }

    /// A value that no schema describes, as it stands.
    mutating func foreignScalar(
        _ token: ScalarToken, _ text: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
        if top.pointee.kind == .unknownObject, keyIs("@type"), token == .string {
            dropKey()
            output.addType(text, count, to: &top.pointee.parts)
            top.pointee.count += 1
            return true
        }
        let redacted = isForeignRedacted
        guard token == .string else {
            return redacted ? skip() : attach(output.literal(text, count))
        }
        if redacted { return attach(fixed(Self.redactedText)) }
        return visibleString(text, count)
    }

    /// A value that does not fit its field is kept as it stands.
    mutating func misfit(
        _ token: ScalarToken, _ text: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
        remark(.misfit, "a \(token) where \(expectation) belongs")
        if let field = top.pointee.field, isRedacted(field) {
            return token == .string ? attach(fixed(Self.redactedText)) : skip()
        }
        return foreignScalar(token, text, count)
    }

    @inline(never)
    mutating func null() -> Bool {
        if isTaping { return record(.null) }
        let text: StaticString = "null"
        let frame = top.pointee
        switch frame.kind {
        case .message:
            guard let field = frame.field else { break }
            guard field.pointee.cardinality == .singular, field.pointee.form == .value,
                !isRedacted(field)
            else { return skip() }
        case .list, .map:
            guard let field = frame.field, field.pointee.form != .value else { break }
            remark(.misfit, "null in a \(frame.kind == .list ? "list" : "map")")
        default:
            break
        }
        let redacted = frame.field.map(isRedacted) ?? frame.modes.contains(.redacted)
        if redacted { return skip() }
        return attach(output.literal(text.utf8Start, text.utf8CodeUnitCount))
    }

    // MARK: - Private keys

    /// A string as it stands, but for a private key, which is printed nowhere, whether the schema
    /// calls its field sensitive or not.
    private mutating func visibleString(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let isKey = PrivateKey.isHeld(in: UnsafeBufferPointer(start: text, count: count))
        return isKey ? attachHidden(isBytes: false) : attach(output.string(text, count))
    }

    private mutating func attachHidden(isBytes: Bool) -> Bool {
        remark(.redacted, "a private key")
        return attach(fixed(isBytes ? Self.redactedBytes : Self.redactedText))
    }

    // MARK: - Output of what was spelled

    mutating func fixed(_ text: StaticString) -> Output.Value {
        output.string(text.utf8Start, text.utf8CodeUnitCount)
    }

    private mutating func string(_ text: UnsafeBufferPointer<UInt8>) -> Output.Value {
        output.string(text.baseAddress ?? StaticString("").utf8Start, text.count)
    }

    private mutating func scratchValue(_ token: ScalarToken) -> Output.Value {
        let bytes = scratch
        return bytes.withUnsafeBufferPointer { bytes in
            let start = bytes.baseAddress ?? StaticString("").utf8Start
            return token == .string
                ? output.string(start, bytes.count) : output.literal(start, bytes.count)
        }
    }
}

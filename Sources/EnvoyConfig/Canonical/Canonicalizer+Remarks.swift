/// What is said about a resource in addition to its canonical form.
extension Canonicalizer {
    /// More remarks than this on one resource say nothing new.
    private static var remarkLimit: Int { 64 }

    mutating func remark(_ code: CanonicalRemark.Code, _ detail: String) {
        guard remarks.count < Self.remarkLimit else { return }
        switch code {
        case .unknownType:
            remarks.append(CanonicalRemark(code: code, detail: detail))
        default:
            remarks.append(CanonicalRemark(code: code, detail: "\(path): \(detail)"))
        }
    }

    mutating func remarkUnknownField(_ key: [UInt8]) {
        let name = top.pointee.message.map { String(decoding: $0.pointee.name, as: UTF8.self) }
        let key = String(decoding: key, as: UTF8.self)
        remark(.unknownField, "\(name ?? "the message") has no field \(key)")
    }

    @inline(never)
    mutating func remarkOneof(_ field: UnsafePointer<FieldLayout>) {
        remark(.oneofConflict, "another member of the same oneof is set")
    }

    @inline(never)
    mutating func refuseDuplicate(_ field: UnsafePointer<FieldLayout>) -> Bool {
        refuse(
            .duplicateField(
                name: String(decoding: field.pointee.name, as: UTF8.self),
                jsonName: String(decoding: field.pointee.jsonName, as: UTF8.self)))
    }

    mutating func refuse(_ refusal: CanonicalRefusal) -> Bool {
        self.refusal = refusal
        return false
    }

    /// What the next value should be.
    var expectation: String {
        switch top.pointee.kind {
        case .root, .anyPending:
            return "an Any"
        case .message, .list, .map:
            guard let field = top.pointee.field else { return "a value" }
            if !isElement(field) {
                return field.pointee.cardinality == .map ? "a map" : "a list"
            }
            return
                "\(field.pointee.form == .plain ? "\(field.pointee.kind)" : "\(field.pointee.form)")"
        default:
            return "a value"
        }
    }

    /// Where the next value stands in the resource, as a difference's path names it.
    var path: String {
        var path = ""
        for frame in openFrames {
            switch frame.kind {
            case .message:
                guard let field = frame.field else { break }
                let name = String(decoding: field.pointee.jsonName, as: UTF8.self)
                path += path.isEmpty ? name : ".\(name)"
            case .list, .structList, .unknownList:
                path += "[\(frame.count)]"
            case .map, .structObject, .unknownObject, .anyValue:
                path += "[…]"
            case .root, .anyPending:
                break
            }
        }
        return path.isEmpty ? "the resource" : path
    }
}

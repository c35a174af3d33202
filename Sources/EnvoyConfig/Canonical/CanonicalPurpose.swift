/// What a resource is, as far as its canonical form depends on it.
package enum CanonicalPurpose: Equatable {
    /// An Any of whatever type.
    case resource
    /// The route configuration of an RDS section: the order of its virtual hosts has no meaning.
    case routeConfiguration
    /// A load assignment of an EDS section: without what Envoy adds on its own, its localities in
    /// no order.
    case loadAssignment
    /// A secret: one without `@type` is read as a Secret, and what the schema does not know, or what
    /// is of another type, is redacted whole.
    case secret
    /// A message of a given type, without `@type`.
    case message(UnsafePointer<MessageLayout>)

    /// Whether it is a secret, or the entry of one.
    var isSecret: Bool {
        switch self {
        case .secret: true
        case .message(let layout):
            String(decoding: layout.pointee.name, as: UTF8.self).hasPrefix(
                "envoy.admin.v3.SecretsConfigDump.")
        case .resource, .routeConfiguration, .loadAssignment: false
        }
    }
}

/// Something odd about a value that is kept all the same.
package struct CanonicalRemark {
    package enum Code {
        case unknownType, unknownField, misfit, oneofConflict, redacted
    }

    package var code: Code
    package var detail: String
}

/// Why a resource cannot be read.
package enum CanonicalRefusal: Equatable, CustomStringConvertible {
    /// The same field came twice, in one spelling or in both.
    case duplicateField(name: String, jsonName: String)
    /// The same key of a map or Struct came twice.
    case duplicateKey

    package var description: String {
        switch self {
        case .duplicateField(let name, let jsonName) where name == jsonName:
            "the field \(name) comes twice in one message"
        case .duplicateField(let name, let jsonName):
            "the field \(name) (\(jsonName)) comes twice in one message"
        case .duplicateKey:
            "a key comes twice in one object"
        }
    }
}

/// A member that the schema does not know, until its object is closed: only then it is known
/// whether two of them are the same in lowerCamelCase.
struct ForeignMember<Value> {
    var key: [UInt8]
    var value: Value
}

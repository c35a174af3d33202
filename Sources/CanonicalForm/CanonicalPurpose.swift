package import EnvoySchema

/// What a resource is, as far as its canonical form depends on it.
package enum CanonicalPurpose: Equatable {
    /// An Any of whatever type.
    case resource
    /// The route configuration of an RDS section: the order of its virtual hosts has no meaning.
    case routeConfiguration
    /// A load assignment of an EDS section: without what Envoy adds on its own, its localities in
    /// no order.
    case loadAssignment
    /// A message of a given type, without `@type`.
    case message(UnsafePointer<MessageLayout>)
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

/// The messages of the last type URLs: a dump names the same few over and over.
struct TypeCache {
    private struct Entry {
        var url: [UInt8]
        var layout: UnsafePointer<MessageLayout>?
    }

    private let schema: EnvoySchema
    private var entries: [Entry]

    init(schema: EnvoySchema) {
        self.schema = schema
        entries = Array(repeating: Entry(url: [], layout: nil), count: 128)
    }

    /// The message that a type URL names: what follows its last `/`.
    mutating func message(
        _ url: UnsafePointer<UInt8>, _ count: Int
    ) -> UnsafePointer<MessageLayout>? {
        let slot = Int(truncatingIfNeeded: keyHash(url, count) >> 57)
        let bytes = UnsafeBufferPointer(start: url, count: count)
        let isKnown = entries[slot].url.withUnsafeBufferPointer {
            $0.count == count && memoryIsEqual($0, bytes)
        }
        if isKnown { return entries[slot].layout }
        let start = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
        let layout = schema.message(named: UnsafeBufferPointer(rebasing: bytes[start...]))
        entries[slot] = Entry(url: Array(bytes), layout: layout)
        return layout
    }

    private func memoryIsEqual(
        _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        first.elementsEqual(second)
    }
}

/// A small JSON document as a tree, for captures that are not config dumps.
package enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// A member of an object.
    package subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The member of either spelling.
    package subscript(snake: String, camel: String) -> JSONValue? {
        self[snake] ?? self[camel]
    }

    /// The text of a string.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number, or a string that holds one, as protobuf JSON has 64-bit integers.
    package var integer: Int? {
        switch self {
        case .number(let text), .string(let text): Int(text)
        default: nil
        }
    }

    /// The elements of a list.
    package var list: [JSONValue]? {
        if case .list(let elements) = self { elements } else { nil }
    }

    /// The members of an object; none of anything else.
    package var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }
}

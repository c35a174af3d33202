internal import EnvoyConfig

/// Finds values in canonical trees.
enum TreeSearch {
    /// Whether a tree holds one of these texts as a value.
    static func holds(_ value: CanonicalValue, anyOf texts: Set<String>) -> Bool {
        switch value {
        case .literal(let text): texts.contains(text)
        case .string(let text): texts.contains(text) || texts.contains(typeName(text))
        case .list(let elements): elements.contains { holds($0, anyOf: texts) }
        case .object(let members): members.contains { holds($0.value, anyOf: texts) }
        }
    }

    /// A type's name without the URL before it; the text itself where it is no type URL.
    private static func typeName(_ text: String) -> String {
        text.hasPrefix("type.googleapis.com/")
            ? String(text.dropFirst("type.googleapis.com/".count)) : text
    }

    /// The texts under a key, wherever in a tree.
    static func texts(under key: String, in value: CanonicalValue) -> [String] {
        switch value {
        case .literal, .string: []
        case .list(let elements): elements.flatMap { texts(under: key, in: $0) }
        case .object(let members):
            members.flatMap { member in
                if member.key == key, case .string(let text) = member.value { return [text] }
                return texts(under: key, in: member.value)
            }
        }
    }

    /// The texts of a set that a tree holds.
    static func held(_ value: CanonicalValue, of texts: Set<String>) -> Set<String> {
        switch value {
        case .literal: []
        case .string(let text): texts.contains(text) ? [text] : []
        case .list(let elements):
            elements.reduce(into: []) { $0.formUnion(held($1, of: texts)) }
        case .object(let members):
            members.reduce(into: []) { $0.formUnion(held($1.value, of: texts)) }
        }
    }

    /// The names of the nearest named objects around each use of a type, such as a filter's.
    static func users(ofType typeName: String, in value: CanonicalValue, named: String?) -> [String]
    {
        switch value {
        case .literal, .string:
            return []
        case .list(let elements):
            return elements.flatMap { users(ofType: typeName, in: $0, named: named) }
        case .object(let members):
            let name = value["name"]?.stringValue ?? named
            let isUse = ["@type", "typeUrl", "type_url"].contains { key in
                value[key]?.stringValue?.split(separator: "/").last.map(String.init) == typeName
            }
            return (isUse ? [name ?? ""] : [])
                + members.flatMap { users(ofType: typeName, in: $0.value, named: name) }
        }
    }
}

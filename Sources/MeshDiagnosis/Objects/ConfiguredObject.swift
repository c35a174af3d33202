internal import Reporting
internal import StrictJSON

/// An object of an Istiod's configuration, as far as a search looks at it.
struct ConfiguredObject {
    let reference: Note.Object
    let spec: JSONValue
    /// Every text, number and word of the spec.
    let texts: Set<String>

    /// Takes an element of `/debug/configz`; nil if it has no kind or no name.
    init?(_ value: JSONValue) {
        guard let kind = value["kind"]?.string, let name = value["metadata"]?["name"]?.string else {
            return nil
        }
        reference = Note.Object(
            kind: kind, namespace: value["metadata"]?["namespace"]?.string ?? "", name: name)
        spec = value["spec"] ?? .null
        texts = spec.texts
    }
}

extension JSONValue {
    /// Every text, number and word in it.
    var texts: Set<String> {
        var texts: Set<String> = []
        collect(into: &texts)
        return texts
    }

    private func collect(into texts: inout Set<String>) {
        switch self {
        case .null: break
        case .boolean(let value): texts.insert("\(value)")
        case .number(let text), .string(let text): texts.insert(text)
        case .list(let elements): for element in elements { element.collect(into: &texts) }
        case .object(let members): for member in members.values { member.collect(into: &texts) }
        }
    }

    /// The texts of a list.
    var strings: [String] { (list ?? []).compactMap(\.string) }
}

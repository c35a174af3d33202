internal import EnvoyConfig

/// The path of a change, with names in place of numbers.
///
///     virtualHosts[694].routes[0].route.timeout
///     virtual host svc-0694.shop:80, route default: timeout
struct NamedPath {
    /// An element that has a name.
    struct Element {
        var singular: String
        var name: String
    }

    /// The named elements, from the outside in.
    private(set) var elements: [Element] = []
    /// The path below the last of them; empty if that came or went itself.
    private(set) var field: String

    init(_ change: ValueChange) {
        var rest: [ValuePath.Component] = []
        for (index, component) in change.path.components.enumerated() {
            // A change that somebody made by hand has no names.
            let names = change.elementNames
            let name = names.indices.contains(index) ? names[index] : nil
            if let name, case .key(let list)? = rest.last {
                elements.append(Element(singular: NamedPath.singular(list), name: name))
                rest = []
            } else {
                rest.append(component)
            }
        }
        // `routes[].route.timeout` is the timeout of the route.
        if rest.count > 1, case .key(let key)? = rest.first, key == elements.last?.singular {
            rest.removeFirst()
        }
        // What came into a list of values has no place that two lists share.
        if change.from == nil || change.to == nil, case .index? = rest.last {
            field = ValuePath(Array(rest.dropLast())).plain + "[]"
        } else {
            field = ValuePath(rest).plain
        }
    }

    /// What one element of a list is called: `virtualHosts`, `virtual host`.
    private static func singular(_ list: String) -> String {
        var words = ""
        for character in list {
            if character.isUppercase { words += " " }
            words += character.lowercased()
        }
        if words.hasSuffix("ies") { return words.dropLast(3) + "y" }
        if words.hasSuffix("sses") { return String(words.dropLast(2)) }
        return words.hasSuffix("s") ? String(words.dropLast()) : words
    }
}

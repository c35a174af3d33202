internal import EnvoyConfig
internal import EnvoyResources

/// What names an element of a list, so that it is the same element though its content differs.
struct ElementName: Hashable {
    /// One of `keys`.
    private let key: String
    private let value: CanonicalValue

    /// Each key that names the elements it stands in, the first that an element has: the name of a
    /// filter, filter chain, virtual host, route or weighted cluster; what a filter chain or route
    /// matches; the endpoint of a load assignment and its locality; the header that is set.
    private static let keys = [
        "name", "filterChainMatch", "match", "endpoint", "locality", "header", "key", "path",
    ]

    init?(_ element: CanonicalValue) {
        guard case .object = element else { return nil }
        for key in ElementName.keys {
            guard var value = element[key], value != CanonicalValue.string("") else { continue }
            if key == "endpoint" { value = value["address"] ?? value }
            if key == "header" { value = value["key"] ?? value }
            self.key = key
            self.value = value
            return
        }
        return nil
    }

    /// The name for people: `default`, `10.0.0.7:9080`, `prefix /api`.
    var text: String {
        if key == "endpoint" || key == "locality", case .object = value {
            return Address(value).text ?? Locality(value).text
        }
        return ElementName.text(value)
    }

    /// The scalars of a value with their keys, the first few.
    private static func text(_ value: CanonicalValue) -> String {
        switch value {
        case .string(let text), .literal(let text): return text
        case .list(let elements): return elements.prefix(3).map(text).joined(separator: " ")
        case .object(let members):
            // A flag tells little beside a text.
            let texts = members.filter { member in
                if case .literal = member.value { false } else { member.key != "@type" }
            }
            return (texts.isEmpty ? members : texts).prefix(3).map { member in
                "\(member.key) \(text(member.value))"
            }.joined(separator: ", ")
        }
    }
}

internal import EnvoyConfig

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
}

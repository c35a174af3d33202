internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// The dynamic metadata of a request: what filters make of it, and who reads it later, such as access
/// control and subsets.
struct RequestMetadata: Sendable {
    /// The values by namespace and key. A namespace that is here is known whole: all filters that write
    /// to it are followed.
    private var values: [String: [String: JSONValue]] = [:]

    /// What a namespace holds; nil if that is not known.
    subscript(namespace: String) -> [String: JSONValue]? { values[namespace] }

    /// Makes a namespace a known one.
    mutating func open(_ namespace: String) {
        if values[namespace] == nil { values[namespace] = [:] }
    }

    /// Adds to a namespace; a value of the same key is replaced.
    mutating func add(_ value: JSONValue, _ key: String, to namespace: String) {
        values[namespace, default: [:]][key] = value
    }

    /// The texts, numbers and truth values of a namespace as the labels of endpoints.
    func members(of namespace: String) -> [CanonicalValue.Member] {
        (values[namespace] ?? [:]).sorted { $0.key < $1.key }.compactMap { key, value in
            let label: CanonicalValue? =
                switch value {
                case .string(let text): .string(text)
                case .number(let text): .literal(text)
                case .boolean(let flag): .literal(flag ? "true" : "false")
                case .null, .list, .object: nil
                }
            return label.map { CanonicalValue.Member(key: key, value: $0) }
        }
    }
}

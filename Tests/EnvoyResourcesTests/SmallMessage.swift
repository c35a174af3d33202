import EnvoyConfig
import StrictJSON

extension CanonicalValue {
    /// The value of a JSON text in canonical form, such as `{"socketAddress": {"portValue": 80}}`;
    /// members in the order of their keys.
    init(json: String) throws {
        self.init(try JSONTreeBuilder.value(of: Array(json.utf8), source: "test"))
    }

    private init(_ value: JSONValue) {
        switch value {
        case .null: self = .literal("null")
        case .boolean(let flag): self = .literal(flag ? "true" : "false")
        case .number(let text): self = .literal(text)
        case .string(let text): self = .string(text)
        case .list(let elements): self = .list(elements.map(CanonicalValue.init))
        case .object(let members):
            self = .members(members.sorted { $0.key < $1.key }.map { ($0, CanonicalValue($1)) })
        }
    }
}

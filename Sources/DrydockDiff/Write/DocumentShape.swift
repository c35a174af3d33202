internal import EnvoyConfig

/// What surrounds the resources in the canonical document of a kind.
struct DocumentShape {
    /// How deeply an entry is nested in the document.
    static let entryDepth = 2
    /// How many lines precede the first entry and follow the last.
    static let openingLines = 2
    static let closingLines = 2

    private let key: String
    private let path: [String]
    private let namesEntries: Bool

    init(_ kind: ResourceKind) {
        namesEntries = kind == .secrets
        (key, path) = (kind.facts.list, kind.facts.path)
    }

    var opening: String { "{\n    \"\(key)\": [\n" }
    var entryIndent: String { String(repeating: " ", count: DocumentShape.entryDepth * 4) }
    var closing: String { "    ]\n}\n" }

    /// An entry with its resource.
    func entry(of resource: Resource, _ value: CanonicalValue) -> CanonicalValue {
        var value = value
        for key in path.reversed() {
            value = .object([CanonicalValue.Member(key: key, value: value)])
        }
        guard namesEntries, case .object(let members) = value else { return value }
        let name = CanonicalValue.Member(key: "name", value: .string(resource.name))
        return .object([name] + members)
    }

    /// How many lines of an entry precede its resource and follow it.
    var linesBeforeBody: Int { path.count + (namesEntries ? 1 : 0) }
    var linesAfterBody: Int { path.count }

    /// How many lines the entry of a resource with so many lines has.
    func entryLines(body: Int) -> Int {
        linesBeforeBody + body + linesAfterBody
    }
}

internal import EnvoySchema

/// Makes the tree of a canonical form.
struct TreeOutput: CanonicalOutput {
    typealias Value = CanonicalValue

    struct Parts {
        fileprivate var members: [Part] = []
        fileprivate var elements: [Element] = []
    }

    fileprivate struct Part {
        /// 0 for `@type`, then the place of the declaration, then the fields without one.
        var order: UInt32
        var member: CanonicalValue.Member
    }

    fileprivate struct Element {
        var value: CanonicalValue
        /// What an unordered list is sorted by; nil where the order has meaning.
        var sortKey: [UInt8]?
    }

    /// Makes each field's name once.
    private let schema: EnvoySchema

    init(schema: EnvoySchema) {
        self.schema = schema
    }

    var noParts: Parts { Parts() }

    func string(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CanonicalValue {
        .string(text(bytes, count))
    }

    func literal(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CanonicalValue {
        .literal(text(bytes, count))
    }

    func add(
        _ value: CanonicalValue, field: UnsafePointer<FieldLayout>, inStruct: Bool,
        to parts: inout Parts
    ) {
        let key = inStruct ? schema.nameString(of: field) : schema.jsonNameString(of: field)
        parts.members.append(
            Part(
                order: UInt32(field.pointee.ordinal) + 1,
                member: CanonicalValue.Member(key: key, value: value)))
    }

    func addType(_ url: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts) {
        let member = CanonicalValue.Member(key: "@type", value: .string(text(url, count)))
        parts.members.append(Part(order: 0, member: member))
    }

    func add(
        _ value: CanonicalValue, key: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts
    ) {
        let member = CanonicalValue.Member(key: text(key, count), value: value)
        parts.members.append(Part(order: .max, member: member))
    }

    func append(_ value: CanonicalValue, to parts: inout Parts) {
        parts.elements.append(Element(value: value, sortKey: nil))
    }

    func append(_ value: CanonicalValue, named name: [UInt8], to parts: inout Parts) {
        parts.elements.append(Element(value: value, sortKey: name))
    }

    func appendUnordered(_ value: CanonicalValue, to parts: inout Parts) {
        parts.elements.append(Element(value: value, sortKey: Array(value.text().utf8)))
    }

    func object(_ parts: consuming Parts, order: MemberOrder) -> CanonicalValue {
        var members = parts.members
        switch order {
        case .declaration:
            members.sort {
                $0.order == $1.order
                    ? TreeOutput.precedes($0.member.key, $1.member.key) : $0.order < $1.order
            }
        case .keys:
            members.sort { TreeOutput.precedes($0.member.key, $1.member.key) }
        case .numericKeys:
            members.sort { TreeOutput.precedesAsNumber($0.member.key, $1.member.key) }
        }
        return .object(members.map(\.member))
    }

    func list(_ parts: consuming Parts) -> CanonicalValue {
        var elements = parts.elements
        if elements.contains(where: { $0.sortKey != nil }) {
            // Stable: Swift's sort is, but does not promise to be.
            let sorted = elements.enumerated().sorted {
                let first = $0.element.sortKey ?? []
                let second = $1.element.sortKey ?? []
                return first == second
                    ? $0.offset < $1.offset : first.lexicographicallyPrecedes(second)
            }
            elements = sorted.map(\.element)
        }
        return .list(elements.map(\.value))
    }

    private func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// Bytewise, which is not how Swift compares strings.
    private static func precedes(_ first: String, _ second: String) -> Bool {
        ExactText(first) < ExactText(second)
    }

    private static func precedesAsNumber(_ first: String, _ second: String) -> Bool {
        guard let firstNumber = Double(first), let secondNumber = Double(second),
            firstNumber != secondNumber
        else { return precedes(first, second) }
        return firstNumber < secondNumber
    }
}

/// Makes the tree of a canonical form.
struct TreeOutput: CanonicalOutput {
    typealias Value = CanonicalValue

    /// What is printed of an open value, and beside it what it is sorted by: most dumps have their
    /// members in order, which then are the value as they stand.
    struct Parts {
        fileprivate var members: [CanonicalValue.Member] = []
        /// For each member 0 for `@type`, then the place of the declaration, then the fields without
        /// one.
        fileprivate var orders: [UInt32] = []
        fileprivate var elements: [CanonicalValue] = []
        /// What an unordered list is sorted by; empty if the order has meaning.
        fileprivate var sortKeys: [[UInt8]] = []
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
        parts.members.append(CanonicalValue.Member(key: key, value: value))
        parts.orders.append(UInt32(field.pointee.ordinal) + 1)
    }

    func addType(_ url: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts) {
        parts.members.append(
            CanonicalValue.Member(key: "@type", value: .string(text(url, count))))
        parts.orders.append(0)
    }

    func add(
        _ value: CanonicalValue, key: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts
    ) {
        parts.members.append(CanonicalValue.Member(key: text(key, count), value: value))
        parts.orders.append(.max)
    }

    func append(_ value: CanonicalValue, to parts: inout Parts) {
        parts.elements.append(value)
    }

    func append(_ value: CanonicalValue, named name: [UInt8], to parts: inout Parts) {
        parts.elements.append(value)
        parts.sortKeys.append(name)
    }

    func appendUnordered(_ value: CanonicalValue, to parts: inout Parts) {
        parts.elements.append(value)
        parts.sortKeys.append(Array(value.text().utf8))
    }

    func object(_ parts: consuming Parts, order: MemberOrder) -> CanonicalValue {
        let members = parts.members
        let orders = parts.orders
        func precedes(_ first: Int, _ second: Int) -> Bool {
            switch order {
            case .declaration:
                orders[first] == orders[second]
                    ? TreeOutput.precedes(members[first].key, members[second].key)
                    : orders[first] < orders[second]
            case .keys:
                TreeOutput.precedes(members[first].key, members[second].key)
            case .numericKeys:
                TreeOutput.precedesAsNumber(members[first].key, members[second].key)
            }
        }
        let isSorted = members.indices.dropFirst().allSatisfy { precedes($0 - 1, $0) }
        if isSorted { return .object(members) }
        return .object(members.indices.sorted(by: precedes).map { members[$0] })
    }

    func list(_ parts: consuming Parts) -> CanonicalValue {
        let elements = parts.elements
        let keys = parts.sortKeys
        if keys.isEmpty { return .list(elements) }
        // Stable: Swift's sort is, but does not promise to be.
        let places = elements.indices.sorted {
            keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
        }
        return .list(places.map { elements[$0] })
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

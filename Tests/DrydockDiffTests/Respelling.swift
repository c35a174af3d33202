import CorpusSupport
import EnvoyConfig

/// Another spelling of a dump that means the same: the other names, defaults printed, enums by
/// number, numbers and durations spelled otherwise, members and resources in another order.
struct Respelling {
    var numbers: SeededNumbers
    private let schema = EnvoySchema()

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    /// A whole dump, otherwise spelled.
    mutating func dump(_ dump: PlainJSON) -> PlainJSON {
        let sections = (dump["configs"]?.elements ?? []).map { section -> PlainJSON in
            var members = section.members
            for index in members.indices {
                let isRoute = ["dynamic_route_configs", "dynamicRouteConfigs"].contains(
                    members[index].key)
                guard case .list(let entries) = members[index].value else { continue }
                let respelled = entries.map { entry(isRoute ? shufflingVirtualHosts(of: $0) : $0) }
                members[index].value = .list(respelled.shuffled(using: &numbers))
            }
            return .object(members)
        }
        return .object([.init("configs", .list(sections.shuffled(using: &numbers)))])
    }

    /// A dump whose names of virtual hosts, and whose metadata, have at least so many bytes.
    static func stretched(_ value: PlainJSON, to length: Int, inMetadata: Bool = false) -> PlainJSON
    {
        switch value {
        case .string(let text) where inMetadata:
            return .string(padded(text, to: length))
        case .list(let elements):
            return .list(elements.map { stretched($0, to: length, inMetadata: inMetadata) })
        case .object(let members):
            let isHost = value["domains"] != nil
            return .object(
                members.map { member in
                    if isHost, member.key == "name", let name = member.value.text {
                        return .init(member.key, .string(padded(name, to: length)))
                    }
                    let isMetadata = ["filter_metadata", "filterMetadata"].contains(member.key)
                    return .init(
                        member.key,
                        stretched(member.value, to: length, inMetadata: inMetadata || isMetadata))
                })
        default:
            return value
        }
    }

    private static func padded(_ text: String, to length: Int) -> String {
        // In front, so that the names differ at their ends alone.
        String(repeating: "x", count: max(0, length - text.utf8.count)) + text
    }

    /// What stands around a resource; the resource itself is an Any.
    private mutating func entry(_ value: PlainJSON) -> PlainJSON {
        if value["@type"] != nil { return any(value) }
        guard case .object(let members) = value else { return value }
        return .object(members.map { .init($0.key, entry($0.value)) }.shuffled(using: &numbers))
    }

    private mutating func shufflingVirtualHosts(of entry: PlainJSON) -> PlainJSON {
        .object(
            entry.members.map { member in
                guard member.key == "route_config" || member.key == "routeConfig" else {
                    return member
                }
                let route = member.value.members.map { field -> PlainJSON.Member in
                    guard field.key == "virtual_hosts" || field.key == "virtualHosts" else {
                        return field
                    }
                    return .init(field.key, .list(field.value.elements.shuffled(using: &numbers)))
                }
                return .init(member.key, .object(route))
            })
    }

    private mutating func any(_ value: PlainJSON) -> PlainJSON {
        let name = value["@type"]?.text?.split(separator: "/").last.map(String.init) ?? ""
        guard let layout = schema.message(named: name), layout.pointee.form == .plain else {
            return value
        }
        return message(value, layout)
    }

    private mutating func message(
        _ value: PlainJSON, _ layout: UnsafePointer<MessageLayout>
    ) -> PlainJSON {
        var members: [PlainJSON.Member] = []
        var seen: Set<UInt16> = []
        for member in value.members {
            guard let field = Self.field(member.key, layout) else {
                members.append(member)
                continue
            }
            seen.insert(field.pointee.ordinal)
            let name =
                Bool.random(using: &numbers)
                ? Self.text(field.pointee.key) : Self.text(field.pointee.jsonKey)
            members.append(.init(name, self.value(member.value, of: field)))
        }
        for index in layout.pointee.fields.indices {
            let field = layout.pointee.fields[index]
            guard !field.hasPresence, !seen.contains(field.ordinal),
                Int.random(in: 0..<3, using: &numbers) == 0
            else { continue }
            members.append(.init(Self.text(field.key), printedDefault(of: field)))
        }
        return .object(members.shuffled(using: &numbers))
    }

    private static func field(
        _ key: String, _ layout: UnsafePointer<MessageLayout>
    ) -> UnsafePointer<FieldLayout>? {
        Array(key.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { layout.pointee.field($0, bytes.count) }
        }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private mutating func value(
        _ value: PlainJSON, of field: UnsafePointer<FieldLayout>
    ) -> PlainJSON {
        switch (field.pointee.cardinality, value) {
        case (.repeated, .list(let elements)):
            return .list(elements.map { single($0, of: field) })
        case (.map, .object(let members)):
            return .object(
                members.map { .init($0.key, single($0.value, of: field)) }.shuffled(using: &numbers)
            )
        default:
            return single(value, of: field)
        }
    }

    private mutating func single(
        _ value: PlainJSON, of field: UnsafePointer<FieldLayout>
    ) -> PlainJSON {
        switch (field.pointee.kind, field.pointee.form, value) {
        case (.message, .plain, .object), (.message, .empty, .object):
            return schema.messageLayout(of: field).map { message(value, $0) } ?? value
        case (.message, .any, .object):
            return any(value)
        case (.message, .structure, .object(let members)):
            return .object(members.shuffled(using: &numbers))
        case (.message, .duration, .string(let text)) where !text.contains("."):
            return .string("\(text.dropLast()).000s")
        case (.message, .uint32Wrapper, .number(let text)), (.uint32, _, .number(let text)),
            (.int32, _, .number(let text)):
            return [.string(text), .number("\(text)e0"), .number("\(text).0")][
                Int.random(in: 0..<3, using: &numbers)]
        case (.uint64, _, .string(let text)), (.int64, _, .string(let text)):
            return .number(text)
        case (.enumeration, _, .string(let text)):
            return number(of: text, in: field) ?? value
        default:
            return value
        }
    }

    private func number(of name: String, in field: UnsafePointer<FieldLayout>) -> PlainJSON? {
        let layout = schema.enumeration(at: Int(field.pointee.typeIndex))
        return Array(name.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { layout.pointee.value($0, bytes.count) }
        }.map { .number(String($0.pointee.number)) }
    }

    private func printedDefault(of field: FieldLayout) -> PlainJSON {
        switch (field.cardinality, field.kind) {
        case (.repeated, _): .list([])
        case (.map, _): .object([])
        case (_, .bool): .boolean(false)
        case (_, .string), (_, .bytes): .string("")
        case (_, .int64), (_, .uint64), (_, .sint64), (_, .fixed64), (_, .sfixed64): .string("0")
        case (_, .message): .null
        default: .number("0")
        }
    }
}

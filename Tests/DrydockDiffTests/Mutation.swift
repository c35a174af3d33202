import CorpusSupport

/// One change of a resource's canonical JSON, and where a comparison has to find it.
struct Mutation {
    /// What was done, for a failing test.
    var what: String
    /// The changed resource.
    var value: PlainJSON
    /// The steps to what was changed.
    var path: [Step]
    /// Whether the change must be found at the path itself. Elsewhere the nearest list element
    /// around it may be found instead: a changed name makes it another element.
    var isExact: Bool

    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    /// Every place of a value: its path, and the value there.
    static func places(in value: PlainJSON, at path: [Step] = []) -> [(
        path: [Step], value: PlainJSON
    )] {
        var places: [(path: [Step], value: PlainJSON)] = path.isEmpty ? [] : [(path, value)]
        for member in value.members {
            places += self.places(in: member.value, at: path + [.key(member.key)])
        }
        for (index, element) in value.elements.enumerated() {
            places += self.places(in: element, at: path + [.index(index)])
        }
        return places
    }

    /// A random change of what stands at one random place; nil if nothing can be changed there.
    static func random(
        of resource: PlainJSON, isRoute: Bool, using numbers: inout SeededNumbers
    ) -> Mutation? {
        let places = self.places(in: resource).filter { isMutable($0.path, $0.value, isRoute) }
        guard let place = places.randomElement(using: &numbers) else { return nil }
        let keepsOrder = !(isRoute && place.path == [.key("virtualHosts")])
        switch place.value {
        case .list(let elements)
        where elements.count > 1 && keepsOrder && Bool.random(using: &numbers):
            let index = Int.random(in: 1..<elements.count, using: &numbers)
            guard elements[index] != elements[index - 1] else { return nil }
            var swapped = elements
            swapped.swapAt(index, index - 1)
            return make("swapped elements", resource, place.path, .list(swapped), isExact: false)
        case .list(let elements):
            guard let index = elements.indices.randomElement(using: &numbers) else { return nil }
            var shortened = elements
            shortened.remove(at: index)
            return make(
                "removed an element", resource, place.path, .list(shortened), isExact: false)
        case .object(let members):
            guard let index = members.indices.randomElement(using: &numbers),
                isMutable(
                    place.path + [.key(members[index].key)], members[index].value, isRoute)
            else { return nil }
            var shortened = members
            shortened.remove(at: index)
            return make(
                "removed \(members[index].key)", resource, place.path, .object(shortened),
                isExact: false)
        default:
            return make(
                "changed a value", resource, place.path, changed(place.value), isExact: true)
        }
    }

    /// A type's name decides how all around it is read; a redacted value is the same whatever it was;
    /// an `Empty` in an `Any` is the same with and without its `value`. The virtual hosts of a route
    /// are sorted by name: a change of it moves them all.
    private static func isMutable(_ path: [Step], _ value: PlainJSON, _ isRoute: Bool) -> Bool {
        if isRoute, path.count == 3, path.first == .key("virtualHosts"), path.last == .key("name") {
            return false
        }
        if path.last == .key("value"), value == .object([]) { return false }
        if path == [.key("name")] || path.last == .key("@type") { return false }
        if path.last == .key("typeUrl") || path.last == .key("type_url") { return false }
        if value == .string("[redacted]") || value == .string("W3JlZGFjdGVkXQ==") { return false }
        return true
    }

    /// Another value of the same kind. Large enough that a 32-bit float sees it too.
    private static func changed(_ value: PlainJSON) -> PlainJSON {
        switch value {
        case .boolean(let flag): return .boolean(!flag)
        case .number(let text):
            if Double(text) == 0 { return .number("1") }
            return .number(text.hasPrefix("-") ? String(text.dropFirst()) : "-\(text)")
        case .string(let text):
            if text.hasSuffix("s"), let seconds = Int(text.dropLast()) {
                return .string("\(seconds + 1)s")
            }
            return .string("\(text)x")
        default: return .boolean(true)
        }
    }

    private static func make(
        _ what: String, _ resource: PlainJSON, _ path: [Step], _ value: PlainJSON, isExact: Bool
    ) -> Mutation {
        Mutation(
            what: what, value: replacing(resource, path[...], by: value), path: path,
            isExact: isExact)
    }

    private static func replacing(
        _ value: PlainJSON, _ path: ArraySlice<Step>, by replacement: PlainJSON
    ) -> PlainJSON {
        switch (path.first, value) {
        case (.key(let key), .object(var members)):
            for index in members.indices where members[index].key == key {
                members[index].value = replacing(
                    members[index].value, path.dropFirst(), by: replacement)
            }
            return .object(members)
        case (.index(let index), .list(var elements)):
            elements[index] = replacing(elements[index], path.dropFirst(), by: replacement)
            return .list(elements)
        default:
            return replacement
        }
    }
}

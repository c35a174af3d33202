package import EnvoyConfig

/// Puts the differences of a kind into groups.
///
///     changes ─▶ by what changed and how (shape) ─▶ by value, where few ─▶ fields that go together
///
/// The shape is the path without the names of elements: `virtualHosts[].routes[].route.timeout`.
struct ChangeGrouping {
    /// What is the same for all changes of a group.
    private struct Shape: Hashable {
        var status: ChangeGroup.Status
        /// What the named elements on the path are called, from the outside in.
        var elements: [String]
        /// The path below the last of them; empty for the element itself.
        var field: String
    }

    /// Where a change stands.
    private struct Place: Hashable {
        var resource: Int
        var names: [String]
    }

    /// Two values, and where they stand.
    private struct Cell: Hashable {
        var from: CanonicalValue?
        var to: CanonicalValue?
        var places: [Place] = []
    }

    /// Up to so many different values of one field are groups of their own.
    private static let fewValues = 3

    private let kind: ResourceKind
    private let onlyFrom: [String], onlyTo: [String]
    /// The names of the resources that changed.
    private let names: [String]
    private var order: [Shape] = []
    private var cells: [Shape: [Cell]] = [:]
    private var cellPlaces: [Shape: [Cell: Int]] = [:]

    init(_ section: SectionComparison) {
        self.init(
            section.kind, onlyFrom: section.onlyFrom, onlyTo: section.onlyTo,
            changed: section.changed.map { ($0.name, $0.changes) })
    }

    init(
        _ kind: ResourceKind, onlyFrom: [String], onlyTo: [String],
        changed: [(name: String, changes: [ValueChange])]
    ) {
        self.kind = kind
        self.onlyFrom = onlyFrom
        self.onlyTo = onlyTo
        names = changed.map(\.name)
        for (index, resource) in changed.enumerated() {
            for change in resource.changes { take(change, of: index) }
        }
    }

    /// The groups: resources that came and went, then what changed.
    var groups: [ChangeGroup] {
        var groups: [ChangeGroup] = []
        for (status, names) in [
            (ChangeGroup.Status.onlyFrom, onlyFrom), (.onlyTo, onlyTo),
        ] where !names.isEmpty {
            groups.append(ChangeGroup(kind: kind, status: status, resources: names))
        }
        return groups + changed
    }

    private mutating func take(_ change: ValueChange, of resource: Int) {
        let path = NamedPath(change)
        let isElement = path.field.isEmpty
        let shape = Shape(
            status: isElement ? (change.from == nil ? .onlyTo : .onlyFrom) : .changed,
            elements: path.elements.map(\.singular), field: path.field)
        // An element is told by its name; what it holds is in the diff.
        let cell = isElement ? Cell(from: nil, to: nil) : Cell(from: change.from, to: change.to)
        if cells[shape] == nil { order.append(shape) }
        let place = Place(resource: resource, names: path.elements.map(\.name))
        let count = cells[shape]?.count ?? 0
        let index = cellPlaces[shape]?[cell] ?? count
        if index == count {
            cellPlaces[shape, default: [:]][cell] = index
            cells[shape, default: []].append(cell)
        }
        cells[shape]?[index].places.append(place)
    }

    /// What changed: fields of the same places with the same values are one group.
    private var changed: [ChangeGroup] {
        struct Key: Hashable {
            var status: ChangeGroup.Status
            var elements: [String]
            var cells: [Cell]
        }
        var groups: [ChangeGroup] = []
        var known: [Key: Int] = [:]
        for shape in order {
            let all = cells[shape] ?? []
            for cells in all.count <= ChangeGrouping.fewValues ? all.map({ [$0] }) : [all] {
                let key = Key(status: shape.status, elements: shape.elements, cells: cells)
                if let index = known[key] {
                    groups[index].fields.append(shape.field)
                    continue
                }
                known[key] = groups.count
                groups.append(group(shape, cells))
            }
        }
        return groups
    }

    private func group(_ shape: Shape, _ cells: [Cell]) -> ChangeGroup {
        let places = cells.flatMap(\.places)
        let resources = Set(places.map(\.resource)).sorted().map { names[$0] }
        let elements = shape.elements.enumerated().map { depth, singular in
            var seen: Set<String> = []
            return ChangeGroup.Elements(
                singular: singular,
                names: places.map { $0.names[depth] }.filter { seen.insert($0).inserted })
        }
        let isElement = shape.field.isEmpty
        let values = cells.enumerated().sorted {
            ($1.element.places.count, $0.offset) < ($0.element.places.count, $1.offset)
        }.map { ChangeGroup.Values(from: $1.from, to: $1.to, count: $1.places.count) }
        return ChangeGroup(
            kind: kind, status: shape.status, resources: resources, elements: elements,
            fields: isElement ? [] : [shape.field], values: isElement ? [] : values)
    }
}

extension Comparison {
    /// What differs, each change once with all that it is the same in: those of one kind after those
    /// of another.
    ///
    /// - Complexity: linear in the number of changes; nothing is read again.
    public var groups: [ChangeGroup] { sections.flatMap(\.groups) }
}

extension SectionComparison {
    /// What differs in this kind, each change once with all resources that it is the same in.
    ///
    /// - Complexity: linear in the number of changes; nothing is read again.
    public var groups: [ChangeGroup] { ChangeGrouping(self).groups }
}

extension ChangeGroup {
    /// What differs between contents of resources of a kind.
    package static func all(
        _ kind: ResourceKind, onlyFrom: [String] = [], onlyTo: [String] = [],
        changed: [(name: String, values: (from: CanonicalValue, to: CanonicalValue))]
    ) -> [ChangeGroup] {
        ChangeGrouping(
            kind, onlyFrom: onlyFrom, onlyTo: onlyTo,
            changed: changed.map { name, values in
                (name, ValueDifference(from: values.from, to: values.to).changes)
            }
        ).groups
    }
}

public import EnvoyConfig

/// What differs between two values, as changes and as lines.
public struct ValueDifference: Sendable, Hashable {
    /// Each value that differs, in the order of the text.
    public var changes: [ValueChange]
    /// The same as an edit script of the two canonical texts.
    package var lines: LineScript

    /// Compares two values. `fromIsLast` and `toIsLast` say whether the values end the lists that
    /// they stand in, since a value that does not is followed by a comma.
    ///
    /// - Complexity: near-linear in the values' sizes; lists that share little are capped.
    public init(
        from: CanonicalValue, to: CanonicalValue, fromIsLast: Bool = true, toIsLast: Bool = true
    ) {
        var aligner = ValueAligner()
        aligner.align(from, to, commas: Commas(from: !fromIsLast, to: !toIsLast))
        changes = aligner.changes
        lines = aligner.lines
    }
}

/// Walks two trees side by side.
///
///     from: {"a": 1, "b": [x, y]}      a  ─ a       members by key
///     to:   {"a": 2, "b": [x, z, y]}   b  ─ b       elements: x ─ x, then z alone, then y ─ y
///
/// Alignment never crosses, since a unified diff cannot show a move.
struct ValueAligner {
    private(set) var changes: [ValueChange] = []
    private(set) var lines = LineScript()
    private var path: [ValuePath.Component] = []
    /// The elements of the path; nil for a key.
    private var elements: [CanonicalValue?] = []

    mutating func align(_ from: CanonicalValue, _ to: CanonicalValue, commas: Commas) {
        if from == to {
            lines.appendEqual(from.lineCount, commas: commas)
            return
        }
        switch (from, to) {
        case (.object(let old), .object(let new)) where !old.isEmpty && !new.isEmpty:
            lines.append(.equal, 1)
            alignMembers(old, new)
            lines.appendClosing(commas)
        case (.list(let old), .list(let new)) where !old.isEmpty && !new.isEmpty:
            lines.append(.equal, 1)
            alignElements(old, new)
            lines.appendClosing(commas)
        case (.object(let old), .object(let new)):
            // `{}` stands on one line: no line is shared.
            for member in old { change(.key(member.key), from: member.value, to: nil) }
            for member in new { change(.key(member.key), from: nil, to: member.value) }
            replace(from, to)
        case (.list(let old), .list(let new)):
            for (index, element) in old.enumerated() {
                change(.index(index), from: element, to: nil)
            }
            for (index, element) in new.enumerated() {
                change(.index(index), from: nil, to: element)
            }
            replace(from, to)
        default:
            record(from: from, to: to)
            replace(from, to)
        }
    }

    private mutating func replace(_ from: CanonicalValue, _ to: CanonicalValue) {
        lines.append(.delete, from.lineCount)
        lines.append(.insert, to.lineCount)
    }

    private mutating func change(
        _ component: ValuePath.Component, from: CanonicalValue?, to: CanonicalValue?
    ) {
        push(component, element: from ?? to)
        record(from: from, to: to)
        pop()
    }

    private mutating func record(from: CanonicalValue?, to: CanonicalValue?) {
        var change = ValueChange(path: ValuePath(path), from: from, to: to)
        change.elementNames = elements.map { $0.flatMap(ElementName.init)?.text }
        changes.append(change)
    }

    private mutating func push(_ component: ValuePath.Component, element: CanonicalValue?) {
        path.append(component)
        if case .index = component { elements.append(element) } else { elements.append(nil) }
    }

    private mutating func pop() {
        path.removeLast()
        elements.removeLast()
    }

    private mutating func remove(
        _ value: CanonicalValue, _ component: ValuePath.Component
    ) {
        change(component, from: value, to: nil)
        lines.append(.delete, value.lineCount)
    }

    private mutating func insert(
        _ value: CanonicalValue, _ component: ValuePath.Component
    ) {
        change(component, from: nil, to: value)
        lines.append(.insert, value.lineCount)
    }

    // MARK: - Objects

    /// Both sides have one order, but for messages of different types.
    private mutating func alignMembers(
        _ old: [CanonicalValue.Member], _ new: [CanonicalValue.Member]
    ) {
        var places: [ExactText: Int] = [:]
        for (place, member) in new.enumerated() { places[ExactText(member.key)] = place }
        var next = 0
        for (index, member) in old.enumerated() {
            guard let place = places[ExactText(member.key)], place >= next else {
                remove(member.value, .key(member.key))
                continue
            }
            for other in new[next..<place] { insert(other.value, .key(other.key)) }
            push(.key(member.key), element: nil)
            align(
                member.value, new[place].value,
                commas: Commas(from: index + 1 < old.count, to: place + 1 < new.count))
            pop()
            next = place + 1
        }
        for other in new[next...] { insert(other.value, .key(other.key)) }
    }

    // MARK: - Lists

    private mutating func alignElements(_ old: [CanonicalValue], _ new: [CanonicalValue]) {
        for step in ListAlignment(old, new).steps {
            switch step {
            case .pair(let from, let to):
                push(.index(from), element: old[from])
                align(
                    old[from], new[to],
                    commas: Commas(from: from + 1 < old.count, to: to + 1 < new.count))
                pop()
            case .remove(let from):
                remove(old[from], .index(from))
            case .insert(let to):
                insert(new[to], .index(to))
            }
        }
    }
}

/// A run of lines that both texts share, or that only one has.
package struct LineEdit: Sendable, Hashable {
    /// Which text has the lines.
    package enum Kind: Sendable, Hashable {
        /// Both, byte for byte.
        case equal
        /// The `from` side's text alone.
        case delete
        /// The `to` side's text alone.
        case insert
    }

    /// Which text has the lines.
    package var kind: Kind
    /// How many lines.
    package var count: Int
}

/// An edit script by lines: what turns one text into the other.
package struct LineScript: Sendable, Hashable {
    /// The runs, in the order of both texts.
    package private(set) var edits: [LineEdit] = []

    /// Makes an empty script.
    package init() {}

    /// Appends lines; runs of one kind become one.
    package mutating func append(_ kind: LineEdit.Kind, _ count: Int) {
        guard count > 0 else { return }
        if let last = edits.indices.last, edits[last].kind == kind {
            edits[last].count += count
        } else {
            edits.append(LineEdit(kind: kind, count: count))
        }
    }

    /// Appends a value of so many lines that both sides have, whose last line may bear a comma.
    mutating func appendEqual(_ lines: Int, commas: Commas) {
        append(.equal, lines - 1)
        appendClosing(commas)
    }

    /// Appends one line that is the same but for its comma.
    mutating func appendClosing(_ commas: Commas) {
        if commas.from == commas.to {
            append(.equal, 1)
        } else {
            append(.delete, 1)
            append(.insert, 1)
        }
    }
}

/// Whether a value is followed by a comma, on either side.
struct Commas {
    var from: Bool
    var to: Bool
}

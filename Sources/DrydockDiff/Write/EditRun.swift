internal import EnvoyConfig

/// Lines of one document that replace lines of the other.
struct EditRun {
    /// The removed lines, from 0.
    var from: Range<Int>
    /// The added lines, from 0.
    var to: Range<Int>
    /// The name of the resource that differs; nil where only a comma does.
    var name: String?
}

/// Turns the comparison of a kind into runs of lines of the two whole documents.
struct EditRuns {
    private(set) var runs: [EditRun] = []
    private let shape: DocumentShape
    private let fromCount: Int
    private let toCount: Int
    private var fromLine = 0
    private var toLine = 0
    private var fromIndex = 0
    private var toIndex = 0

    init(_ section: SectionComparison, shape: DocumentShape) {
        self.shape = shape
        fromCount = section.pairs.count { $0.from != nil }
        toCount = section.pairs.count { $0.to != nil }
        // Nothing is printed of a section in which nothing differs.
        guard !section.isMatch else { return }
        guard fromCount > 0, toCount > 0 else {
            replaceWhole(section)
            return
        }
        pass(DocumentShape.openingLines)
        for (place, pair) in section.pairs.enumerated() {
            append(pair, implicit: section.implicitDefaults[place], of: section)
        }
    }

    /// An empty document is one line, `{}`: none of it is shared.
    private mutating func replaceWhole(_ section: SectionComparison) {
        guard fromCount != toCount, !section.isMatch else { return }
        func lines(_ side: (ResourcePair) -> Resource?) -> Int {
            let entries = section.pairs.compactMap(side)
            guard !entries.isEmpty else { return 1 }
            return entries.reduce(DocumentShape.openingLines + DocumentShape.closingLines) {
                $0 + shape.entryLines(body: $1.lineCount)
            }
        }
        runs.append(
            EditRun(
                from: 0..<lines(\.from), to: 0..<lines(\.to), name: section.pairs.first?.name))
    }

    private mutating func append(
        _ pair: ResourcePair, implicit: LineScript?, of section: SectionComparison
    ) {
        if pair.from != nil { fromIndex += 1 }
        if pair.to != nil { toIndex += 1 }
        let fromLines = pair.from.map { shape.entryLines(body: $0.lineCount) } ?? 0
        let toLines = pair.to.map { shape.entryLines(body: $0.lineCount) } ?? 0
        switch pair.status {
        case .same:
            // An implicit default that one side prints is not a difference, but a line of its text.
            if let implicit {
                pass(shape.linesBeforeBody)
                append(implicit, name: nil)
                pass(shape.linesAfterBody - 1)
            } else {
                pass(fromLines - 1)
            }
            appendClosing(nil)
        case .changed(let index):
            let difference = section.changed[index]
            pass(shape.linesBeforeBody)
            append(difference.lines, name: difference.name)
            pass(shape.linesAfterBody - 1)
            appendClosing(nil)
        case .onlyFrom, .onlyTo:
            edit(delete: fromLines, insert: toLines, name: pair.name)
        case .ignored:
            fromLine += fromLines
            toLine += toLines
        }
    }

    private mutating func append(_ script: LineScript, name: String?) {
        for edit in script.edits {
            switch edit.kind {
            case .equal: pass(edit.count)
            case .delete: self.edit(delete: edit.count, insert: 0, name: name)
            case .insert: self.edit(delete: 0, insert: edit.count, name: name)
            }
        }
    }

    /// The line that ends an entry: the last entry's has no comma.
    private mutating func appendClosing(_ name: String?) {
        if (fromIndex == fromCount) == (toIndex == toCount) {
            pass(1)
        } else {
            edit(delete: 1, insert: 1, name: name)
        }
    }

    private mutating func pass(_ count: Int) {
        fromLine += count
        toLine += count
    }

    private mutating func edit(delete: Int, insert: Int, name: String?) {
        let from = fromLine..<fromLine + delete
        let to = toLine..<toLine + insert
        fromLine += delete
        toLine += insert
        // Runs that touch are one.
        if let last = runs.last, last.from.upperBound == from.lowerBound,
            last.to.upperBound == to.lowerBound
        {
            runs[runs.count - 1].from = last.from.lowerBound..<from.upperBound
            runs[runs.count - 1].to = last.to.lowerBound..<to.upperBound
            runs[runs.count - 1].name = last.name ?? name
        } else {
            runs.append(EditRun(from: from, to: to, name: name))
        }
    }
}

internal import StrictJSON

/// A table of text: each column is as wide as its widest cell and a gap, the last one not padded.
///
///     NAME                       CLUSTER        CDS               …
///     details-v1-….default       Kubernetes     SYNCED (11s)      …
///         LDS: Error adding/updating listener(s) virtualInbound: Didn't find …
///
/// The cells are made when they are asked for, once for their widths and once to be written, so that
/// only one row is in memory.
public struct TextTable {
    /// The titles of the columns.
    public let header: [String]
    /// How many spaces follow the widest cell of a column.
    public let gap: Int
    /// What stands in a cell that has no text.
    private let placeholder: String
    /// Hands out the cells of each row and the lines below it.
    private let rows: (_ row: (_ cells: [String], _ details: [String]) -> Void) -> Void

    /// A table whose rows are handed out one after the other, the same rows each time.
    package init(
        _ header: [String], gap: Int = 5, rows: @escaping (_ row: ([String]) -> Void) -> Void
    ) {
        self.header = header
        self.gap = gap
        placeholder = ""
        self.rows = { row in rows { row($0, []) } }
    }

    /// A table with a row for each element, and lines indented below the row.
    package init<Element>(
        _ header: [String], gap: Int = 5, placeholder: String = "-", of elements: [Element],
        details: @escaping (Element) -> [String], cells: @escaping (Element) -> [String]
    ) {
        self.header = header
        self.gap = gap
        self.placeholder = placeholder
        rows = { row in for element in elements { row(cells(element), details(element)) } }
    }

    /// Writes the table, each line with a newline. What a terminal would obey is escaped, so that a
    /// row is a line.
    ///
    /// `width` is how many characters fit into a line; nil for any number. Where a row does not fit,
    /// cells go on in the next line, between words; where that is not enough the first cell stands on a
    /// line of its own. A word is never broken.
    ///
    /// - Complexity: linear in the length of the text; memory for one row.
    public func write(width: Int? = nil, to output: inout some ByteOutput) {
        var lines = TextTableLines(
            gap: gap, placeholder: placeholder, measuresWords: width != nil)
        lines.measure(header)
        rows { cells, _ in lines.measure(cells) }
        if let width { lines.fit(into: width) }
        lines.append(header)
        rows { cells, details in
            lines.append(cells)
            for detail in details { lines.append(detail: detail) }
            if lines.text.count > 1 << 16 { output.write(lines.takeText()[...]) }
        }
        output.write(lines.takeText()[...])
    }

    /// Writes the table with lines of any length.
    public func write(to output: inout some ByteOutput) { write(width: nil, to: &output) }
}

/// The lines of a table, and how wide its columns are.
private struct TextTableLines {
    let gap: Int
    let placeholder: String
    private(set) var text: [UInt8] = []
    private var widths: [Int] = []
    /// The longest word of each column, where it is measured.
    private var words: [Int] = []
    private let measuresWords: Bool
    /// Whether cells go on in further lines, and whether the first one stands above the others.
    private var isFitted = false, isStacked = false

    init(gap: Int, placeholder: String, measuresWords: Bool) {
        self.gap = gap
        self.placeholder = placeholder
        self.measuresWords = measuresWords
    }

    /// Makes the columns as wide as the cells of a row.
    mutating func measure(_ cells: [String]) {
        while widths.count < cells.count {
            widths.append(0)
            words.append(0)
        }
        for (column, text) in cells.enumerated() {
            let cell = cell(text)
            widths[column] = max(widths[column], cell.width)
            // Only a table that has to fit asks for words.
            if measuresWords { words[column] = max(words[column], cell.longestWord) }
        }
    }

    /// Makes the columns narrower until a row fits, those that are widest first.
    mutating func fit(into width: Int) {
        let gaps = gap * (widths.count - 1)
        guard widths.reduce(gaps, +) > width else { return }
        isFitted = true
        if words.reduce(gaps, +) > width, widths.count > 1 {
            isStacked = true
            widths.removeFirst()
            words.removeFirst()
        }
        let left = width - gap * (widths.count - 1) - (isStacked ? TextTableLines.indent.count : 0)
        while widths.reduce(0, +) > left {
            let shrinkable = widths.indices.filter { widths[$0] > words[$0] }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }

    private static let indent = "    "

    mutating func append(_ cells: [String]) {
        guard isFitted else { return appendLine(cells.map(cell), indent: "") }
        var cells = cells
        if isStacked {
            text.append(contentsOf: "\(cell(cells.removeFirst()).text)\n".utf8)
        }
        let columns = cells.enumerated().map { cell($1).lines(width: widths[$0]) }
        let indent = isStacked ? TextTableLines.indent : ""
        for line in 0..<(columns.map(\.count).max() ?? 0) {
            appendLine(
                columns.map { line < $0.count ? $0[line] : TextTableCell("") }, indent: indent)
        }
    }

    private mutating func appendLine(_ cells: [TextTableCell], indent: String) {
        text.append(contentsOf: indent.utf8)
        // Nothing is padded behind the last text of a line that goes on in the next.
        let count = isFitted ? (cells.lastIndex { $0.width > 0 } ?? 0) + 1 : cells.count
        for (column, cell) in cells.prefix(count).enumerated() {
            text.append(contentsOf: cell.text.utf8)
            guard column + 1 < count else { continue }
            let spaces = widths[column] + gap - cell.width
            text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(1, spaces)))
        }
        text.append(UInt8(ascii: "\n"))
    }

    mutating func append(detail: String) {
        text.append(contentsOf: "    \(PrintableText.line(detail))\n".utf8)
    }

    mutating func takeText() -> [UInt8] {
        defer { text.removeAll(keepingCapacity: true) }
        return text
    }

    private func cell(_ text: String) -> TextTableCell {
        TextTableCell(text.isEmpty ? placeholder : text)
    }
}

/// A cell as it is written, and how wide it is, in characters of Unicode as Go counts them.
private struct TextTableCell {
    private(set) var text: String
    private(set) var width = 0

    init(_ text: String) {
        self.text = text
        // Native strings lend their bytes, over which a loop is a few instructions a byte.
        let isPlain = self.text.withUTF8 { bytes in
            width = bytes.count
            return !bytes.contains(where: PrintableText.isSuspicious)
        }
        guard !isPlain else { return }
        self.text = PrintableText.line(text)
        width = self.text.unicodeScalars.count
    }

    var longestWord: Int {
        text.split(separator: " ").map(\.unicodeScalars.count).max() ?? 0
    }

    /// The cell in lines of at most a number of characters, broken between words.
    func lines(width: Int) -> [TextTableCell] {
        guard self.width > width else { return [self] }
        return TextLines.wrapped(text, width: width).map { TextTableCell($0) }
    }
}

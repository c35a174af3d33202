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
    /// - Complexity: linear in the length of the text; memory for one row.
    public func write(to output: inout some ByteOutput) {
        var lines = TextTableLines(gap: gap, placeholder: placeholder)
        lines.measure(header)
        rows { cells, _ in lines.measure(cells) }
        lines.append(header)
        rows { cells, details in
            lines.append(cells)
            for detail in details { lines.append(detail: detail) }
            if lines.text.count > 1 << 16 { output.write(lines.takeText()[...]) }
        }
        output.write(lines.takeText()[...])
    }
}

/// The lines of a table, and how wide its columns are.
private struct TextTableLines {
    let gap: Int
    let placeholder: String
    private(set) var text: [UInt8] = []
    private var widths: [Int] = []

    init(gap: Int, placeholder: String) {
        self.gap = gap
        self.placeholder = placeholder
    }

    /// Makes the columns as wide as the cells of a row.
    mutating func measure(_ cells: [String]) {
        while widths.count < cells.count { widths.append(0) }
        for (column, text) in cells.enumerated() {
            widths[column] = max(widths[column], cell(text).width)
        }
    }

    mutating func append(_ cells: [String]) {
        for (column, text) in cells.enumerated() {
            let cell = cell(text)
            self.text.append(contentsOf: cell.text.utf8)
            guard column + 1 < cells.count else { continue }
            let spaces = widths[column] + gap - cell.width
            self.text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: spaces))
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
}

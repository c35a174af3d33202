internal import StrictJSON

/// A table whose columns are as wide as their widest cell and `gap` spaces.
package struct TextTable {
    /// How many spaces stand behind the widest cell.
    package var gap = 5
    private var rows: [[String]]
    /// The lines that stand below a row, by its index.
    private var details: [Int: [String]] = [:]

    package init(_ header: [String]) {
        rows = [header]
    }

    /// Adds a row, and lines below it.
    package mutating func add(_ row: [String], details lines: [String] = []) {
        if !lines.isEmpty { details[rows.count] = lines.map(PrintableText.line) }
        rows.append(row.map { $0.isEmpty ? "-" : PrintableText.line($0) })
    }

    /// Writes the table; nothing follows a row's last cell.
    package func write(to output: inout some ByteOutput) {
        var widths = [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)
        for row in rows {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.count) }
        }
        for (number, row) in rows.enumerated() {
            var line = ""
            for (index, cell) in row.enumerated() {
                line += cell
                if index + 1 < row.count {
                    line += String(repeating: " ", count: widths[index] - cell.count + gap)
                }
            }
            output.write("\(line)\n")
            for detail in details[number] ?? [] { output.write("    \(detail)\n") }
        }
    }
}

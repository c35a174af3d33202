internal import DrydockDiff
public import Reporting
internal import StrictJSON

/// A table as istioctl prints it: columns padded to their widest cell, the last one not.
///
///     NAME                          STATUS      LOCALITY     CLUSTER
///     10.244.0.12:9080              HEALTHY                  outbound|9080||details.default.svc…
public struct ProxyTable {
    /// The titles of the columns.
    public let header: [String]
    /// How many spaces follow the widest cell of a column.
    public let padding: Int
    /// Hands out the cells of each row. They are made when they are asked for, twice: first for
    /// their widths, then to be printed.
    private let rows: (_ body: ([String]) -> Void) -> Void

    init(
        _ header: [String], padding: Int = 5, rows: @escaping (_ body: ([String]) -> Void) -> Void
    ) {
        self.header = header
        self.padding = padding
        self.rows = rows
    }

    /// Writes the table, each line with a newline. What a terminal would obey is escaped in a
    /// cell, so that a row is a line.
    ///
    /// - Complexity: linear in the length of the text; memory for one row.
    public func write(to output: inout some ByteOutput) {
        var widths = header.map(\.unicodeScalars.count)
        rows { cells in
            for (column, cell) in cells.enumerated() {
                widths[column] = max(widths[column], Cell(cell).width)
            }
        }
        var buffer: [UInt8] = []
        func append(_ cells: [String]) {
            for (column, text) in cells.enumerated() {
                let cell = Cell(text)
                buffer.append(contentsOf: cell.text.utf8)
                guard column + 1 < cells.count else { continue }
                let spaces = widths[column] + padding - cell.width
                buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: spaces))
            }
            buffer.append(UInt8(ascii: "\n"))
        }
        append(header)
        rows { cells in
            append(cells)
            if buffer.count > 1 << 16 {
                output.write(buffer[...])
                buffer.removeAll(keepingCapacity: true)
            }
        }
        output.write(buffer[...])
    }

    /// How many rows the table has.
    public var rowCount: Int {
        var count = 0
        rows { _ in count += 1 }
        return count
    }
}

/// A cell as it is printed, and how wide it is, in characters of Unicode as Go counts them.
private struct Cell {
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

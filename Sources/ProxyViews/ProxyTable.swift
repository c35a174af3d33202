internal import CanonicalForm
public import UnifiedText

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

    /// Writes the table, each line with a newline. A control character in a cell is escaped as in
    /// JSON, so that a row is a line.
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
        let measured = self.text.withUTF8 { bytes in
            var (width, controls) = (0, 0)
            for byte in bytes {
                if byte < 0x20 || byte == 0x7F { controls += 1 }
                // What continues a character counts for nothing.
                if byte & 0xC0 != 0x80 { width += 1 }
            }
            return (width: width, hasControls: controls > 0)
        }
        width = measured.width
        if measured.hasControls {
            self.text = Cell.escaped(text)
            width = self.text.unicodeScalars.count
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            if byte < 0x20 {
                CanonicalText.appendEscaped(String(UnicodeScalar(byte)), to: &escaped)
            } else if byte == 0x7F {
                escaped.append(contentsOf: #"\u007f"#.utf8)
            } else {
                escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

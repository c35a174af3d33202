import Reporting
import Testing

@Suite struct TextTableTests {
    private func text(_ table: TextTable) -> String {
        var output = TextBuffer()
        table.write(to: &output)
        return output.text
    }

    @Test("A column is as wide as its widest cell and the gap; the last one is not padded")
    func columns() {
        let rows = [["a", "HEALTHY", "x"], ["details", "", "long text"]]
        let table = TextTable(["NAME", "STATUS", "CLUSTER"], gap: 2) { row in rows.forEach(row) }
        #expect(
            text(table) == """
                NAME     STATUS   CLUSTER
                a        HEALTHY  x
                details           long text

                """)
    }

    @Test("Details are indented below their row; an empty cell has the placeholder")
    func details() {
        let table = TextTable(
            ["NAME", "CDS"], gap: 1, of: [1, 2],
            details: { $0 == 1 ? ["CDS: refused\nfor a reason"] : [] },
            cells: { ["proxy-\($0)", $0 == 1 ? "ERROR" : ""] })
        #expect(
            text(table) == """
                NAME    CDS
                proxy-1 ERROR
                    CDS: refused\\nfor a reason
                proxy-2 -

                """)
    }

    @Test("Widths count characters of Unicode; what a terminal would obey is escaped")
    func widths() {
        let rows = [["é\u{1B}", "x"], ["e\u{301}", "y"]]
        let table = TextTable(["A", "B"], gap: 1) { row in rows.forEach(row) }
        #expect(text(table) == "A       B\né\\u001b x\ne\u{301}      y\n")
    }

    @Test("A long table is written in pieces, of rows that are made twice and not kept")
    func long() {
        struct CountingOutput: ByteOutput {
            var (pieces, lines) = (0, 0)
            mutating func write(_ bytes: ArraySlice<UInt8>) {
                pieces += 1
                lines += bytes.count { $0 == UInt8(ascii: "\n") }
            }
        }
        var output = CountingOutput()
        TextTable(["NUMBER"]) { row in
            for number in 0..<30_000 { row(["number \(number)"]) }
        }.write(to: &output)
        #expect(output.lines == 30_001)
        #expect(output.pieces > 3)
    }
}

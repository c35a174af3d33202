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

    private func fitted(_ width: Int) -> [String] {
        var output = TextBuffer()
        let rows = [["a-long-name", "one, two, three", "x"], ["b", "four", "some more words"]]
        TextTable(["NAME", "WORDS", "MORE"], gap: 2, rows: { row in rows.forEach(row) })
            .write(width: width, to: &output)
        return output.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            String($0)
        }
    }

    @Test("A table that fits is written as without a width")
    func fits() {
        // 11, 15 and 15 characters, and two gaps.
        #expect(fitted(45).count == 3)
        #expect(fitted(45) == fitted(1000))
    }

    @Test(
        "Cells that do not fit go on in the next line, between words; nothing is padded at the end")
    func wraps() {
        #expect(
            fitted(33) == [
                "NAME         WORDS      MORE", "a-long-name  one, two,  x",
                "             three", "b            four       some more",
                "                        words",
            ])
    }

    @Test("Where words do not fit either, the first cell stands above the others")
    func stacks() {
        let lines = fitted(22)
        #expect(lines[0] == "NAME")
        #expect(lines[1] == "    WORDS  MORE" || lines[1].hasPrefix("    WORDS"))
        #expect(lines.contains("a-long-name"))
        for line in lines { #expect(line.count <= 22, "\(line)") }
    }
}

internal import EnvoyConfig

/// Writes a JSON document part by part, in the form of `CanonicalText`: only the values that it is
/// handed are ever in memory.
package struct JSONStreamWriter {
    package init() {}

    /// For each object or list that is open, whether it has something in it.
    private var open: [Bool] = []
    private var expectsValue = false
    private var buffer: [UInt8] = []

    package mutating func beginObject(to output: inout some ByteOutput) { begin("{", to: &output) }
    package mutating func endObject(to output: inout some ByteOutput) { end("}", to: &output) }
    package mutating func beginList(to output: inout some ByteOutput) { begin("[", to: &output) }
    package mutating func endList(to output: inout some ByteOutput) { end("]", to: &output) }

    /// The key of a member, whose value comes next.
    package mutating func key(_ key: String, to output: inout some ByteOutput) {
        separate(to: &output)
        buffer.removeAll(keepingCapacity: true)
        CanonicalText.append(quoted: key, to: &buffer)
        buffer.append(contentsOf: ": ".utf8)
        output.write(buffer[...])
        expectsValue = true
    }

    package mutating func member(
        _ key: String, _ value: ReportValue, to output: inout some ByteOutput
    ) {
        self.key(key, to: &output)
        element(value, to: &output)
    }

    /// The value of the last key, or the next element of a list.
    package mutating func element(_ value: ReportValue, to output: inout some ByteOutput) {
        place(to: &output)
        buffer.removeAll(keepingCapacity: true)
        CanonicalText.append(value.canonicalValue, depth: open.count, to: &buffer)
        output.write(buffer[...])
    }

    private mutating func begin(_ bracket: String, to output: inout some ByteOutput) {
        place(to: &output)
        output.write(bracket)
        open.append(false)
    }

    private mutating func end(_ bracket: String, to output: inout some ByteOutput) {
        let hasContent = open.popLast() ?? false
        if hasContent { newline(to: &output) }
        output.write(bracket)
    }

    private mutating func place(to output: inout some ByteOutput) {
        if !expectsValue, !open.isEmpty { separate(to: &output) }
        expectsValue = false
    }

    private mutating func separate(to output: inout some ByteOutput) {
        guard let last = open.indices.last else { return }
        if open[last] { output.write(",") }
        open[last] = true
        newline(to: &output)
    }

    private func newline(to output: inout some ByteOutput) {
        let spaces = String(repeating: " ", count: CanonicalText.indent * open.count)
        output.write("\n\(spaces)")
    }
}

internal import EnvoyConfig

/// The lines of one side's canonical document, without its text: a resource is rendered when one of
/// its lines is asked for.
struct DocumentLines {
    /// The resources, in the order of the document.
    let resources: [Resource]
    /// The number of the first line of each, from 0, and of the line after the last.
    private let starts: [Int]
    private let shape: DocumentShape
    private let reader: ResourceReader
    /// The resource that was rendered last, and its lines.
    private var rendered: (index: Int, lines: [ArraySlice<UInt8>])?

    init(_ resources: [Resource], of dump: ConfigDump, shape: DocumentShape) {
        self.resources = resources
        self.shape = shape
        reader = dump.makeReader()
        var starts = [DocumentShape.openingLines]
        starts.reserveCapacity(resources.count + 1)
        for resource in resources {
            starts.append(
                (starts.last ?? 0) + shape.entryLines(body: resource.lineCount))
        }
        self.starts = starts
    }

    /// How many lines the document has.
    var count: Int {
        resources.isEmpty ? 1 : (starts.last ?? 0) + DocumentShape.closingLines
    }

    /// A line, without its newline.
    mutating func line(_ number: Int) throws(ConfigDumpError) -> ArraySlice<UInt8> {
        if resources.isEmpty { return Array("{}".utf8)[...] }
        if number < DocumentShape.openingLines {
            return DocumentLines.split(shape.opening)[number]
        }
        if number >= count - DocumentShape.closingLines {
            return DocumentLines.split(shape.closing)[number - (count - DocumentShape.closingLines)]
        }
        let index = resource(atLine: number)
        return try lines(of: index)[number - starts[index]]
    }

    private func resource(atLine number: Int) -> Int {
        var range = 0..<resources.count
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            range =
                starts[middle] <= number
                ? middle..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    private mutating func lines(of index: Int) throws(ConfigDumpError) -> [ArraySlice<UInt8>] {
        if let rendered, rendered.index == index { return rendered.lines }
        let resource = resources[index]
        var text = Array(shape.entryIndent.utf8)
        CanonicalText.append(
            shape.entry(of: resource, try reader.canonicalValue(of: resource)),
            depth: DocumentShape.entryDepth, to: &text)
        if index + 1 < resources.count { text.append(UInt8(ascii: ",")) }
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == shape.entryLines(body: resource.lineCount) else {
            // Only possible if the file was modified while it was being read.
            throw ConfigDumpError.changed(resource, in: reader.source)
        }
        rendered = (index, lines)
        return lines
    }

    private static func split(_ text: String) -> [ArraySlice<UInt8>] {
        Array(text.utf8).split(separator: UInt8(ascii: "\n"))
    }
}

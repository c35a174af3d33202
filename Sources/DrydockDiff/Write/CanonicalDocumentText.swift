public import EnvoyConfig
public import Reporting

/// Writes the canonical document of one kind of a dump, a resource at a time.
public struct CanonicalDocumentText: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a document.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read again, or if a resource of the
    ///   kind cannot be read at all: then nothing is written.
    public func write(
        _ document: CanonicalDocument, to output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        try document.dump.requireReadable(document.kind)
        let shape = DocumentShape(document.kind)
        let resources = document.resources
        guard !resources.isEmpty else {
            output.write("{}\n")
            return
        }
        let reader = document.dump.makeReader()
        output.write(shape.opening)
        var buffer: [UInt8] = []
        for (index, resource) in resources.enumerated() {
            buffer.removeAll(keepingCapacity: true)
            let value = try reader.canonicalValue(of: resource)
            CanonicalText.append(
                shape.entry(of: resource, value), depth: DocumentShape.entryDepth, to: &buffer)
            output.write(shape.entryIndent)
            output.write(buffer[...])
            output.write(index + 1 < resources.count ? ",\n" : "\n")
        }
        output.write(shape.closing)
    }
}

public import EnvoyConfig
public import Reporting

/// The canonical document of one kind of a dump: the text that is diffed.
///
///     {
///         "dynamicActiveClusters": [
///             {
///                 "cluster": {
///                     "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
///     …
public struct CanonicalDocument: Sendable {
    /// The dump.
    public let dump: ConfigDump
    /// What the document holds.
    public let kind: ResourceKind
    /// Its resources, in the order in which they are printed.
    public let resources: [Resource]

    /// Makes the document of a kind.
    public init(_ dump: ConfigDump, _ kind: ResourceKind) {
        self.dump = dump
        self.kind = kind
        resources = dump.compared(kind)
    }

    /// Writes the document.
    ///
    /// - Throws: `ConfigDumpError` where the dump cannot be read again, or a resource of the kind not
    ///   at all: then nothing is written.
    public func write(to output: inout some ByteOutput) throws(ConfigDumpError) {
        try dump.requireReadable(kind)
        let shape = DocumentShape(kind)
        guard !resources.isEmpty else {
            output.write("{}\n")
            return
        }
        let reader = dump.makeReader()
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

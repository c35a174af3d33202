public import EnvoyConfig

/// The canonical document of one kind of a dump: the text that is diffed.
///
///     {
///         "dynamicActiveClusters": [
///             {
///                 "cluster": {
///                     "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
///     …
///
/// `CanonicalDocumentText` writes it.
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
}

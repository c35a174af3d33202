public import CanonicalForm

/// A captured config dump of an Envoy or of Istiod: an index of its resources, without their text.
public struct ConfigDump: Sendable {
    /// The name of the dump in errors: a file's path, or what the caller chose.
    public var source: String
    /// Which sections the dump has.
    public var sections: Set<ResourceKind>
    /// Every resource, in the dump's order.
    public var resources: [Resource]
    /// What is odd about the dump.
    public var irregularities: [Irregularity]

    /// The resources of one kind that are compared: dynamic and active, sorted bytewise by name,
    /// those of one name in the dump's order. Endpoints are those of EDS clusters alone, where the
    /// dump tells which these are.
    ///
    /// - Complexity: O(*n* log *n*).
    public func compared(_ kind: ResourceKind) -> [Resource] {
        resources.filter { $0.kind == kind && $0.state == .active }
    }

    /// The canonical form of a resource's body, parsed anew from the dump.
    ///
    /// - Throws: `ConfigDumpError` where the dump cannot be read any more.
    public func canonicalValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        throw ConfigDumpError(message: "not read yet")
    }
}

/// What is known of a dump whose bytes are elsewhere, such as in a support bundle: which resources it
/// has. None of them can be read through it; `SupportBundle.dump(of:)` reads the dump itself.
public struct DumpIndex: Sendable {
    /// The dump, whose resources cannot be read.
    package let dump: ConfigDump

    /// Takes what is known of a dump.
    package init(_ dump: ConfigDump) {
        self.dump = dump
    }

    /// The name of the dump in errors: of a bundle, the entry's path.
    public var source: String { dump.source }
    /// Which sections the dump has.
    public var sections: Set<ResourceKind> { dump.sections }
    /// Every resource that is indexed, in the dump's order. The index of a bundle leaves endpoints out.
    public var resources: [Resource] { dump.resources }
    /// What is odd about the dump.
    public var irregularities: [Irregularity] { dump.irregularities }
    /// The resources that cannot be read, in the dump's order.
    public var defects: [ResourceDefect] { dump.defects }
    /// The members that nobody knows.
    public var unreadMembers: [UnreadMember] { dump.unreadMembers }
    /// What stands around the dump and was passed over, a sentence each.
    public var warnings: [String] { dump.warnings }
    /// Whose dump it is.
    public var origin: ConfigDump.Origin { dump.origin }

    /// The resources of one kind and state, in the dump's order.
    public func resources(_ kind: ResourceKind, _ state: ResourceState) -> [Resource] {
        dump.resources(kind, state)
    }

    /// The resources of one kind that are compared, sorted bytewise by name.
    ///
    /// - Complexity: O(*n* log *n*).
    public func compared(_ kind: ResourceKind) -> [Resource] { dump.compared(kind) }
}

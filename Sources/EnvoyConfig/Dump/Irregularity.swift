/// Something in a dump that is kept and compared, but that a reader of a difference should know.
public struct Irregularity: Sendable, Hashable {
    /// What it is.
    public enum Code: String, Sendable, Hashable {
        /// A type that the schema does not know: compared whole, as it stands.
        case unknownType
        /// A member of a TypedStruct that its type lacks: Envoy ignores it.
        case unknownField
        /// A value that does not fit its field, or a `null` in a list or a map: kept as it stands.
        case misfit
        /// Two members of one oneof: both are kept.
        case oneofConflict
        /// An entry of a section without its body: passed over.
        case missingBody
        /// A private key that stood in an unknown type: redacted.
        case redacted
    }

    /// What it is.
    public var code: Code
    /// The kind of the resource that it is in.
    public var kind: ResourceKind
    /// The state of the resource that it is in.
    public var state: ResourceState
    /// The name of the resource that it is in.
    public var name: String
    /// The type's name, or the path within the resource and what is wrong there.
    public var detail: String
}

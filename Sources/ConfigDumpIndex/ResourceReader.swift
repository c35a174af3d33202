public import CanonicalForm
internal import EnvoySchema
internal import JSONEvents

/// Reads resources of a dump again, one after the other; what it learns of the schema it keeps.
///
/// Not `Sendable`: each thread makes its own, see `ConfigDump.makeReader()`.
public final class ResourceReader {
    private let schema = EnvoySchema()
    private let dump: ConfigDump

    /// The name of the dump in errors.
    public var source: String { dump.source }

    init(_ dump: ConfigDump) {
        self.dump = dump
    }

    /// The canonical form of a resource's body, parsed anew from the dump.
    ///
    /// - Throws: `ConfigDumpError` where the dump cannot be read any more.
    /// - Complexity: linear in the body's length.
    public func canonicalValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        // A rejected entry may have no configuration.
        if resource.range.isEmpty { return .object([]) }
        let bytes = try dump.bytes(of: resource)
        do throws(JSONError) {
            return try TreeReader.value(
                of: bytes, purpose: resource.kind.purpose(schema: schema), schema: schema,
                limits: dump.limits, source: dump.source)
        } catch {
            throw ConfigDumpError(error)
        }
    }
}

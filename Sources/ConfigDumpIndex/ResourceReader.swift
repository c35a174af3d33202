public import CanonicalForm
internal import EnvoySchema
package import JSONEvents

/// Reads resources of a dump again, one after the other; what it learns of the schema it keeps.
///
/// Not `Sendable`: each thread makes its own, see `ConfigDump.makeReader()`.
public final class ResourceReader {
    private let schema = EnvoySchema()
    private let dump: ConfigDump

    /// The name of the dump in errors.
    public var source: String { dump.source }

    /// The limits within which the dump was read.
    package var limits: JSONLimits { dump.limits }

    init(_ dump: ConfigDump) {
        self.dump = dump
    }

    /// The bytes of a resource's body, as they stand in the dump.
    package func bytes(of resource: Resource) throws(ConfigDumpError) -> [UInt8] {
        try dump.bytes(of: resource)
    }

    /// The canonical form of a resource's body, parsed anew from the dump.
    ///
    /// - Throws: `ConfigDumpError` where the dump cannot be read any more.
    /// - Complexity: linear in the body's length.
    public func canonicalValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        try value(of: resource, purpose: resource.kind.purpose(schema: schema))
    }

    /// A resource's body as the dump has it, in canonical spelling: virtual hosts stay in their
    /// order, and a load assignment keeps what Envoy added to it, such as health.
    ///
    /// - Throws: `ConfigDumpError` where the dump cannot be read any more.
    /// - Complexity: linear in the body's length.
    public func dumpedValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        let purpose = resource.kind.purpose(schema: schema)
        switch purpose {
        case .routeConfiguration, .loadAssignment:
            return try value(of: resource, purpose: .resource)
        case .resource, .message:
            return try value(of: resource, purpose: purpose)
        }
    }

    private func value(
        of resource: Resource, purpose: CanonicalPurpose
    ) throws(ConfigDumpError) -> CanonicalValue {
        // A rejected entry may have no configuration.
        if resource.range.isEmpty { return .object([]) }
        let bytes = try dump.bytes(of: resource)
        do throws(JSONError) {
            return try TreeReader.value(
                of: bytes, purpose: purpose, schema: schema, limits: dump.limits,
                source: dump.source)
        } catch {
            throw ConfigDumpError(error)
        }
    }
}

package import StrictJSON

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
    ///
    /// - Throws: `ConfigDumpError` where they cannot be read, or are not what they were.
    package func bytes(of resource: Resource) throws(ConfigDumpError) -> [UInt8] {
        let bytes = try dump.bytes(of: resource)
        try verify(bytes, of: resource)
        return bytes
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
        case .resource, .message, .secret:
            return try value(of: resource, purpose: purpose)
        }
    }

    private func value(
        of resource: Resource, purpose: CanonicalPurpose
    ) throws(ConfigDumpError) -> CanonicalValue {
        // A rejected entry may have no configuration.
        if resource.range.isEmpty { return .object([]) }
        let bytes = try bytes(of: resource)
        do throws(JSONError) {
            return try TreeReader.value(
                of: bytes, purpose: purpose, schema: schema, limits: dump.limits,
                source: dump.source)
        } catch {
            // It was read once: it is another text by now.
            throw .changed(resource, in: dump.source)
        }
    }

    /// Checks that bytes are those of a resource that the index knows.
    private func verify(_ bytes: [UInt8], of resource: Resource) throws(ConfigDumpError) {
        let fingerprint: Fingerprint?
        do throws(JSONError) {
            fingerprint = try BodyFingerprinter.fingerprint(
                of: bytes, purpose: resource.kind.purpose(schema: schema), schema: schema,
                limits: dump.limits)
        } catch {
            fingerprint = nil
        }
        guard fingerprint == resource.fingerprint else {
            throw .changed(resource, in: dump.source)
        }
    }
}

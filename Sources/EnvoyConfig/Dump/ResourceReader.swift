package import StrictJSON

/// Reads resources of a dump again, one after the other; what it learns of the schema it keeps, and the
/// dump keeps the trees that were used last.
///
/// Not `Sendable`: each thread makes its own, see `ConfigDump.makeReader()`.
package final class ResourceReader {
    private var reader = BodyReader()
    private let dump: ConfigDump
    private let keepsTrees: Bool
    /// The dump's bytes, its file open; nil until a resource is asked for.
    private var storage: DumpStorage?
    private var readings: [ResourceKind: (CanonicalPurpose, UnsafePointer<MessageLayout>?)] = [:]

    /// The name of the dump in errors.
    package var source: String { dump.source }

    /// The limits within which the dump was read.
    package var limits: JSONLimits { dump.limits }

    init(_ dump: ConfigDump, keepsTrees: Bool) {
        self.dump = dump
        self.keepsTrees = keepsTrees
    }

    /// The canonical form of a resource's body, parsed anew from the dump.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: linear in the body's length.
    package func canonicalValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        try value(of: resource, isDumped: false)
    }

    /// A resource's body as the dump has it, in canonical spelling: virtual hosts stay in their
    /// order, and a load assignment keeps what Envoy added to it, such as health.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: linear in the body's length.
    package func dumpedValue(of resource: Resource) throws(ConfigDumpError) -> CanonicalValue {
        try value(of: resource, isDumped: true)
    }

    /// Some fields of a resource's body, in canonical spelling.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: linear in the body's length; no tree is built of what is not named.
    package func fields(
        _ projection: Projection, of resource: Resource
    ) throws(ConfigDumpError) -> CanonicalValue {
        // A rejected entry may have no configuration.
        if resource.range.isEmpty { return .object([]) }
        return try read(try storedBytes(of: resource), resource, isDumped: true, projection)
    }

    /// The bytes of a resource's body, as they stand in the dump.
    ///
    /// - Throws: `ConfigDumpError` if they cannot be read, or are not what they were.
    package func bytes(of resource: Resource) throws(ConfigDumpError) -> [UInt8] {
        let bytes = try storedBytes(of: resource)
        _ = try read(bytes, resource, isDumped: true, .nothing)
        return bytes
    }

    private func storedBytes(of resource: Resource) throws(ConfigDumpError) -> [UInt8] {
        if storage == nil { storage = try dump.storage?.opened() }
        return try dump.bytes(of: resource, in: storage)
    }

    private func value(
        of resource: Resource, isDumped: Bool
    ) throws(ConfigDumpError) -> CanonicalValue {
        if resource.range.isEmpty { return .object([]) }
        let (purpose, _) = reading(of: resource.kind)
        let key = TreeCache.Key(
            start: resource.range.lowerBound, isDumped: isDumped && purpose != purpose.asDumped)
        if let known = dump.trees.value(key) { return known }
        let bytes = try storedBytes(of: resource)
        let value = try read(bytes, resource, isDumped: isDumped)
        if keepsTrees { dump.trees.keep(value, key, length: bytes.count) }
        return value
    }

    /// How the resources of a kind are read; looked up by name, which is done once.
    private func reading(
        of kind: ResourceKind
    ) -> (CanonicalPurpose, UnsafePointer<MessageLayout>?) {
        if let known = readings[kind] { return known }
        let found = (
            kind.purpose(schema: reader.schema), kind.untypedLayout(schema: reader.schema)
        )
        readings[kind] = found
        return found
    }

    private func read(
        _ bytes: [UInt8], _ resource: Resource, isDumped: Bool, _ projection: Projection = .whole
    ) throws(ConfigDumpError) -> CanonicalValue {
        let (purpose, untyped) = reading(of: resource.kind)
        let request = BodyReader.Request(
            purpose: isDumped ? purpose.asDumped : purpose, untyped: untyped,
            projection: projection, fingerprint: purpose)
        let result = try? reader.read(bytes, request, limits: dump.limits, source: dump.source)
        // It was read once: what cannot be read, or is not the same, is another text by now.
        guard let result, result.fingerprint == resource.fingerprint else {
            throw dump.mismatch(resource)
        }
        return result.value
    }
}

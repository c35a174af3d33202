extension ConfigDump {
    /// The bytes of a resource's body, as they stand in the dump. The storage is the dump's, which may be
    /// open already.
    func bytes(
        of resource: Resource, in storage: DumpStorage?
    ) throws(ConfigDumpError) -> [UInt8] {
        if let defect = defect(of: resource) { throw defect.error }
        guard let storage else {
            throw ConfigDumpError(
                .notKept,
                "the bytes of this dump were not kept: its resources cannot be read again",
                source: source)
        }
        guard let bytes = try storage.bytes(in: resource.range, source: source) else {
            throw mismatch(resource)
        }
        guard let first = bytes.first, first != UInt8(ascii: "{") else { return bytes }
        // The range of a body that is not an object begins after its key.
        return Array(bytes.drop { $0 == UInt8(ascii: ":") || NotADump.isSpace($0) })
    }

    /// Why another text stands at a resource's place than when the dump was read: the file changed, or
    /// the resource is another dump's.
    ///
    /// - Complexity: O(*n*) in the number of resources.
    func mismatch(_ resource: Resource) -> ConfigDumpError {
        guard resources.contains(resource) else {
            return ConfigDumpError(
                .foreignResource,
                "the \(resource.kind.singular) \(resource.name) is not a resource of this dump",
                source: source)
        }
        return .changed(resource, in: source)
    }
}

internal import StrictJSON

/// Where a dump's bytes are, for its resources to be read again.
enum DumpStorage: Sendable {
    case file(InputFile)
    case bytes([UInt8])
    case parts(DumpParts)

    /// The bytes of a resource.
    ///
    /// - Throws: `ConfigDumpError` where they cannot be read; `changed` where the file has become
    ///   shorter.
    func bytes(of resource: Resource, source: String) throws(ConfigDumpError) -> [UInt8] {
        let range = resource.range
        switch self {
        case .file(let file):
            do throws(FileError) {
                return try file.bytes(in: range)
            } catch {
                if let length = file.length, length < range.upperBound {
                    throw .changed(resource, in: source)
                }
                throw ConfigDumpError(error)
            }
        case .bytes(let bytes):
            guard range.upperBound <= bytes.count else {
                throw ConfigDumpError(
                    .io, "the dump ends before byte \(range.upperBound)", source: source)
            }
            return Array(bytes[range])
        case .parts(let parts):
            guard let bytes = parts.bytes(in: range) else {
                throw ConfigDumpError.notKept(
                    "the bytes from \(range.lowerBound) on were not kept", source: source)
            }
            return bytes
        }
    }
}

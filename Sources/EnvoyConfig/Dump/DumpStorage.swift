package import StrictJSON

/// Where a dump's bytes are, for its resources to be read again.
enum DumpStorage: Sendable {
    /// A file that is opened again.
    case path(String)
    case file(InputFile)
    case bytes([UInt8])
    case parts(DumpParts)

    /// The same with its file open, for several resources one after the other.
    func opened() throws(ConfigDumpError) -> DumpStorage {
        guard case .path(let path) = self else { return self }
        return .file(try InputFile.opened(path))
    }

    /// The bytes of a range; nil if nothing is at this place: the file has become shorter, or
    /// never was so long.
    ///
    /// - Throws: `ConfigDumpError` if they cannot be read, or were not kept.
    func bytes(in range: Range<Int>, source: String) throws(ConfigDumpError) -> [UInt8]? {
        switch self {
        case .path:
            return try opened().bytes(in: range, source: source)
        case .file(let file):
            do throws(FileError) {
                return try file.bytes(in: range)
            } catch {
                if let length = file.length, length < range.upperBound { return nil }
                throw ConfigDumpError(error)
            }
        case .bytes(let bytes):
            return range.upperBound <= bytes.count ? Array(bytes[range]) : nil
        case .parts(let parts):
            guard let bytes = parts.bytes(in: range) else {
                throw ConfigDumpError(
                    .notKept, "the bytes from \(range.lowerBound) on were not kept", source: source)
            }
            return bytes
        }
    }
}

extension InputFile {
    /// Opens a file.
    package static func opened(_ path: String) throws(ConfigDumpError) -> InputFile {
        do throws(FileError) {
            return try InputFile(path: path)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// Checks that a file, where it can be read twice, is not packed, which `DrydockDiff` does not
    /// read.
    ///
    /// - Throws: `ConfigDumpError` that names the format and what reads it.
    package func requireUnpacked() throws(ConfigDumpError) {
        guard isSeekable, let length, let first = try? bytes(in: 0..<min(length, 512)),
            let format = CaptureFormat.packed(first), format.isUnpackable
        else { return }
        throw ConfigDumpError(
            .packed,
            "this is \(format.name): the product Drydock reads it under the same name, "
                + "DrydockDiff alone does not", source: path)
    }
}

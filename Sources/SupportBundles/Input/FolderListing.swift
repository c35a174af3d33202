internal import EnvoyConfig

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The files of a folder and of the folders in it.
enum FolderListing {
    /// Whether a path names a folder.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a path names a file that can be read from its beginning again.
    static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// How many bytes a file has; nil if the system does not say.
    static func length(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// What a folder and the folders in it hold, by their paths below it.
    struct Listing {
        /// Regular files, sorted.
        var files: [String] = []
        /// Links, sorted. They are not followed: they can lead anywhere.
        var links: [String] = []
        /// Sockets, pipes and devices, which are never opened, and names that are not UTF-8, sorted.
        var others: [String] = []
        /// Folders that could not be listed.
        var failures: [(path: String, error: ConfigDumpError)] = []
    }

    /// More files than this are not captures.
    private static let limit = 1_000_000

    /// Lists a folder. A folder in it that cannot be listed is a failure of the listing's, and the
    /// rest is listed.
    ///
    /// - Throws: `ConfigDumpError` if the folder itself cannot be listed, or holds too much.
    static func listing(of folder: String) throws(ConfigDumpError) -> Listing {
        var listing = Listing()
        var rest = [""]
        while let below = rest.popLast() {
            let names: [String?]
            do throws(ConfigDumpError) {
                names = try FolderListing.names(in: below.isEmpty ? folder : "\(folder)/\(below)")
            } catch {
                guard !below.isEmpty else { throw error }
                listing.failures.append((below, error))
                continue
            }
            for name in names {
                guard let name else {
                    listing.others.append(below.isEmpty ? "(a name)" : "\(below)/(a name)")
                    continue
                }
                let path = below.isEmpty ? name : "\(below)/\(name)"
                switch type(of: "\(folder)/\(path)") {
                case S_IFDIR: rest.append(path)
                case S_IFREG: listing.files.append(path)
                case S_IFLNK: listing.links.append(path)
                default: listing.others.append(path)
                }
                guard listing.files.count + rest.count <= limit else {
                    throw ConfigDumpError(
                        .limit, "the folder has more than \(limit) files: too many for one bundle",
                        source: folder)
                }
            }
        }
        listing.files.sort()
        listing.links.sort()
        listing.others.sort()
        return listing
    }

    /// What a path names; nil if it is gone.
    private static func type(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// The names in a folder; nil for one that is not UTF-8.
    private static func names(in folder: String) throws(ConfigDumpError) -> [String?] {
        guard let stream = opendir(folder) else {
            throw ConfigDumpError(.io, String(cString: strerror(errno)), source: folder)
        }
        defer { closedir(stream) }
        var names: [String?] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(validatingCString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

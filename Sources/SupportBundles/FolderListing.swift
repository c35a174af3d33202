internal import ConfigDumpIndex

#if canImport(Glibc)
    internal import Glibc
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

    /// How many bytes a file has; nil where the system does not say.
    static func length(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The files' paths below the folder, sorted, and those of links, which are not followed: they
    /// can lead anywhere.
    ///
    /// - Throws: `ConfigDumpError` where a folder cannot be listed.
    static func files(in folder: String) throws(ConfigDumpError) -> (
        files: [String], links: [String]
    ) {
        var files: [String] = []
        var links: [String] = []
        var rest = [""]
        while let below = rest.popLast() {
            for name in try names(in: below.isEmpty ? folder : "\(folder)/\(below)") {
                let path = below.isEmpty ? name : "\(below)/\(name)"
                var status = stat()
                guard lstat("\(folder)/\(path)", &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: rest.append(path)
                case S_IFREG: files.append(path)
                case S_IFLNK: links.append(path)
                default: break
                }
            }
        }
        return (files.sorted(), links.sorted())
    }

    private static func names(in folder: String) throws(ConfigDumpError) -> [String] {
        guard let stream = opendir(folder) else {
            throw ConfigDumpError(.io, String(cString: strerror(errno)), source: folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

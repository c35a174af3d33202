internal import EnvoyConfig
internal import StrictJSON

/// Where a bundle's entries come from: an archive, read as a stream, or a folder. Nothing is unpacked
/// to disk.
enum BundleSource: Sendable {
    case archive(path: String, limits: ArchiveLimits)
    case folder(path: String)

    /// The archive or folder.
    var path: String {
        switch self {
        case .archive(let path, _), .folder(let path): path
        }
    }

    /// Hands the chunks of one entry to `body`; returns why it stopped before the end.
    typealias Feed = (_ body: (UnsafeRawBufferPointer) -> Void) -> ConfigDumpError?

    /// Goes through the entries that are read, in the source's order, until `body` returns false. An
    /// entry's bytes can be had during the call alone, once. Its length is nil if it is packed by
    /// itself. `passOver` is told the entries that are outside of what is read.
    ///
    /// - Throws: `ConfigDumpError` if an archive is cut off, damaged or refused; then all that came
    ///   before was handed over.
    func forEachEntry(
        passOver: (String) -> Void = { _ in }, progress: (ReadingProgress) -> Void = { _ in },
        _ body: (BundlePath, _ length: Int?, Feed) async -> Bool
    ) async throws(ConfigDumpError) {
        switch self {
        case .archive(let path, let limits):
            let file = try InputFile.opened(path)
            guard file.isSeekable else {
                throw ConfigDumpError(
                    .io,
                    "a pipe cannot be read twice, as a bundle is where something differs: save it",
                    source: path)
            }
            try await BundleSource.forEachEntry(ofArchive: file, limits, passOver, progress, body)
        case .folder(let path):
            let names = try FolderListing.listing(of: path).files
            var done = ReadingProgress(totalBytes: 0)
            for name in names {
                done.totalBytes? += FolderListing.length(of: "\(path)/\(name)") ?? 0
            }
            for name in names {
                if Task.isCancelled { throw .cancelled(path) }
                guard let place = BundlePath(name) else {
                    passOver(name)
                    continue
                }
                let file = "\(path)/\(name)"
                let length =
                    CompressedFile.isCompressed(path: file) ? nil : FolderListing.length(of: file)
                let goesOn = await body(place, length) { BundleSource.feed(file, $0) }
                done.bytesRead += FolderListing.length(of: file) ?? 0
                done.entries += 1
                progress(done)
                if !goesOn { return }
            }
        }
    }

    /// What of a folder is not a file: links, devices, folders that cannot be listed. An archive
    /// with a link or a device is refused.
    func remains() throws(ConfigDumpError) -> FolderListing.Listing {
        guard case .folder(let path) = self else { return FolderListing.Listing() }
        return try FolderListing.listing(of: path)
    }

    private static func forEachEntry(
        ofArchive file: InputFile, _ limits: ArchiveLimits, _ passOver: (String) -> Void,
        _ progress: (ReadingProgress) -> Void,
        _ body: (BundlePath, _ length: Int?, Feed) async -> Bool
    ) async throws(ConfigDumpError) {
        do throws(ArchiveError) {
            let archive = try ArchiveReader(
                file, format: .tar, limits: limits)
            while let entry = try archive.next() {
                guard let place = BundlePath(entry.path) else {
                    passOver(entry.path)
                    continue
                }
                var interruption: ArchiveError?
                let goesOn = await body(place, entry.size) { body in
                    do throws(ArchiveError) {
                        try archive.forEachChunk(failure: { $0 }) {
                            (bytes: UnsafeRawBufferPointer) throws(ArchiveError) in
                            body(bytes)
                        }
                        return nil
                    } catch {
                        interruption = error
                        return ConfigDumpError(error)
                    }
                }
                if let interruption { throw interruption }
                progress(archive.progress)
                if !goesOn { return }
            }
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// A file of a folder, compressed or not.
    private static func feed(
        _ path: String, _ body: (UnsafeRawBufferPointer) -> Void
    ) -> ConfigDumpError? {
        do throws(ConfigDumpError) {
            guard CompressedFile.isCompressed(path: path) else {
                try InputFile.opened(path).forEachChunk(failure: ConfigDumpError.init) {
                    (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
                    body(bytes)
                }
                return nil
            }
            try unpack(try InputFile.opened(path), body)
            return nil
        } catch {
            return error
        }
    }

    private static func unpack(
        _ file: InputFile, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ConfigDumpError) {
        do throws(ArchiveError) {
            let archive = try ArchiveReader(file, format: .single)
            guard try archive.next() != nil else { return }
            try archive.forEachChunk(failure: { $0 }) {
                (bytes: UnsafeRawBufferPointer) throws(ArchiveError) in
                body(bytes)
            }
        } catch {
            throw ConfigDumpError(error)
        }
    }
}

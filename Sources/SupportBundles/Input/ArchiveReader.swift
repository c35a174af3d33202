internal import CDrydockArchive
package import StrictJSON

/// Reads packed bytes as a stream, through libarchive: a single compressed file, or the entries of a
/// tar archive. Nothing is unpacked to disk.
package final class ArchiveReader {
    /// What the input holds.
    package enum Format: Sendable {
        /// One stream of bytes, compressed by gzip, xz, zstd, bzip2 or not at all.
        case single
        /// A tar archive, compressed or not.
        case tar
        /// Either: `isTar` tells which, after the first call of `next()`.
        case any
        /// Either, or a zip archive.
        case anyOrZip
    }

    /// An entry of an archive.
    package struct Entry: Sendable, Hashable {
        /// Its path in the archive.
        package var path: String
        /// The size that it declares.
        package var size: Int
    }

    private let handle: OpaquePointer
    private let source: String
    private let limits: ArchiveLimits
    private let packed: PackedSource
    private var unpacked = 0
    private var entryCount = 0
    /// The entry that was reached last.
    private var current: String?
    /// Whether the entry's content was not read yet.
    private var hasContent = false
    /// Where the last entry's content ends in the unpacked archive.
    private var end: Int?

    /// Reads a file from its beginning.
    ///
    /// - Throws: `ArchiveError` if it is not an archive.
    package init(
        _ file: InputFile, format: Format, limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        let source = file.path
        guard let handle = archive_read_new() else {
            throw ArchiveError(source: source, message: "no memory for an archive")
        }
        self.handle = handle
        packed = PackedSource(file)
        self.source = source
        self.limits = limits
        // By name: among all there are some that start another program.
        archive_read_support_filter_gzip(handle)
        archive_read_support_filter_xz(handle)
        archive_read_support_filter_zstd(handle)
        archive_read_support_filter_bzip2(handle)
        if format != .single {
            archive_read_support_format_tar(handle)
            // Read on after the mark of the end, so that a stream that is cut off there shows.
            archive_read_set_format_option(handle, "tar", "read_concatenated_archives", "1")
        }
        if format == .anyOrZip { archive_read_support_format_zip_streamable(handle) }
        if format != .tar {
            archive_read_support_format_raw(handle)
            archive_read_support_format_empty(handle)
        }
        // The source lives as long as the reader, and libarchive calls only while it is called.
        let context = Unmanaged.passUnretained(packed).toOpaque()
        try check(archive_read_open(handle, context, nil, { ArchiveReader.read($0, $1, $2) }, nil))
    }

    deinit {
        archive_read_free(handle)
    }

    /// Hands the next bytes to libarchive.
    private static func read(
        _ handle: OpaquePointer?, _ context: UnsafeMutableRawPointer?,
        _ start: UnsafeMutablePointer<UnsafeRawPointer?>?
    ) -> Int {
        guard let context, let handle else { return Int(ARCHIVE_FATAL) }
        let source = Unmanaged<PackedSource>.fromOpaque(context).takeUnretainedValue()
        do throws(PackedSource.Failure) {
            let bytes = try source.next()
            start?.pointee = bytes.baseAddress
            return bytes.count
        } catch {
            drydock_archive_fail(handle, error.reason)
            return Int(ARCHIVE_FATAL)
        }
    }

    /// Whether the input is a tar archive; known after the first call of `next()`.
    package var isTar: Bool {
        archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR
    }

    /// How far the input is read; its entries are those that were reached.
    var progress: ReadingProgress {
        var progress = packed.progress
        progress.entries = entryCount
        return progress
    }

    /// Whether the input is an archive of entries, and not one stream; known after the first call of
    /// `next()`.
    var isArchive: Bool {
        isTar || archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP
    }

    /// The next entry; nil at the end. A single stream is one entry.
    ///
    /// - Throws: `ArchiveError` if the archive is damaged or cut off, or the entry is a link, has
    ///   an absolute path or one that leads out of the archive.
    package func next() throws(ArchiveError) -> Entry? {
        // What was not read is read now, so that a bomb is found within it.
        if hasContent { try forEachChunk(failure: { $0 }) { (_) throws(ArchiveError) in } }
        var entry: OpaquePointer?
        while true {
            let status = archive_read_next_header(handle, &entry)
            if status == ARCHIVE_EOF {
                if let failure = packed.failure {
                    throw refusal("the archive cannot be read: \(failure.reason)")
                }
                try checkEnd()
                return nil
            }
            let name = entry.flatMap(ArchiveReader.name(of:))
            let path = name ?? ""
            // A header that is damaged may have got as far as its name.
            if !path.isEmpty { current = path }
            // Not a header: libarchive would look for the next one after it.
            try check(status == ARCHIVE_RETRY ? ARCHIVE_FATAL : status)
            guard let entry else { return nil }
            current = path
            entryCount += 1
            guard entryCount <= limits.entries else {
                throw refusal(
                    "the archive has more than \(limits.entries) entries: too many for one bundle")
            }
            try admit(entry, path)
            // An empty entry still costs a 512-byte header: count it against the limit.
            try admit(ArchiveReader.headerLength)
            if UInt32(archive_entry_filetype(entry)) == ArchiveReader.folder { continue }
            hasContent = true
            let size = max(0, Int(archive_entry_size(entry)))
            // A size that lies can be any number.
            let start = Int(archive_read_header_position(handle)) + ArchiveReader.headerLength
            let (sum, isTooLong) = start.addingReportingOverflow(size)
            end = isTooLong ? .max - ArchiveReader.headerLength : sum
            return Entry(path: path, size: size)
        }
    }

    /// An entry's path; a name that the locale cannot hold is given as UTF-8.
    private static func name(of entry: OpaquePointer) -> String? {
        let name = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
        return name.map { String(cString: $0) }
    }

    /// A tar ends with a block of zeros; one that does not was cut off between two entries.
    private func checkEnd() throws(ArchiveError) {
        guard isTar, let end,
            Int(archive_filter_bytes(handle, 0)) < end + ArchiveReader.headerLength
        else { return }
        throw refusal("the archive is cut off after the entry \(current ?? "")")
    }

    private static let regularFile: UInt32 = 0o100000
    private static let folder: UInt32 = 0o040000
    private static let headerLength = 512

    private func admit(_ entry: OpaquePointer, _ path: String) throws(ArchiveError) {
        let type = UInt32(archive_entry_filetype(entry))
        let isLink =
            archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
        guard !isLink, type == ArchiveReader.regularFile || type == ArchiveReader.folder else {
            throw refusal("the entry \(path) is a link or a device: refused")
        }
        guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
            throw refusal("the entry \(path) leads out of the archive: refused")
        }
    }

    /// Hands over the current entry's bytes, a chunk at a time.
    ///
    /// - Throws: What `body` throws, or an `ArchiveError` as `failure` turns it into one.
    package func forEachChunk<Failure: Error>(
        failure: (ArchiveError) -> Failure, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        hasContent = false
        var place: Int64 = 0
        while true {
            var start: UnsafeRawPointer?
            var count = 0
            var offset: Int64 = 0
            let status = archive_read_data_block(handle, &start, &count, &offset)
            if status == ARCHIVE_EOF { return }
            do throws(ArchiveError) {
                try check(status)
                // A hole costs nothing to pack.
                guard offset == place else {
                    throw refusal("the entry \(current ?? "") has holes: refused")
                }
                try admit(count)
            } catch {
                throw failure(error)
            }
            place += Int64(count)
            if count > 0 { try body(UnsafeRawBufferPointer(start: start, count: count)) }
        }
    }

    private func admit(_ count: Int) throws(ArchiveError) {
        unpacked += count
        let place = current.map { ", at the entry \($0)" } ?? ""
        guard unpacked <= limits.totalLength else {
            throw refusal(
                "more than \(limits.totalLength) bytes came out\(place): too much for one bundle")
        }
        guard unpacked > limits.freeLength else { return }
        let length = max(1, packed.progress.bytesRead)
        if unpacked / length > limits.ratio {
            throw refusal(
                "\(unpacked) bytes came out of \(length)\(place): this is a decompression bomb")
        }
    }

    private func check(_ status: CInt) throws(ArchiveError) {
        guard status < ARCHIVE_WARN else { return }
        let reason = archive_error_string(handle).map { String(cString: $0) } ?? "damaged"
        let place = isArchive ? current.map { " at or after the entry \($0)" } ?? "" : ""
        throw refusal("the archive cannot be read\(place): \(reason)")
    }

    private func refusal(_ message: String) -> ArchiveError {
        if case .system(let error) = packed.failure, error.isCancellation {
            return ArchiveError(source: source, message: error.reason, isCancellation: true)
        }
        return ArchiveError(source: source, message: message, entry: current)
    }
}

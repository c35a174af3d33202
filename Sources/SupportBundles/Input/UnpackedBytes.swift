internal import EnvoyConfig
internal import StrictJSON

/// The bytes of one capture, unpacked where they are packed: gzip, xz, zstd, bzip2, or an archive (tar,
/// zip) of one capture.
enum UnpackedBytes {
    /// Hands over what comes out of a file, a chunk at a time; `progress` is told how much of the file
    /// was read.
    ///
    /// - Throws: What `body` throws, or a `ConfigDumpError` where what is packed is damaged, cut off,
    ///   a bomb, or an archive of several captures.
    static func forEachChunk(
        of file: InputFile, progress: (ReadingProgress) -> Void = { _ in },
        _ body: (UnsafeRawBufferPointer) throws(ConfigDumpError) -> Void
    ) throws(ConfigDumpError) {
        let source = file.path
        let archive: ArchiveReader
        let first: ArchiveReader.Entry
        do throws(ArchiveError) {
            archive = try ArchiveReader(file, format: .anyOrZip)
            guard let entry = try archive.next() else {
                if !archive.isArchive { return }
                throw ArchiveError(
                    source: source, message: "this is an empty archive: nothing was captured")
            }
            first = entry
        } catch {
            throw ConfigDumpError(error)
        }
        guard archive.isArchive else {
            return try archive.forEachChunk(failure: ConfigDumpError.init) {
                (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
                try body(bytes)
                progress(archive.progress)
            }
        }
        let capture: [UInt8]
        do throws(ArchiveError) {
            capture = try onlyCapture(of: archive, first, source)
        } catch {
            throw ConfigDumpError(error)
        }
        try capture.withBytes(body)
    }

    /// The one capture of an archive. It is kept in memory until it is known that there is no other.
    private static func onlyCapture(
        of archive: ArchiveReader, _ first: ArchiveReader.Entry, _ source: String
    ) throws(ArchiveError) -> [UInt8] {
        var captures: [(path: String, bytes: [UInt8])] = []
        var others: [String] = []
        var entry: ArchiveReader.Entry? = first
        while let current = entry {
            var bytes: [UInt8] = []
            var isCapture: Bool?
            try archive.forEachChunk(failure: { $0 }) {
                (chunk: UnsafeRawBufferPointer) throws(ArchiveError) in
                guard isCapture != false else { return }
                bytes.append(contentsOf: chunk)
                if isCapture == nil, bytes.count >= sniffedLength {
                    isCapture = looksLikeCapture(bytes)
                    if isCapture == false { bytes = [] }
                }
            }
            if isCapture ?? looksLikeCapture(bytes) {
                captures.append((current.path, bytes))
            } else {
                others.append(current.path)
            }
            guard captures.count < 2 else { break }
            entry = try archive.next()
        }
        if let only = captures.first, captures.count == 1 { return only.bytes }
        let found =
            captures.count > 1
            ? "several captures, such as \(captures.map(\.path).joined(separator: " and "))"
            : "no capture, but \(others.prefix(3).joined(separator: ", "))"
        throw ArchiveError(
            source: source,
            message:
                "this archive holds \(found): drydock bundle reads an archive of a whole mesh; "
                + "of one proxy in it, name POD.NAMESPACE after the archive, or unpack the file")
    }

    private static let sniffedLength = 64 << 10

    private static func looksLikeCapture(_ bytes: [UInt8]) -> Bool {
        var beginning = CaptureBeginning()
        bytes.withUnsafeBytes { beginning.append($0) { _, _ in } }
        beginning.finish { _, _ in }
        return CaptureFormat(beginning: beginning.bytes).isConfigDump
    }
}

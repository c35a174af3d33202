#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file that is read from its beginning, and in parts again.
///
/// Read, not mapped: a mapped file that somebody shortens ends the program, reading through one
/// buffer keeps memory flat, and the sweep in front of the parser copies the bytes anyway.
public final class InputFile: Sendable {
    /// The path under which it was opened.
    public let path: String
    /// Its descriptor, for as long as it lives.
    let descriptor: CInt
    /// Where the file's bytes begin; nil for a pipe, which is read only once.
    let start: off_t?

    /// How much is read at once: a multiple of what the parser takes at once, small enough to stay
    /// in the processor's cache.
    static let readLength = 256 << 10

    /// Opens a file.
    ///
    /// - Throws: `FileError` if it cannot be opened, or is a folder.
    public init(path: String) throws(FileError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        let failure = errno
        start = InputFile.position(of: descriptor)
        guard descriptor >= 0 else { throw FileError(path: path, code: failure) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw FileError(path: path, code: EISDIR)
        }
    }

    /// Reads from a descriptor that somebody else opened, such as that of a `FileHandle` or standard
    /// input: what comes after its present position. The descriptor is duplicated, so that whoever
    /// opened it may close it at once.
    ///
    /// - Throws: `FileError` if it is not an open descriptor.
    public init(descriptor: CInt, name: String) throws(FileError) {
        path = name
        self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        let failure = errno
        start = InputFile.position(of: self.descriptor)
        guard self.descriptor >= 0 else { throw FileError(path: name, code: failure) }
    }

    private static func position(of descriptor: CInt) -> off_t? {
        let position = lseek(descriptor, 0, SEEK_CUR)
        return position >= 0 ? position : nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Whether parts of it can be read again: not so for a pipe.
    package var isSeekable: Bool { start != nil }

    /// Hands over the whole file, a chunk at a time. A file can be read again, by several tasks at
    /// once: each reads from the beginning.
    ///
    /// - Parameters:
    ///   - progress: Told after each chunk how much was read.
    ///   - failure: Makes an error of the reader's out of a file's.
    ///   - body: Takes each chunk, lent for the call.
    /// - Throws: What `body` throws, or a `FileError` as its `failure` makes one; that of a task that
    ///   was cancelled meanwhile `isCancellation`.
    package func forEachChunk<Failure: Error>(
        progress: (ReadingProgress) -> Void = { _ in }, failure: (FileError) -> Failure,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: InputFile.readLength, alignment: 16)
        defer { buffer.deallocate() }
        var cursor = FileCursor(self)
        while true {
            let count: Int
            do throws(FileError) {
                count = try cursor.read(into: buffer)
            } catch {
                throw failure(error)
            }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            progress(cursor.progress)
        }
    }

    /// How long the file is; nil for what has no length, such as a pipe.
    package var length: Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int(status.st_size - (start ?? 0))
    }

    /// Reads a part again, by its place in what `forEachChunk` hands over.
    ///
    /// - Throws: `FileError` if the file has become shorter or cannot be read.
    public func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
        var failed: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let rest = buffer.baseAddress.map { $0 + count }
                let got = pread(
                    descriptor, rest, range.count - count,
                    (start ?? 0) + off_t(range.lowerBound + count))
                if got < 0, errno == EINTR { continue }
                if got <= 0 {
                    failed = got < 0 ? errno : EIO
                    return
                }
                count += got
            }
        }
        if failed != 0 { throw FileError(path: path, code: failed) }
        return bytes
    }
}

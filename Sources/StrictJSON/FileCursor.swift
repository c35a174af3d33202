#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One reading of a file from its beginning, with a place of its own: another reading does not move it.
package struct FileCursor {
    /// The file.
    package let file: InputFile
    /// Where the next bytes stand; nil in what has no places, such as a pipe.
    private var place: off_t?
    /// How many bytes were read.
    package private(set) var bytesRead = 0

    /// Begins at the file's beginning.
    package init(_ file: InputFile) {
        self.file = file
        place = file.start
    }

    /// How far the file is read.
    package var progress: ReadingProgress {
        ReadingProgress(bytesRead: bytesRead, totalBytes: file.length)
    }

    /// Reads the next bytes into a buffer; returns how many, none at the end.
    ///
    /// - Throws: `FileError` if the file cannot be read, or the task is cancelled.
    package mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        while true {
            if Task.isCancelled { throw .cancelled(file.path) }
            let count =
                place.map { pread(file.descriptor, buffer.baseAddress, buffer.count, $0) }
                ?? systemRead(file.descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw FileError(path: file.path, code: errno) }
            place = place.map { $0 + off_t(count) }
            bytesRead += count
            return count
        }
    }
}

/// `read(2)`, which the method of this name hides.
private func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
    read(descriptor, buffer, count)
}

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Why a file could not be read.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The system's `errno`.
    public var code: Int32

    /// The system's words for it.
    public var reason: String { String(cString: strerror(code)) }
    /// The path and the reason.
    public var description: String { PrintableText.line("\(path): \(reason)") }

    /// Whether nothing is wrong with the file: the task that read it was cancelled.
    public var isCancellation: Bool { code == ECANCELED }

    /// The error of a task that was cancelled while it read.
    static func cancelled(_ path: String) -> FileError {
        FileError(path: path, code: ECANCELED)
    }
}

package import EnvoyConfig

/// Why an archive could not be read.
package struct ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The archive.
    package var source: String
    /// What is wrong.
    package var message: String
    /// The entry that was read or reached last.
    package var entry: String?
    /// Whether nothing is wrong with it: the task that read it was cancelled.
    package var isCancellation = false

    /// The archive and what is wrong.
    package var description: String { "\(source): \(message)" }
}

extension ConfigDumpError {
    /// An archive could not be read.
    package init(_ error: ArchiveError) {
        self =
            error.isCancellation
            ? .cancelled(error.source)
            : ConfigDumpError(.archive, error.message, source: error.source)
    }
}

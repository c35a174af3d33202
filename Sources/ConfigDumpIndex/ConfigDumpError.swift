/// Why a dump could not be read.
public struct ConfigDumpError: Error, Sendable, Hashable {
    /// What is wrong and what to do about it.
    public var message: String
}

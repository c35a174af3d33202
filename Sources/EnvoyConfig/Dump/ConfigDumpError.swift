public import StrictJSON

/// Why a dump could not be read, and where.
public struct ConfigDumpError: Error, Sendable, Hashable {
    /// The kind of error. There may come more: a `switch` over them needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case syntax = "json-syntax"
            case encoding = "json-encoding"
            case limit = "json-limit"
            case notADump = "not-a-dump"
            case unprintableDump = "unprintable-dump"
            case archive
            case notFound = "not-found"
            case ambiguous
            case io
            case changed
            case notKept = "not-kept"
            case foreignResource = "foreign-resource"
            case wrongKind = "wrong-kind"
            case packed
            case cancelled
        }

        private let value: Value

        /// Not JSON.
        public static let syntax = Code(value: .syntax)
        /// Not UTF-8, or an escape that stands for no character.
        public static let encoding = Code(value: .encoding)
        /// Deeper or longer than a limit allows.
        public static let limit = Code(value: .limit)
        /// Something else than a config dump.
        public static let notADump = Code(value: .notADump)
        /// The line of text that Envoy answers where it cannot print a type.
        public static let unprintableDump = Code(value: .unprintableDump)
        /// Packed, and damaged, cut off or a bomb.
        public static let archive = Code(value: .archive)
        /// What was asked for is not there.
        public static let notFound = Code(value: .notFound)
        /// What was asked for by name is there several times.
        public static let ambiguous = Code(value: .ambiguous)
        /// The system could not read the file.
        public static let io = Code(value: .io)
        /// The file is not what it was when it was indexed.
        public static let changed = Code(value: .changed)
        /// The bytes of the dump were not kept: see `ConfigDump.Retention`.
        public static let notKept = Code(value: .notKept)
        /// A resource of another dump.
        public static let foreignResource = Code(value: .foreignResource)
        /// A resource of another kind than the message that it is to be read as.
        public static let wrongKind = Code(value: .wrongKind)
        /// Packed, by gzip and the like, and the product `Drydock` would read it.
        public static let packed = Code(value: .packed)
        /// The task was cancelled before all was read.
        public static let cancelled = Code(value: .cancelled)

        /// The code as the command's JSON prints it, such as `json-syntax`.
        public var description: String { value.rawValue }
    }

    /// The kind of error.
    public var code: Code
    /// What is wrong and what can be done about it.
    public var message: String
    /// The name of the dump.
    public var source: String
    /// Where, in bytes from the beginning; nil if no place is at fault.
    public var offset: Int?
    /// The line, from 1.
    public var line: Int?
    /// The place in the line, in bytes, from 1.
    public var column: Int?
    /// The line around the place.
    public var snippet: JSONSnippet?
    /// For `unprintableDump`: the name of the type that Envoy could not print, where it says so.
    public var typeName: String?

    /// Whether bytes were asked for that were not kept of a dump in a bundle: another pass over the
    /// bundle can bring them.
    package var lacksBytes: Bool { code == .notKept }

    /// Makes an error that no place is at fault for. A private key in the message is redacted.
    public init(_ code: Code, _ message: String, source: String, typeName: String? = nil) {
        self.code = code
        self.message = PrivateKey.redacted(message)
        self.source = source
        self.typeName = typeName
    }

    /// The task was cancelled before all was read.
    package static func cancelled(_ source: String) -> ConfigDumpError {
        ConfigDumpError(.cancelled, "cancelled before all of it was read", source: source)
    }

    /// A resource that is not the same when it is read again: its file was written meanwhile.
    package static func changed(_ resource: Resource, in source: String) -> ConfigDumpError {
        ConfigDumpError(
            .changed,
            "\(resource.name) changed since it was indexed: the file was written meanwhile",
            source: source)
    }

    /// An error of syntax, with its place.
    public init(_ error: JSONError) {
        let code: Code =
            switch error.code {
            case .encoding: .encoding
            case .limit: .limit
            case .refused: .notADump
            case .io: .io
            case .cancelled: .cancelled
            default: .syntax
            }
        self.init(code, error.message, source: error.source)
        offset = error.offset
        line = error.line
        column = error.column
        snippet = error.snippet
    }

    /// The system could not read a file.
    public init(_ error: FileError) {
        self =
            error.isCancellation
            ? .cancelled(error.path)
            : ConfigDumpError(.io, error.reason, source: error.path)
    }
}

extension ConfigDumpError: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: MESSAGE` as far as the place is known, and below it the line with a caret.
    public var description: String {
        guard let offset, let line, let column else {
            return PrintableText.line("\(source): \(message)")
        }
        return JSONError(
            .syntax, message, source: source, offset: offset, line: line, column: column,
            snippet: snippet
        ).description
    }
}

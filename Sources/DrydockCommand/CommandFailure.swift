internal import Drydock
internal import StrictJSON

/// Why the command could not do what was asked.
struct CommandFailure: Error {
    /// The code of the JSON contract.
    var code: String
    var message: String
    var file: String?
    var line: Int?
    var column: Int?
    var byte: Int?
    /// The message with its place and the line around it, for people.
    var text: String
    /// What another capture says of it.
    var notes: [Note] = []
    /// The library's error, if it was one.
    var dumpError: ConfigDumpError?

    init(code: String, message: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.file = file
        text = PrintableText.line(file.map { "\($0): \(message)" } ?? message)
    }

    init(_ error: ConfigDumpError) {
        self.init(code: error.code.description, message: error.message, file: error.source)
        dumpError = error
        line = error.line
        column = error.column
        byte = error.offset
        text = error.description
    }

    init(_ error: UsageError) {
        self.init(code: "usage", message: error.message)
    }

    /// `{"error": {"code": …, "file": …, "line": …, "column": …, "byte": …, "message": …}}`
    var value: ReportValue {
        var members: ReportObject = ["code": .string(code)]
        members.append("file", file.map(ReportValue.string))
        members.append("line", line.map(ReportValue.int))
        members.append("column", column.map(ReportValue.int))
        members.append("byte", byte.map(ReportValue.int))
        members.append("message", .string(message))
        if !notes.isEmpty { members.append("notes", .list(notes.map(\.reportValue))) }
        return ["error": .object(members)]
    }
}

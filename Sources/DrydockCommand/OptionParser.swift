internal import CDrydockPopt

/// An option of a command, as popt knows it.
struct CommandOption {
    var long: String
    var short: Character?
    /// Whether an argument follows.
    var takesArgument: Bool

    init(_ long: String, _ short: Character? = nil, takesArgument: Bool = true) {
        self.long = long
        self.short = short
        self.takesArgument = takesArgument
    }
}

/// The options and the other arguments of a command line, in their order.
struct ParsedArguments {
    var options: [(name: String, value: String)] = []
    var operands: [String] = []

    /// The values of an option, in their order.
    func values(_ name: String) -> [String] {
        options.filter { $0.name == name }.map(\.value)
    }

    /// The last value of an option: it wins.
    func value(_ name: String) -> String? { values(name).last }

    /// The value of an option that takes one of a few words.
    ///
    /// - Throws: `UsageError` that lists the words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, else fallback: Choice
    ) throws(UsageError) -> Choice {
        try choice(name, of: Choice.self) ?? fallback
    }

    /// The value of an option that takes one of a few words; nil where it is not given.
    ///
    /// - Throws: `UsageError` that lists the words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(UsageError) -> Choice? {
        guard let text = value(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw ParsedArguments.unknownWord(name, text, Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    /// The value of an option that takes one of a few words, whose capitals do not matter.
    ///
    /// - Throws: `UsageError` that lists the words.
    func word(_ name: String, among words: [String]) throws(UsageError) -> String? {
        guard let text = value(name) else { return nil }
        guard words.contains(where: { $0.lowercased() == text.lowercased() }) else {
            throw ParsedArguments.unknownWord(name, text, words)
        }
        return text
    }

    private static func unknownWord(
        _ name: String, _ text: String, _ words: [String]
    ) -> UsageError {
        let list = words.dropLast().joined(separator: ", ")
        return UsageError("--\(name) \(text): expected \(list) or \(words.last ?? "")")
    }

    /// Whether an option is there.
    func has(_ name: String) -> Bool { options.contains { $0.name == name } }
}

/// Reads command lines with popt: names, arguments, order and errors are its work.
enum OptionParser {
    /// Reads the arguments after the command's name.
    ///
    /// - Throws: `UsageError` with popt's words.
    static func parse(
        _ arguments: [String], options: [CommandOption]
    ) throws(UsageError) -> ParsedArguments {
        // popt keeps pointers to the table, the names and the arguments while it reads.
        var memory = CStringMemory()
        defer { memory.free() }
        var table = options.enumerated().map { index, option in
            drydock_option(
                longName: memory.copy(option.long),
                shortName: CChar(option.short?.asciiValue ?? 0),
                argInfo: option.takesArgument ? UInt32(POPT_ARG_STRING) : UInt32(POPT_ARG_NONE),
                arg: nil, val: Int32(index + 1), descrip: nil, argDescrip: nil)
        }
        table.append(drydock_option())
        let words = (["drydock"] + arguments).map { memory.copy($0) } + [nil]
        return try table.withUnsafeBufferPointer { table in
            Result { () throws(UsageError) in
                try words.withUnsafeBufferPointer { words throws(UsageError) in
                    try read(words, table, options)
                }
            }
        }.get()
    }

    private static func read(
        _ words: UnsafeBufferPointer<UnsafePointer<CChar>?>,
        _ table: UnsafeBufferPointer<drydock_option>, _ options: [CommandOption]
    ) throws(UsageError) -> ParsedArguments {
        let count = Int32(words.count - 1)
        // The words are not changed, whatever the type says.
        let arguments = UnsafeMutablePointer(mutating: words.baseAddress)
        guard let context = poptGetContext("drydock", count, arguments, table.baseAddress, 0)
        else { throw UsageError("no memory for the options") }
        defer { poptFreeContext(context) }
        var parsed = ParsedArguments()
        while true {
            let status = poptGetNextOpt(context)
            if status == -1 { break }
            guard status > 0 else {
                let option = poptBadOption(context, 0).map { String(cString: $0) } ?? ""
                throw UsageError("\(option): \(String(cString: poptStrerror(status)))")
            }
            let argument = poptGetOptArg(context)
            let value = argument.map { String(cString: $0) } ?? ""
            free(argument)
            parsed.options.append((options[Int(status) - 1].long, value))
        }
        while let operand = poptGetArg(context) { parsed.operands.append(String(cString: operand)) }
        return parsed
    }
}

/// C strings that live until they are let go together.
private struct CStringMemory {
    private var strings: [UnsafeMutablePointer<CChar>?] = []

    mutating func copy(_ text: String) -> UnsafePointer<CChar>? {
        let copy = strdup(text)
        strings.append(copy)
        return UnsafePointer(copy)
    }

    mutating func free() {
        for string in strings { CDrydockPopt.free(string) }
        strings = []
    }
}

/// A command line that cannot be meant.
struct UsageError: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

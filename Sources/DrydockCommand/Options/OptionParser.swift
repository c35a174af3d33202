internal import CDrydockPopt

/// The options and the other arguments of a command line, in their order.
struct ParsedArguments {
    /// An option by its number in the table, and its text.
    var options: [(index: Int, text: String)] = []
    var operands: [String] = []
}

/// Reads command lines with popt: names, arguments, order and errors are its work.
enum OptionParser {
    /// Reads the arguments after the command's name.
    ///
    /// - Throws: `UsageError` with popt's words.
    static func parse(
        _ arguments: [String], options: [OptionDescription]
    ) throws(UsageError) -> ParsedArguments {
        // popt keeps pointers to the table, the names and the arguments while it reads.
        var memory = CStringMemory()
        defer { memory.free() }
        var table = options.enumerated().map { index, option in
            drydock_option(
                longName: memory.copy(option.long),
                shortName: CChar(option.short?.asciiValue ?? 0),
                argInfo: UInt32(option.argument == nil ? POPT_ARG_NONE : POPT_ARG_STRING),
                arg: nil, val: Int32(index + 1), descrip: nil, argDescrip: nil)
        }
        table.append(drydock_option())
        let words = (["drydock"] + arguments).map { memory.copy($0) } + [nil]
        return try table.withUnsafeBufferPointer { table in
            Result { () throws(UsageError) in
                try words.withUnsafeBufferPointer { words throws(UsageError) in
                    try read(words, table)
                }
            }
        }.get()
    }

    private static func read(
        _ words: UnsafeBufferPointer<UnsafePointer<CChar>?>,
        _ table: UnsafeBufferPointer<drydock_option>
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
            parsed.options.append(
                (Int(status) - 1, argument.map { String(cString: $0) } ?? ""))
            free(argument)
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

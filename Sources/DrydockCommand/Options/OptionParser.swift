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
        let words = (["drydock"] + (try whole(arguments, options))).map { memory.copy($0) } + [nil]
        return try table.withUnsafeBufferPointer { table in
            Result { () throws(UsageError) in
                try words.withUnsafeBufferPointer { words throws(UsageError) in
                    try read(words, table)
                }
            }
        }.get()
    }

    /// The arguments with long options in full: not what follows an option that takes something, nor
    /// what follows `--`.
    private static func whole(
        _ arguments: [String], _ options: [OptionDescription]
    ) throws(UsageError) -> [String] {
        var words: [String] = []
        var isValue = false
        for (index, word) in arguments.enumerated() {
            if word == "--", !isValue { return words + arguments[index...] }
            let whole = isValue ? word : try whole(word, options)
            isValue =
                !isValue
                && options.contains { option in
                    option.argument != nil
                        && (whole == "--\(option.long)"
                            || option.short.map { whole == "-\($0)" } ?? false)
                }
            words.append(whole)
        }
        return words
    }

    /// A long option in full, where a word is a part of its name that is no other's: `--out=json`.
    private static func whole(
        _ word: String, _ options: [OptionDescription]
    ) throws(UsageError) -> String {
        guard word.hasPrefix("--"), word.count > 2 else { return word }
        let parts = word.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? "=\(parts[1])" : ""
        switch WordChoice.find(String(parts[0]), in: options.map { [$0.long] }) {
        case .found(let name): return "--\(name)\(value)"
        case .ambiguous(let names):
            let list = names.map { "--\($0)" }.joined(separator: ", ")
            throw UsageError("--\(parts[0]): this can be \(list)")
        case .unknown(let nearest?):
            throw UsageError("--\(parts[0]): unknown option; did you mean --\(nearest)?")
        case .unknown(nil): return word
        }
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

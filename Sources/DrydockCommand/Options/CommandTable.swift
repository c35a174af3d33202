/// Every command, in the order of the help.
enum CommandTable {
    static let all: [Command] =
        [
            DiffCommand.command, BundleCommand.command, StatusCommand.command, TraceCommand.command,
            FindCommand.command, CheckCommand.command, GraphCommand.command,
            ExplainCommand.command,
        ] + ProxyView.all.map(ViewCommand.command) + [
            CanonCommand.command, DocumentationCommands.completions, DocumentationCommands.manual,
        ]

    /// What istioctl calls the group of the tables: `drydock pc clusters` is `drydock clusters`.
    private static let groups = ["pc", "proxy-config"]

    /// The command that a command line names, and the words after its name. A prefix that is no other
    /// command's will do.
    static func find(
        _ words: ArraySlice<String>
    ) throws(UsageError) -> (command: Command, rest: [String]) {
        guard let name = words.first else { throw UsageError("no command: see drydock --help") }
        if groups.contains(name), words.count > 1 { return try find(words.dropFirst()) }
        switch WordChoice.find(name, in: all.map(\.page.names)) {
        case .found(let found):
            guard let command = all.first(where: { $0.page.names.contains(found) }) else { break }
            return (command, Array(words.dropFirst()))
        case .ambiguous(let names):
            throw UsageError("\(name): this can be \(names.joined(separator: ", "))")
        case .unknown(let nearest?):
            throw UsageError("unknown command \(name): did you mean \(nearest)?")
        case .unknown: break
        }
        throw UsageError("unknown command \(name): see drydock --help")
    }
}

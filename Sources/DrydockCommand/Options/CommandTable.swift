/// Every command, in the order of the help.
enum CommandTable {
    static let all: [Command] =
        [
            DiffCommand.command, BundleCommand.command, StatusCommand.command, TraceCommand.command,
            ExplainCommand.command,
        ] + ProxyView.all.map(ViewCommand.command) + [
            CanonCommand.command, DocumentationCommands.completions, DocumentationCommands.manual,
        ]

    /// A command by one of its names.
    static func command(_ name: String) -> Command? {
        all.first { $0.page.names.contains(name) }
    }
}

internal import Reporting

/// `drydock completions SHELL` and `drydock manual`: the command's own documentation.
enum DocumentationCommands {
    static let completions = Command(
        CommandPage(
            names: ["completions"], usages: ["bash|zsh|fish"],
            summary: "print a script by which a shell completes command lines",
            about: """
                Prints a script that completes commands, options and their words. bash reads it by
                source <(drydock completions bash); zsh from a file _drydock in a folder of $fpath; fish
                from drydock.fish in ~/.config/fish/completions.
                """,
            exitStatus: "0, or 2 for trouble.",
            examples: ["source <(drydock completions bash)"],
            operandCount: 1...1, operands: "the name of a shell: bash, zsh or fish",
            completions: [.words(ShellCompletions.allCases.map(\.rawValue))]),
        (), options: []
    ) { _, operands, output throws(CommandFailure) in
        guard let shell = ShellCompletions(rawValue: operands[0]) else {
            throw CommandFailure(
                UsageError("\(operands[0]): expected bash, zsh or fish"))
        }
        output.write(shell.script)
        return .same
    }

    static let manual = Command(
        CommandPage(
            names: ["manual"], usages: [""], summary: "print the manual page",
            about: "Prints the page drydock(1), which man reads.",
            exitStatus: "0, or 2 for trouble.",
            examples: ["drydock manual | man -l -"],
            operandCount: 0...0, operands: "no argument", completions: [.none]),
        (), options: []
    ) { _, _, output throws(CommandFailure) in
        output.write(ManualPage.text)
        return .same
    }
}

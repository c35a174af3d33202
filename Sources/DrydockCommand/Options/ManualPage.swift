/// The manual page, `drydock(1)`, in the macros of man(7): made from the table of commands.
enum ManualPage {
    static var text: String {
        let commands = CommandTable.all
        return """
            .TH DRYDOCK 1 "" "\(HelpText.version)" "User Commands"
            .SH NAME
            drydock \\- \(escaped(HelpText.question))
            .SH SYNOPSIS
            \(commands.map(synopsis).joined(separator: ".br\n"))\
            .SH DESCRIPTION
            Reads captured config dumps of Istiod and Envoy, and the archives of istioctl bug\\-report.
            \(escaped(HelpText.files))
            .SH COMMANDS
            \(commands.map(section).joined())
            """
    }

    private static func synopsis(_ command: Command) -> String {
        command.page.commandLines.map {
            "\\fB\(escaped($0.command))\\fR\(escaped($0.rest))\n"
        }.joined(separator: ".br\n")
    }

    private static func section(_ command: Command) -> String {
        let page = command.page
        let names = page.names.map(escaped).joined(separator: ", ")
        let paragraphs = page.about.paragraphs.map(escaped).joined(separator: "\n.PP\n")
        return """
            .SS \(names)
            \(paragraphs)
            \(command.options.map(option).joined())\
            .PP
            Exit status: \(escaped(page.exitStatus))
            .PP
            .nf
            \(page.examples.map { ".RS\n\(escaped($0))\n.RE\n" }.joined())\
            .fi

            """
    }

    private static func option(_ option: OptionDescription) -> String {
        let short = option.short.map { "\\fB\\-\($0)\\fR, " } ?? ""
        let argument = option.argument.map { " \\fI\(escaped($0.name))\\fR" } ?? ""
        return """
            .TP
            \(short)\\fB\\-\\-\(escaped(option.long))\\fR\(argument)
            \(escaped(option.text))

            """
    }

    /// A text in which roff finds no command of its own.
    private static func escaped(_ text: some StringProtocol) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var escaped = line.first == "." || line.first == "'" ? "\\&" : ""
            for character in line {
                switch character {
                case "\\": escaped += "\\e"
                case "-": escaped += "\\-"
                case "…": escaped += "..."
                default: escaped.append(character)
                }
            }
            return escaped
        }.joined(separator: "\n")
    }
}

internal import Reporting

/// What `--help` prints: made from the table of commands.
enum HelpText {
    static let version = "drydock 0.1.0"
    static let question =
        "does this Envoy hold what Istiod would send it, and if not, what differs and why?"
    static let files = "Files may be compressed with gzip, xz, zstd or bzip2; - is standard input."

    private static let width = 96
    /// Where the text of an option or a command begins.
    private static let column = 24

    /// The help without a command.
    static var overview: String {
        """
        drydock: \(question)

        Usage: drydock COMMAND [OPTIONS] FILE…
               drydock --version

        Commands:
        \(CommandTable.all.map { row("  " + $0.page.name, $0.page.summary, at: 16) }.joined())
        \(files)
        drydock COMMAND --help tells a command's options.

        Example:
          drydock diff istiod_config_dump.json config_dump.json

        """
    }

    /// The help of a command.
    static func page(_ command: Command) -> String {
        let page = command.page
        let usages = page.commandLines.map { "\($0.command)\($0.rest)\n" }
        let options = command.options.map { option in
            row((option.short == nil ? "      " : "  ") + option.synopsis, option.text, at: column)
        }
        let paragraphs = page.about.paragraphs.map { wrapped(String($0)) + "\n" }
        let examples = page.examples.map { example in
            example.split(separator: "\n").map { "  \($0)\n" }.joined()
        }
        return """
            Usage: \(usages.joined(separator: "       "))
            \(paragraphs.joined(separator: "\n"))
            \(options.joined())
            \(wrapped("Exit status: \(page.exitStatus)"))

            Example\(examples.count == 1 ? "" : "s"):
            \(examples.joined())
            """
    }

    /// A name, and beside it, or below where it is long, a text.
    private static func row(_ name: String, _ text: String, at column: Int) -> String {
        let indent = String(repeating: " ", count: column)
        let lines = wrapped(text, width: width - column)
            .split(separator: "\n").joined(separator: "\n\(indent)")
        let gap = column - name.count
        return gap > 0
            ? "\(name)\(String(repeating: " ", count: gap))\(lines)\n"
            : "\(name)\n\(indent)\(lines)\n"
    }

    private static func wrapped(_ text: String, width: Int = HelpText.width) -> String {
        TextLines.wrapped(text, width: width).joined(separator: "\n")
    }
}

extension String {
    /// What stands between empty lines.
    var paragraphs: [Substring] {
        var paragraphs: [Substring] = []
        var rest = self[...]
        while let end = rest.firstRange(of: "\n\n") {
            paragraphs.append(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        return paragraphs + [rest]
    }
}

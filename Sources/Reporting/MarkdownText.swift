internal import StrictJSON

/// Markdown as issue trackers and chats read it, from texts that hold anything.
package enum MarkdownText {
    /// A text that stays text: what Markdown or HTML would read otherwise is escaped.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in PrintableText.line(text) {
            switch character {
            case "<": escaped += "&lt;"
            case "&": escaped += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "@": escaped += "\\\(character)"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// A text in a code span, whatever marks it holds.
    package static func code(_ text: String) -> String {
        let line = PrintableText.line(text)
        var longest = 0
        var run = 0
        for character in line {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let gap = longest > 0 ? " " : ""
        return "\(fence)\(gap)\(line)\(gap)\(fence)"
    }

    /// Writes lines, as many as there may be, and how many more there are.
    package static func write(_ lines: [String], limit: Int, to output: inout some ByteOutput) {
        let trimmed = lines.last == "" ? Array(lines.dropLast()) : lines
        let shown = trimmed.count <= limit ? trimmed[...] : trimmed.prefix(limit - 2)
        for line in shown { output.write("\(line)\n") }
        if shown.count < trimmed.count {
            output.write(
                "\n… and \(trimmed.count - shown.count) more lines: see the whole report\n")
        }
    }
}

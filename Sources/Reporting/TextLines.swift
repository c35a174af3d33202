/// Text in lines.
package enum TextLines {
    /// A text in lines of at most a number of characters, broken between words: a longer word has a line
    /// of its own.
    package static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var count = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            let length = word.unicodeScalars.count
            if !line.isEmpty, count + 1 + length > width {
                lines.append(line)
                (line, count) = ("", 0)
            }
            count += length + (line.isEmpty ? 0 : 1)
            line += line.isEmpty ? word : " \(word)"
        }
        return lines + [line]
    }
}

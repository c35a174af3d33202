/// Why a document could not be read, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// The kind of error.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case syntax, encoding, limit, refused
        }

        private let value: Value

        /// Not JSON, by RFC 8259.
        public static let syntax = Code(value: .syntax)
        /// Not UTF-8, or an escape that stands for no character.
        public static let encoding = Code(value: .encoding)
        /// Deeper or longer than a limit allows.
        public static let limit = Code(value: .limit)
        /// JSON, but not what the handler takes.
        public static let refused = Code(value: .refused)

        /// `syntax`, `encoding`, `limit` or `refused`.
        public var description: String { value.rawValue }
    }

    /// The kind of error.
    public var code: Code
    /// What is wrong.
    public var message: String
    /// The name of the input, as the caller gave it.
    public var source: String
    /// Where, in bytes from the beginning.
    public var offset: Int
    /// The line, from 1.
    public var line: Int
    /// The place in the line, in bytes, from 1.
    public var column: Int
    /// The line around the place, cut to size, long strings blanked since they may be secrets; and
    /// how many characters of it stand before the place.
    public var snippet: JSONSnippet?

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, source: String, offset: Int, line: Int, column: Int,
        snippet: JSONSnippet? = nil
    ) {
        self.code = code
        self.message = message
        self.source = source
        self.offset = offset
        self.line = line
        self.column = column
        self.snippet = snippet
    }
}

extension JSONError: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: MESSAGE`, and below it the line with a caret under the place.
    public var description: String {
        let head = "\(source):\(line):\(column): \(message)"
        guard let snippet else { return head }
        let caret = String(repeating: " ", count: snippet.column) + "^"
        return "\(head)\n    \(snippet.text)\n    \(caret)"
    }
}

/// A piece of a line around an error.
public struct JSONSnippet: Sendable, Hashable {
    /// The piece, on one line.
    public var text: String
    /// How many characters of it stand before the error.
    public var column: Int

    /// How many bytes are looked at on either side of the place, and how many of them are shown.
    static let window = 256
    private static let reach = 48

    /// Cuts a piece out of a window of a line. A long string in it is blanked: it may be a key. A
    /// string that the window cuts has an unknown length and is blanked too.
    init(window bytes: [UInt8], place: Int) {
        let place = min(place, bytes.count)
        let start = max(0, place - JSONSnippet.reach)
        let end = min(bytes.count, place + JSONSnippet.reach)
        var text = start > 0 ? "…" : ""
        column = 0
        for (index, character) in JSONSnippet.blanked(bytes).enumerated() {
            if index == place { column = text.count }
            if index >= start, index < end { text.append(character) }
        }
        if place >= end { column = text.count }
        self.text = end < bytes.count ? text + "…" : text
    }

    /// One character for each byte; those of a long run without a quote become dots.
    private static func blanked(_ bytes: [UInt8]) -> [Character] {
        var characters: [Character] = bytes.map { byte in
            byte >= 0x20 && byte < 0x7F ? Character(Unicode.Scalar(byte)) : "."
        }
        var runStart = 0
        for index in 0...bytes.count
        where index == bytes.count || bytes[index] == UInt8(ascii: "\"") {
            let isCut = runStart == 0 && index > 16 || index == bytes.count && index - runStart > 16
            if index - runStart > 64 || isCut && bytes.count >= JSONSnippet.window {
                for place in runStart..<index { characters[place] = "·" }
            }
            runStart = index + 1
        }
        return characters
    }
}

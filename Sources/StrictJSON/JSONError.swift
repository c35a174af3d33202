/// Why a document could not be read, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// The kind of error. There may come more: a `switch` over them needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case syntax, encoding, limit, refused, io, cancelled
        }

        private let value: Value

        /// Not JSON, by RFC 8259.
        public static let syntax = Code(value: .syntax)
        /// Not UTF-8, or an escape that stands for no character.
        public static let encoding = Code(value: .encoding)
        /// Deeper or longer than a limit allows.
        public static let limit = Code(value: .limit)
        /// JSON, but not what the visitor takes.
        public static let refused = Code(value: .refused)
        /// The system could not read the file.
        public static let io = Code(value: .io)
        /// The task was cancelled before all was read.
        public static let cancelled = Code(value: .cancelled)

        /// The code as a word, such as `syntax`.
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
    /// The line around the place, cut to size, without what its strings hold.
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
        let head = PrintableText.line("\(source):\(line):\(column): \(message)")
        guard let snippet else { return head }
        let caret = String(repeating: " ", count: snippet.column) + "^"
        return "\(head)\n    \(snippet.text)\n    \(caret)"
    }
}

/// What stands in a line before an error.
public struct JSONSnippet: Sendable, Hashable {
    /// The piece, on one line, up to the place of the error.
    public var text: String
    /// How many characters of it stand before the error.
    public var column: Int

    /// How many bytes before the place are looked at, and how many of them are shown.
    static let window = 256
    private static let reach = 48
    /// The longest name of a member that is shown.
    private static let nameLength = 64

    /// Shows what of a line is certain: an error is passed around, and a string may be a key or a
    /// password. `line` holds the line from its beginning, which is outside of any string, to the
    /// byte at fault.
    ///
    ///     {"name": "·····", "port": 80,,
    ///                                  ^
    ///
    /// What was read before the place is certain: which text is a string, and which string a
    /// member's name, since a colon was accepted after it. What comes from the place on is not: with
    /// a quote missing or one too many a value would pass for a name. So nothing of it is shown but
    /// a mark of punctuation at the place itself.
    init(line: some Sequence<UInt8>, place: Int) {
        let bytes = Array(line)
        let place = min(place, bytes.count)
        var characters = JSONSnippet.shown(bytes[..<place])
        let start = max(0, place - JSONSnippet.reach)
        characters.removeFirst(start)
        if start > 0 { characters.insert("…", at: 0) }
        column = characters.count
        if place < bytes.count {
            characters.append(
                JSONSnippet.isPunctuation(bytes[place]) ? JSONSnippet.character(bytes[place]) : "·")
        }
        text = String(characters)
    }

    /// One character for each byte, `·` for those of a string that is not a member's name.
    private static func shown(_ bytes: ArraySlice<UInt8>) -> [Character] {
        var characters = bytes.map(character)
        var opened: Int?
        var isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), opened != nil {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                if let start = opened, !isName(bytes, start..<index) {
                    hide(start..<index, in: &characters)
                }
                opened = opened == nil ? index + 1 : nil
            }
        }
        // A word or number that the place stands in or after may be the value whose quote is missing.
        let word = bytes.reversed().prefix { !StrictText.isSpace($0) && !isPunctuation($0) }
        let doubtful = word.prefix { $0 != UInt8(ascii: "\"") }.count
        hide((opened ?? bytes.count - doubtful)..<bytes.count, in: &characters)
        return characters
    }

    private static func hide(_ range: Range<Int>, in characters: inout [Character]) {
        for place in range { characters[place] = "·" }
    }

    /// Whether a colon follows a string.
    private static func isName(_ bytes: ArraySlice<UInt8>, _ string: Range<Int>) -> Bool {
        string.count <= nameLength
            && bytes[(string.upperBound + 1)...].first { !StrictText.isSpace($0) }
                == UInt8(ascii: ":")
    }

    private static func character(_ byte: UInt8) -> Character {
        byte >= 0x20 && byte < 0x7F ? Character(Unicode.Scalar(byte)) : "."
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        "[]{},:".utf8.contains(byte)
    }
}

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

/// A piece of a line around an error.
public struct JSONSnippet: Sendable, Hashable {
    /// The piece, on one line.
    public var text: String
    /// How many characters of it stand before the error.
    public var column: Int

    /// How many bytes are looked at on either side of the place, and how many of them are shown.
    static let window = 256
    private static let reach = 48

    /// Cuts a piece out of a window of a line, in which what strings hold is blanked: it may be a
    /// key or a password, and an error is passed around. The names of members stay.
    ///
    /// `isWholeStart` says whether the window begins where the line does, which is outside of any
    /// string: no string has a newline.
    init(window bytes: [UInt8], place: Int, isWholeStart: Bool) {
        let place = min(place, bytes.count)
        let start = max(0, place - JSONSnippet.reach)
        let end = min(bytes.count, place + JSONSnippet.reach)
        var text = start > 0 ? "…" : ""
        column = 0
        for (index, character) in JSONSnippet.blanked(bytes, isWholeStart).enumerated() {
            if index == place { column = text.count }
            if index >= start, index < end { text.append(character) }
        }
        if place >= end { column = text.count }
        self.text = end < bytes.count ? text + "…" : text
    }

    /// One character for each byte, `·` for those of a string that is no member's name.
    private static func blanked(_ bytes: [UInt8], _ isWholeStart: Bool) -> [Character] {
        var characters: [Character] = bytes.map { byte in
            byte >= 0x20 && byte < 0x7F ? Character(Unicode.Scalar(byte)) : "."
        }
        var isInString = false
        var start = 0
        for index in bytes.indices + [bytes.count] {
            let isEnd = index == bytes.count
            guard isEnd || isQuote(bytes, index) else { continue }
            // Where the line's beginning is cut off, what is between two quotes may be either.
            let isHidden =
                isWholeStart ? isInString : !bytes[start..<index].allSatisfy(isStructure)
            let isName = isInString && !isEnd && isNameEnd(bytes, index) && index - start <= 64
            if isHidden && !isName {
                for place in start..<index { characters[place] = "·" }
            }
            isInString = isWholeStart ? !isInString : true
            start = index + 1
        }
        return characters
    }

    private static func isQuote(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "\"") else { return false }
        return bytes[..<index].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 0
    }

    /// Whether a colon follows a quote.
    private static func isNameEnd(_ bytes: [UInt8], _ quote: Int) -> Bool {
        bytes[(quote + 1)...].first { $0 != 0x20 } == UInt8(ascii: ":")
    }

    private static func isStructure(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"):
            true
        default: false
        }
    }
}

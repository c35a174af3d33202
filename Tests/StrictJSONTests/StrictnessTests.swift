import StrictJSON
import Testing

/// RFC 8259 and strict UTF-8, in any chunking: what yajl lets pass by itself is closed.
@Suite struct StrictnessTests {
    struct Document: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        /// Where the error is; nil for a good document.
        var code: JSONError.Code?
        var offset: Int?

        static func good(_ what: String, _ text: String) -> Document {
            Document(testDescription: what, bytes: Array(text.utf8))
        }

        static func bad(
            _ what: String, _ bytes: [UInt8], _ code: JSONError.Code, at offset: Int
        ) -> Document {
            Document(testDescription: what, bytes: bytes, code: code, offset: offset)
        }

        static func bad(
            _ what: String, _ text: String, _ code: JSONError.Code, at offset: Int
        ) -> Document {
            bad(what, Array(text.utf8), code, at: offset)
        }
    }

    static let good: [Document] = [
        .good("an empty object", "{}"), .good("an empty list", "[]"),
        .good("a scalar alone", "\"x\""), .good("a number at the end", "[-0.5e+10]"),
        .good("every escape", #"["\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac"]"#),
        .good("a surrogate pair", #"["\ud83d\ude00"]"#),
        .good("a surrogate pair beside text", #"["a\uD83D\uDE00b\\uD800"]"#),
        .good("characters of two, three and four bytes", "[\"é€😀\u{7F}\"]"),
        .good("every white space", " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n"),
        .good("indented lines", "{\n    \"a\": [\n        1,\n        \"  b\"\n    ]\n}\n"),
        .good("lines of spaces", "{\n    \n    \n\"a\":     1}"),
        .good(
            "numbers as they are written", "[0, -0, 1E400, 0.10, 123456789012345678901234567890]"),
        .good("keys that come twice, which is the handler's to judge", #"{"a": 1, "a": 2}"#),
        .good("NUL as an escape", #"["\u0000"]"#),
        .good("line separators", "[\"\u{2028}\u{2029}\u{FEFF}\"]"),
    ]

    static let bad: [Document] = [
        .bad("nothing", "", .syntax, at: 0),
        .bad("white space alone", " \n ", .syntax, at: 3),
        .bad("a form feed as white space", "[1,\u{0C}2]", .encoding, at: 3),
        .bad("a vertical tab as white space", "\u{0B}[]", .encoding, at: 0),
        .bad("a control character in a string", "[\"a\u{01}\"]", .encoding, at: 3),
        .bad("a tab in a string", "[\"a\tb\"]", .syntax, at: 3),
        .bad("a newline in a string", "[\"a\nb\"]", .syntax, at: 3),
        .bad("a lone high surrogate", #"["\ud800"]"#, .encoding, at: 2),
        .bad("a lone low surrogate", #"["a\udc00"]"#, .encoding, at: 3),
        .bad("a high surrogate before a letter's escape", #"["\ud83d\u0041"]"#, .encoding, at: 2),
        .bad("a high surrogate before another escape", #"["\ud83d\n"]"#, .encoding, at: 2),
        .bad("two high surrogates", #"["\ud83d\ud83d\ude00"]"#, .encoding, at: 2),
        .bad("a lone continuation byte", [0x5B, 0x22, 0x80, 0x22, 0x5D], .encoding, at: 2),
        .bad("a cut character", [0x5B, 0x22, 0xC3, 0x22, 0x5D], .encoding, at: 2),
        .bad("an overlong slash", [0x5B, 0x22, 0xC0, 0xAF, 0x22, 0x5D], .encoding, at: 2),
        .bad(
            "an overlong character of three bytes", [0x5B, 0x22, 0xE0, 0x80, 0xAF, 0x22, 0x5D],
            .encoding, at: 2),
        .bad("an encoded surrogate", [0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D], .encoding, at: 2),
        .bad(
            "beyond U+10FFFF", [0x5B, 0x22, 0xF4, 0x90, 0x80, 0x80, 0x22, 0x5D], .encoding, at: 2),
        .bad("a byte that no character has", [0x5B, 0x22, 0xFF, 0x22, 0x5D], .encoding, at: 2),
        .bad("the end inside a character", [0x22, 0xE2, 0x82], .encoding, at: 1),
        .bad("a byte order mark", [0xEF, 0xBB, 0xBF, 0x5B, 0x5D], .syntax, at: 0),
        .bad("a comma at the end of a list", "[1,]", .syntax, at: 3),
        .bad("a comma at the end of an object", #"{"a": 1,}"#, .syntax, at: 8),
        .bad("two documents", "{} {}", .syntax, at: 3),
        .bad("a leading zero", "[01]", .syntax, at: 2),
        .bad("a plus", "[+1]", .syntax, at: 1),
        .bad("a point without digits", "[1.]", .syntax, at: 3),
        .bad("an exponent without digits", "[1e]", .syntax, at: 3),
        .bad("a bare minus", "[-]", .syntax, at: 2),
        .bad("NaN", "[NaN]", .syntax, at: 1),
        .bad("a comment", "[1 /* x */]", .syntax, at: 3),
        .bad("a single quote", "['a']", .syntax, at: 1),
        .bad("an unknown escape", #"["\x"]"#, .syntax, at: 3),
        .bad("an escape of three digits", #"["\u12g4"]"#, .syntax, at: 6),
        .bad("a key that is no string", "{1: 2}", .syntax, at: 1),
        .bad("a missing colon", #"{"a" 1}"#, .syntax, at: 5),
        .bad("an object that is not closed", #"{"a": 1"#, .syntax, at: 7),
        .bad("a list closed as an object", "[1}", .syntax, at: 2),
        .bad("a word cut off", "[tru", .syntax, at: 4),
        .bad("a string cut off", #"["abc"#, .syntax, at: 5),
    ]

    static let chunks = [1, 2, 3, 5, 7, 16, 17, 31, 64, 1 << 20]

    @Test("A good document gives the same events and places in any chunking", arguments: good)
    func accepted(_ document: Document) throws {
        let whole = try EventRecorder.parse(document.bytes, chunk: .max).get()
        #expect(!whole.events.isEmpty)
        for chunk in Self.chunks {
            for block in [chunk, .max] {
                let parsed = try EventRecorder.parse(document.bytes, chunk: chunk, block: block)
                    .get()
                #expect(parsed.events == whole.events, "chunks of \(chunk)")
                #expect(parsed.offsets == whole.offsets, "chunks of \(chunk)")
            }
        }
    }

    @Test("A bad document is an error at the same place in any chunking", arguments: bad)
    func rejected(_ document: Document) throws {
        for chunk in Self.chunks {
            for block in [chunk, .max] {
                guard
                    case .failure(let error) = EventRecorder.parse(
                        document.bytes, chunk: chunk, block: block)
                else {
                    Issue.record("accepted in chunks of \(chunk)")
                    continue
                }
                #expect(error.code == document.code, "chunks of \(chunk): \(error)")
                #expect(error.offset == document.offset, "chunks of \(chunk): \(error)")
            }
        }
    }

    @Test("What strings hold arrives decoded, numbers as text")
    func decoded() throws {
        let recorder = try EventRecorder.parse(
            Array(#"{"a\u00e9": ["\ud83d\ude00\n", 1.50, -0, true, null]}"#.utf8), chunk: 3
        ).get()
        #expect(
            recorder.events == [
                .beginObject, .key(Array("aé".utf8)), .beginArray, .string(Array("😀\n".utf8)),
                .number("1.50"), .number("-0"), .boolean(true), .null, .endArray, .endObject,
            ])
    }
}

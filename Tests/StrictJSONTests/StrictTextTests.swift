import StrictJSON
import Testing

/// The edges of RFC 3629 and of the surrogates, wherever in a string they stand.
@Suite struct StrictTextTests {
    /// The first and last characters of each length, and those beside the surrogates.
    static let characters: [[UInt8]] = [
        [0x20], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xE0, 0xBF, 0xBF],
        [0xE1, 0x80, 0x80], [0xEC, 0xBF, 0xBF], [0xED, 0x80, 0x80], [0xED, 0x9F, 0xBF],
        [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF0, 0xBF, 0xBF, 0xBF],
        [0xF1, 0x80, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF], [0xF4, 0x80, 0x80, 0x80],
        [0xF4, 0x8F, 0xBF, 0xBF],
    ]

    /// What is no character, and the code of the error.
    static let nonCharacters: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2, 0x7F], [0xC2, 0xC0], [0xDF, 0x20],
        [0xE0, 0x9F, 0xBF], [0xE0, 0xC0, 0x80], [0xE0, 0xA0, 0x7F], [0xE1, 0x7F, 0x80],
        [0xE1, 0x80, 0xC0], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF, 0x7F],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0xC0, 0x80, 0x80], [0xF0, 0x90, 0x7F, 0x80],
        [0xF0, 0x90, 0x80, 0x7F], [0xF3, 0x80, 0x80, 0xC0], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        // Control characters, which are one byte each.
        [0x00], [0x01], [0x08], [0x0B], [0x0C], [0x0E], [0x1F],
    ]

    private func parse(
        _ text: [UInt8], after count: Int, chunk: Int
    ) -> Result<EventRecorder, JSONError> {
        let lead = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        return EventRecorder.parse(
            Array("[\"".utf8) + lead + text + Array("b\"]".utf8), chunk: chunk)
    }

    @Test("A character of UTF-8 is passed on as it is", arguments: characters)
    func accepted(_ character: [UInt8]) throws {
        for count in 0...17 {
            let lead = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            for chunk in [1, 3, 8, .max] {
                let events = try parse(character, after: count, chunk: chunk).get().events
                #expect(
                    events == [
                        .beginArray, .string(lead + character + [UInt8(ascii: "b")]), .endArray,
                    ])
            }
        }
    }

    @Test("What is no character is refused where it begins", arguments: nonCharacters)
    func refused(_ bytes: [UInt8]) {
        for count in 0...17 {
            for chunk in [1, 3, 8, .max] {
                guard case .failure(let error) = parse(bytes, after: count, chunk: chunk) else {
                    Issue.record("accepted after \(count)")
                    continue
                }
                #expect(error.code == .encoding)
                #expect(error.offset == 2 + count)
            }
        }
    }

    @Test(
        "An escape is the character that its digits name, in either case",
        arguments: [
            (#"\u0000"#, "\u{0}"), (#"\u0009"#, "\t"), (#"\u00aF"#, "\u{AF}"),
            (#"\uABCD"#, "\u{ABCD}"), (#"\uefef"#, "\u{EFEF}"), (#"\u9876"#, "\u{9876}"),
            (#"\ud7ff"#, "\u{D7FF}"), (#"\ue000"#, "\u{E000}"), (#"\uFFFF"#, "\u{FFFF}"),
            (#"\ud800\udc00"#, "\u{10000}"), (#"\uDBFF\uDFFF"#, "\u{10FFFF}"),
            (#"\ud800\udc00\ud800\udc00"#, "\u{10000}\u{10000}"), (#"\\ud800"#, #"\ud800"#),
            (#"\/\b"#, "/\u{8}"),
        ])
    func escaped(_ escape: String, _ text: String) throws {
        for count in [0, 1, 5, 6, 7, 8, 9] {
            let lead = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            for chunk in [1, 3, .max] {
                let events = try parse(Array(escape.utf8), after: count, chunk: chunk).get().events
                #expect(
                    events == [
                        .beginArray, .string(lead + Array(text.utf8) + [UInt8(ascii: "b")]),
                        .endArray,
                    ])
            }
        }
    }

    @Test(
        "Half of a surrogate pair is refused where it begins",
        arguments: [
            (#"\ud800"#, 0), (#"\udbff"#, 0), (#"\udc00"#, 0), (#"\udfff"#, 0),
            (#"\ud800\ue000"#, 0), (#"\ud800\udbff"#, 0), (#"\ud800\ud7ff"#, 0),
            (#"\ud800\\udc00"#, 0), (#"\ud800x\udc00"#, 0), (#"\udc00\ud800"#, 0),
            (#"\ud800\udc00\udc00"#, 12), (#"\ud800\udc00\ud800"#, 12), (#"x\udfff"#, 1),
        ])
    func halves(_ escape: String, _ place: Int) {
        for chunk in [1, 3, .max] {
            guard
                case .failure(let error) = parse(Array(escape.utf8), after: 7, chunk: chunk)
            else {
                Issue.record("accepted")
                continue
            }
            #expect(error.code == .encoding)
            #expect(error.offset == 2 + 7 + place)
        }
    }

    @Test(
        "A number is passed on as it is written",
        arguments: [
            "0", "-0", "-0.0", "0e0", "1E+05", "1e-400", "18446744073709551616",
            "0.30000000000000004", "-9223372036854775809", String(repeating: "9", count: 400),
        ])
    func numbers(_ text: String) throws {
        for chunk in [1, 3, .max] {
            let parsed = try EventRecorder.parse(Array("[\(text)]".utf8), chunk: chunk).get()
            #expect(parsed.events == [.beginArray, .number(text), .endArray])
            let bare = try EventRecorder.parse(Array(text.utf8), chunk: chunk).get()
            #expect(bare.events == [.number(text)])
        }
    }

    @Test(
        "What RFC 8259 does not call a number is refused",
        arguments: [
            ".5", "-.5", "00", "-01", "1.e5", "1e+", "1e5.5", "0x10", "1_000", "--1", "1-",
            "Infinity",
            "-Infinity", "-NaN", "1,5",
        ])
    func noNumbers(_ text: String) {
        for chunk in [1, 3, .max] {
            guard
                case .failure(let error) = EventRecorder.parse(
                    Array("{\"a\": \(text)}".utf8), chunk: chunk)
            else {
                Issue.record("accepted")
                continue
            }
            #expect(error.code == .syntax)
        }
    }
}

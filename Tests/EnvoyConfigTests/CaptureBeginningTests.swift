import EnvoyConfig
import Testing

/// What stands before and after a captured document.
@Suite struct CaptureBeginningTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What is passed over, and what the document is.
        var skipped: String
        var document: String
        var kind: CaptureBeginning.Kind
        var noise: [String] = []
        var hasMark = false

        static func json(
            _ what: String, _ skipped: String, noise: String..., hasMark: Bool = false
        ) -> Sample {
            Sample(
                testDescription: what, skipped: skipped, document: "{\"a\": 1}\n", kind: .json,
                noise: noise, hasMark: hasMark)
        }

        static func text(_ what: String, _ skipped: String, _ document: String) -> Sample {
            Sample(
                testDescription: what, skipped: skipped, document: document, kind: .text,
                hasMark: skipped.hasPrefix("\u{FEFF}"))
        }
    }

    static let samples: [Sample] = [
        .json("a document alone", ""), .json("white space", " \t\r\n\n  "),
        .json("a byte order mark", "\u{FEFF}", hasMark: true),
        .json("a byte order mark and white space", "\u{FEFF} \n ", hasMark: true),
        .json("a line of noise", "Defaulted container \"a\"\n", noise: "Defaulted container \"a\""),
        .json(
            "two lines of noise and an empty one", "HTTP/1.1 200 OK\r\nserver: envoy\r\n\r\n",
            noise: "HTTP/1.1 200 OK", "server: envoy"),
        .json(
            "a mark before noise", "\u{FEFF}two words\n", noise: "two words", hasMark: true),
        .json("color codes", "\u{1B}[0m\u{1B}[1;31m"),
        .json(
            "noise in color", "\u{1B}[31mtwo words\u{1B}[0m\n \u{1B}[m", noise: "two words"),
        Sample(
            testDescription: "a list", skipped: "\n", document: "[]", kind: .json),
        .text("a text", "", "web::x\n"), .text("a single word", "\n ", "word\n{}"),
        .text("a number", "", "12 and more\n{}"),
        .text("a text after a mark", "\u{FEFF}", "web::x"),
        .text("words without an end", " ", "two words"),
        .text("a brace that does not begin its line", "", "two words {\n"),
        .text("noise before a single word", "", "two words\nword\n{}"),
        Sample(
            testDescription: "white space alone", skipped: " \n\t", document: "", kind: .open),
        Sample(
            testDescription: "a mark alone", skipped: "\u{FEFF}", document: "", kind: .open,
            hasMark: true),
        Sample(testDescription: "nothing", skipped: "", document: "", kind: .open),
    ]

    @Test("A capture is taken apart in the same way in chunks of any size", arguments: samples)
    func parts(_ sample: Sample) {
        let bytes = Array((sample.skipped + sample.document).utf8)
        for chunk in Array(1...40) + [1 << 20] {
            var beginning = CaptureBeginning()
            var (skipped, json, text): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
            func take(_ part: CaptureBeginning.Part, _ bytes: UnsafeRawBufferPointer) {
                switch part {
                case .skipped: skipped.append(contentsOf: bytes)
                case .json: json.append(contentsOf: bytes)
                case .text: text.append(contentsOf: bytes)
                }
            }
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
                piece.withUnsafeBytes { beginning.append($0, take) }
            }
            beginning.finish(take)
            let document = sample.kind == .json ? json : text
            #expect(beginning.kind == sample.kind, "in chunks of \(chunk)")
            #expect(skipped == Array(sample.skipped.utf8), "in chunks of \(chunk)")
            #expect(document == Array(sample.document.utf8), "in chunks of \(chunk)")
            #expect(json.isEmpty || text.isEmpty)
            #expect(beginning.bytes == document, "in chunks of \(chunk)")
            #expect(beginning.noise == sample.noise)
            #expect(beginning.hasByteOrderMark == sample.hasMark)
            #expect(!beginning.isFull)
        }
    }

    @Test("The first 64 kB of a document are kept", arguments: [-1, 0, 1, 70_000])
    func kept(_ difference: Int) {
        let length = 65_536 + difference
        let document =
            [UInt8(ascii: "{")] + [UInt8](repeating: UInt8(ascii: "x"), count: length - 1)
        for chunk in [1000, 65_536, 1 << 20] {
            var beginning = CaptureBeginning()
            for start in stride(from: 0, to: document.count, by: chunk) {
                let piece = Array(document[start..<min(start + chunk, document.count)])
                piece.withUnsafeBytes { beginning.append($0) { _, _ in } }
            }
            #expect(beginning.bytes.count == min(length, 65_536))
            #expect(beginning.isFull == (difference >= 0))
        }
    }

    @Test("Words without an end are a text as soon as they are longer than 64 kB")
    func longLine() {
        let words = Array("two words".utf8)
        for count in [65_536, 65_537] {
            let line = words + [UInt8](repeating: UInt8(ascii: "x"), count: count - words.count)
            var beginning = CaptureBeginning()
            line.withUnsafeBytes { beginning.append($0) { _, _ in } }
            #expect(beginning.kind == (count == 65_536 ? .open : .text))
        }
    }

    // MARK: - Noise

    @Test(
        "Noise is two words or more, the first of which begins with a letter",
        arguments: [
            ("", true), (" \t\r", true), ("two words", true), ("a b", true), ("z b", true),
            ("A b", true), ("Z b", true), ("  a b", true), ("a\tb", true), ("a: {}", true),
            ("\u{1B}[32ma b\u{1B}[0m", true), ("\u{1B}[m", true), ("\u{1B}[1;32m", true),
            ("a", false),
            ("a ", false), ("  a  ", false), ("1 a", false), ("@ b", false), ("[ b", false),
            ("` b", false), ("{ b", false), ("\"a\": 1,", false), ("} b", false),
            ("\u{E9} b", false), ("a\u{0} b", false), ("a b\u{0}", false), ("\u{1B}[32Ka b", false),
            ("\u{1B}[32", false), ("\u{1B}", false), ("\u{1B}32ma b", false),
            ("a\u{1B}[32m", false), ("\u{1B}[:ma b", false), ("\u{1B}[/ma b", false),
        ])
    func noise(_ line: String, _ isPassedOver: Bool) {
        let bytes = Array("xx\(line)".utf8)
        #expect(CaptureNoise.isBlankOrNoise(bytes[2...]) == isPassedOver)
    }

    @Test(
        "A document begins after white space and color codes of its line",
        arguments: [
            ("{", 0), ("[", 0), (" \t\r{", 3), ("\u{1B}[0m[", 4), (" \u{1B}[31;1m {", 9), ("", nil),
            ("a {", nil), ("\n{", nil), ("}", nil), ("\u{1B}[31{", nil), ("\"", nil), ("z", nil),
        ])
    func documentStart(_ line: String, _ place: Int?) {
        let bytes = Array("xx\(line)".utf8)
        #expect(CaptureNoise.documentStart(in: bytes[2...]) == place.map { $0 + 2 })
    }

    @Test(
        "After a document lines of noise may follow, but not in its own line",
        arguments: [
            ("", true), (" \t", true), ("\n", true), ("\ntwo words", true),
            (" \n\n two words\n", true),
            ("\u{1B}[0m\n", true), ("two words", false), ("}", false), ("\nword", false),
            ("\n{}", false), ("\ntwo words\n1", false),
        ])
    func tail(_ text: String, _ isAdmitted: Bool) {
        #expect(CaptureNoise.admits(tail: Array(text.utf8)) == isAdmitted)
    }

    @Test("Lines of noise are shortened, and shown without what a terminal would obey")
    func lines() {
        let long = "a " + String(repeating: "b", count: 159)
        let text =
            "\n\u{1B}[31mtwo\twords\u{1B}[0m\nword\n \nan\u{7} end\n\(long)\n\(long.dropLast())"
        #expect(
            CaptureNoise.lines(in: Array(text.utf8)[...]) == [
                #"two\twords"#, #"an\u0007 end"#, "a \(String(repeating: "b", count: 158))…",
                String(long.dropLast()),
            ])
    }
}

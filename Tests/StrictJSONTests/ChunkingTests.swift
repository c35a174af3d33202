import CorpusSupport
import StrictJSON
import Testing

/// What an error is, and where, does not depend on where a chunk ends.
@Suite struct ChunkingTests {
    /// Documents that are damaged in one place, or in two close to each other.
    static let damaged: [[UInt8]] = {
        let texts = [
            #"{"a": [1, -2.5e+10, true, null], "b\u00e9": {"c": "\ud83d\ude00 x"}}"#,
            "[\n    \"\u{20AC}\",\n    123456789,\n    false\n]\n",
            #"["\ud83d\ude00", "\ud83d\u00g0", 0.5, "\q"]"#,
            "\"a scalar\"", "12", "nul", "{}",
        ]
        let insertions: [[UInt8]] = [
            Array("\"".utf8), Array("x".utf8), Array("\\".utf8), Array("\\ud800".utf8), [0xC3],
            [0xE2, 0x82], [0xFF], [0x0C], [0x00], Array(",".utf8), Array("}".utf8), Array("1".utf8),
            Array("tru".utf8), Array("/*".utf8), Array("\\u00".utf8),
        ]
        var documents: [[UInt8]] = []
        for text in texts.map({ Array($0.utf8) }) {
            for place in 0...text.count {
                documents.append(Array(text[..<place]))
                for insertion in insertions {
                    documents.append(text[..<place] + insertion + text[place...])
                }
            }
        }
        return documents
    }()

    struct Answer: Equatable {
        var events: Int?
        var code: JSONError.Code?
        var offset: Int?
        var line: Int?
        var column: Int?
        var message: String?
        var snippet: JSONSnippet?

        init(_ result: Result<EventRecorder, JSONError>) {
            switch result {
            case .success(let recorder):
                events = recorder.events.count
            case .failure(let error):
                (code, offset, line) = (error.code, error.offset, error.line)
                (column, message, snippet) = (error.column, error.message, error.snippet)
            }
        }
    }

    @Test(
        "A damaged document gives the same answer in any chunking", arguments: [1, 2, 3, 5, 7, 11])
    func damage(_ chunk: Int) {
        for bytes in Self.damaged {
            let whole = Answer(EventRecorder.parse(bytes, chunk: .max))
            let parsed = Answer(EventRecorder.parse(bytes, chunk: chunk))
            #expect(parsed == whole, "\(String(decoding: bytes, as: UTF8.self))")
            // However yajl's own blocks split the tokens.
            let split = Answer(EventRecorder.parse(bytes, chunk: .max, block: chunk))
            #expect(split.code == whole.code, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test(
        "Nothing but white space follows a document",
        arguments: [
            "{}\"x", "[]\"", "[]\"open string\n", "{} tru", "{} 12", "{}}", "{}\\", "1 2", "\"a\"b",
            "null n", "[1] {", "{}\u{FEFF}", "[]/",
        ])
    func trailing(_ text: String) {
        for chunk in [1, 2, 3, .max] {
            guard case .failure(let error) = EventRecorder.parse(Array(text.utf8), chunk: chunk)
            else {
                Issue.record("accepted")
                continue
            }
            #expect(error.code == .syntax)
            #expect(error.message == "the document is complete, but more follows it")
        }
    }

    @Test(
        "A document may end with any white space",
        arguments: ["{} \t\r\n", "1\n", "\"a\" ", "null\r\n"])
    func whiteSpace(_ text: String) throws {
        for chunk in [1, 2, .max] {
            #expect(try EventRecorder.parse(Array(text.utf8), chunk: chunk).get().events.count > 0)
        }
    }

    @Test(
        "A document longer than a piece of the input gives the same events",
        arguments: [-2, -1, 0, 1, 2])
    func pieceLength(_ difference: Int) throws {
        // The parser takes 128 kB at once; the string crosses that place, or just does not.
        let piece = 128 << 10
        for start in [piece - 5, piece - 1, piece, piece + 1] {
            let lead =
                "[\"" + String(repeating: "a", count: start + difference)
                + "\", \"\u{20AC}\\ud83d\\ude00\", 12.5, true]"
            let bytes = Array(lead.utf8)
            let whole = try EventRecorder.parse(bytes, chunk: .max).get()
            for chunk in [4093, 65536, piece - 1, piece + 1, 256 << 10] {
                let parsed = try EventRecorder.parse(bytes, chunk: chunk).get()
                #expect(parsed.events == whole.events)
                #expect(parsed.offsets == whole.offsets)
            }
        }
    }

    @Test("A place behind a long line is told without what the line holds")
    func snippetWindow() {
        // The window is 256 bytes: from either side of it.
        for length in [200, 254, 255, 256, 257, 300] {
            let secret = String(repeating: "s", count: length - 3)
            let text = "{\"\(secret)\",}"
            for chunk in [1, 7, .max] {
                guard case .failure(let error) = EventRecorder.parse(Array(text.utf8), chunk: chunk)
                else {
                    Issue.record("accepted")
                    continue
                }
                #expect(!error.description.contains("ss"))
                #expect(error.offset == length)
                #expect(error.column == length + 1)
            }
        }
    }

    @Test("White space of any length is no token")
    func longWhiteSpace() throws {
        let text = "[" + String(repeating: "\n", count: 20_000) + "1]"
        for chunk in [1000, .max] {
            let parsed = EventRecorder.parse(
                Array(text.utf8), chunk: chunk, limits: JSONLimits(tokenLength: 5000))
            #expect(try parsed.get().events.count == 3)
        }
    }

    @Test(
        "No string's content stands in an error, not even after a missing or an extra quote",
        arguments: [
            #"{"configs":[{"a": "abc, "password": "hunter2", "b": 1}]}"#,
            #"{"a": "abc, "hunter2": "x", "b": 1}"#, #"{"a: "hunter2", "b": 1}"#,
            #"{"a": ""hunter2", "b": 1}"#, #"{a": "hunter2"}"#, #"{"a"": "hunter2"}"#,
            #"["x, "hunter2", "y"]"#, #"{"a": "abc\", "hunter2"}"#, #"{"p": "hunter2",, }"#,
            #"{"pin: "3141592", "b": 1}"#, #"["x, "3141592"]"#, #"{"k": hunter2"}"#,
            "{\"a\": \"hunter2\u{1}\"}", "{\"a\": \"hunter2\n\"}", #"{"a": "hunter2"#,
            #"{"a: ","hunter2": 1}"#, #"{"a: ", "hunter2":1}"#,
        ])
    func quotes(_ text: String) {
        for chunk in [1, 3, .max] {
            guard case .failure(let error) = EventRecorder.parse(Array(text.utf8), chunk: chunk)
            else {
                Issue.record("accepted")
                continue
            }
            #expect(!error.description.contains("unter"), "\(error)")
            #expect(!error.description.contains("1415"), "\(error)")
        }
    }

    @Test("Names of members that were read stay in the line of an error")
    func names() {
        let text = #"{"listener": {"address": "10.0.0.1", "port": 80,, }}"#
        guard case .failure(let error) = EventRecorder.parse(Array(text.utf8), chunk: .max) else {
            Issue.record("accepted")
            return
        }
        #expect(error.description.contains(#"": {"address": "········", "port": 80,,"#), "\(error)")
    }
}

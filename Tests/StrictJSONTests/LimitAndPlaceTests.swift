import CorpusSupport
import StrictJSON
import Testing

/// Limits, and errors that say where.
@Suite struct LimitAndPlaceTests {
    @Test("Nesting ends at the limit", arguments: [1, 2, 100, 512])
    func depth(_ depth: Int) throws {
        let nested = { (count: Int) in
            Array(
                (String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
        }
        let limits = JSONLimits(depth: depth)
        _ = try EventRecorder.parse(nested(depth), chunk: 7, limits: limits).get()
        guard
            case .failure(let error) = EventRecorder.parse(
                nested(depth + 1), chunk: 7, limits: limits)
        else {
            Issue.record("no limit")
            return
        }
        #expect(error.code == .limit)
        #expect(error.offset == depth)
        #expect(error.message.contains("\(depth)"))
    }

    @Test("A million brackets are refused, not followed")
    func bracketBomb() {
        let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        guard case .failure(let error) = EventRecorder.parse(bomb, chunk: 1 << 16) else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == .limit)
        #expect(error.offset == JSONLimits().depth)
    }

    @Test(
        "A token ends at the limit, also one that never ends", arguments: [#""closed""#, #""open"#])
    func tokenLength(_ token: String) {
        let text = Array(token.replacing("o", with: String(repeating: "o", count: 100_000)).utf8)
        for chunk in [1 << 10, 1 << 14, 1 << 20] {
            guard
                case .failure(let error) = EventRecorder.parse(
                    text, chunk: chunk, limits: JSONLimits(tokenLength: 5000))
            else {
                Issue.record("accepted")
                continue
            }
            #expect(error.code == .limit, "\(error)")
        }
    }

    @Test("An error tells file, line, column and byte, and shows the line with a caret")
    func place() throws {
        let text = "{\n  \"a\": 1,\n  \"b\": [1, 2,, 3]\n}\n"
        for chunk in [1, 4, 1 << 20] {
            guard case .failure(let error) = EventRecorder.parse(Array(text.utf8), chunk: chunk)
            else {
                Issue.record("accepted")
                continue
            }
            #expect(error.line == 3)
            #expect(error.column == 14)
            #expect(error.offset == 25)
            let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 3)
            #expect(lines[0].hasPrefix("test:3:14: "))
            // What has not arrived yet cannot be shown.
            #expect("      \"b\": [1, 2,, 3]".hasPrefix(lines[1]))
            #expect(lines[2].count { $0 == " " } == 4 + 13)
            #expect(lines[2].last == "^")
        }
    }

    @Test("The line around an error shows no long string: it may be a key")
    func secrets() {
        let secret = "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"
        for text in [
            "{\"key\": \"\(secret)\",, }", "{\"key\": \"\(secret)", "{\"key\": \"\(secret)\u{1}\"}",
        ] {
            guard case .failure(let error) = EventRecorder.parse(Array(text.utf8), chunk: 1 << 20)
            else {
                Issue.record("accepted")
                continue
            }
            #expect(!error.description.contains("MIIEvQ"), "\(error)")
            #expect(!error.description.contains("PRIVATE"), "\(error)")
        }
    }

    @Test(
        "A captured dump gives the same events and places in any chunking",
        arguments: [1, 3, 4093, 65536])
    func capture(_ chunk: Int) throws {
        let folder = try Corpus.folder("lab/f_forms_sotw")
        for name in ["config_dump.json", "istiod_config_dump.json"] {
            let bytes = try Corpus.bytes(of: folder.appendingPathComponent(name))
            let whole = try EventRecorder.parse(bytes, chunk: .max).get()
            let parsed = try EventRecorder.parse(bytes, chunk: chunk).get()
            #expect(parsed.events == whole.events)
            #expect(parsed.offsets == whole.offsets)
        }
    }

    @Test("Each place is where the token ends")
    func offsets() throws {
        let text = "{\n      \"a\": [\n            10,\n\"b\"\n    ]\n}"
        let recorder = try EventRecorder.parse(Array(text.utf8), chunk: 5).get()
        let bytes = Array(text.utf8)
        for (event, offset) in zip(recorder.events, recorder.offsets) {
            let last = bytes[offset - 1]
            switch event {
            case .beginObject: #expect(last == UInt8(ascii: "{"))
            case .endObject: #expect(last == UInt8(ascii: "}"))
            case .beginArray: #expect(last == UInt8(ascii: "["))
            case .endArray: #expect(last == UInt8(ascii: "]"))
            case .key, .string: #expect(last == UInt8(ascii: "\""))
            default: break
            }
        }
    }
}

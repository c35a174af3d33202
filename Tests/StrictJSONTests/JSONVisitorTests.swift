import Foundation
import StrictJSON
import Testing

/// The parser as a user of the product has it.
@Suite struct JSONVisitorTests {
    private struct Recorder: JSONVisitor {
        var tokens: [JSONToken] = []

        mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) {
            tokens.append(JSONToken(token, String(utf8: text)))
        }
    }

    private struct Counter: JSONVisitor {
        var count = 0

        mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) throws(JSONRefusal) {
            if token == .number { throw JSONRefusal("no numbers here") }
            if token == .key, text.isText("name") { count += 1 }
        }
    }

    private static let text =
        #"{"name": "a\u0041\n", "list": [1.50, -2e9, true, false, null, {}], "": {"name": []}}"#
    private static let tokens: [JSONToken] = [
        .init(.beginObject), .init(.key, "name"), .init(.string, "aA\n"), .init(.key, "list"),
        .init(.beginArray), .init(.number, "1.50"), .init(.number, "-2e9"), .init(.true),
        .init(.false), .init(.null), .init(.beginObject), .init(.endObject), .init(.endArray),
        .init(.key), .init(.beginObject), .init(.key, "name"), .init(.beginArray),
        .init(.endArray), .init(.endObject), .init(.endObject),
    ]

    @Test("A document's tokens come with their texts, whatever the bytes are in")
    func sources() throws {
        let bytes = Array(Self.text.utf8)
        #expect(try JSONParser.read(bytes, Recorder()).tokens == Self.tokens)
        #expect(try JSONParser.read(Data(bytes), Recorder()).tokens == Self.tokens)
        #expect(try JSONParser.read(Self.text.utf8, Recorder()).tokens == Self.tokens)
        var parser = try JSONParser(Recorder())
        try parser.parse(bytes.span.bytes)
        #expect(try parser.finish().tokens == Self.tokens)
    }

    @Test("A document's tokens are the same in any chunks", arguments: [1, 2, 3, 7, 1000])
    func chunks(_ length: Int) async throws {
        let bytes = Array(Self.text.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: length).map {
            bytes[$0..<min(bytes.count, $0 + length)]
        }
        var parser = try JSONParser(Recorder())
        for chunk in chunks { try parser.parse(chunk) }
        #expect(try parser.finish().tokens == Self.tokens)

        let stream = AsyncStream<ArraySlice<UInt8>> { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
        var tokens: [JSONToken] = []
        for try await token in JSONTokens(stream) { tokens.append(token) }
        #expect(tokens == Self.tokens)
    }

    @Test("A token comes as soon as its chunk has arrived")
    func promptly() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        var tokens = JSONTokens(stream).makeAsyncIterator()
        continuation.yield(Array(#"{"a": "#.utf8))
        #expect(try await tokens.next() == JSONToken(.beginObject))
        #expect(try await tokens.next() == JSONToken(.key, "a"))
        continuation.yield(Array("true}".utf8))
        continuation.finish()
        #expect(try await tokens.next() == JSONToken(.true))
        #expect(try await tokens.next() == JSONToken(.endObject))
        #expect(try await tokens.next() == nil)
        #expect(try await tokens.next() == nil)
    }

    @Test("A visitor that refuses a token ends the parse, located there")
    func refusal() throws {
        #expect(try JSONParser.read(Array(#"{"name": {"name": "x"}}"#.utf8), Counter()).count == 2)
        let error = #expect(throws: JSONError.self) {
            try JSONParser.read(Array("{\n  \"a\": 5}".utf8), Counter(), source: "doc")
        }
        #expect(error?.code == .refused)
        #expect(error?.description.hasPrefix("doc:2:8: no numbers here") == true)
    }

    @Test("A truncated document is an error in every way of reading")
    func truncated() async throws {
        let bytes = Array(#"{"a": [1,"#.utf8)
        let error = #expect(throws: JSONError.self) { try JSONParser.read(bytes, Recorder()) }
        #expect(error?.code == .syntax)
        let stream = AsyncStream<[UInt8]> { continuation in
            continuation.yield(bytes)
            continuation.finish()
        }
        await #expect(throws: JSONError.self) { for try await _ in JSONTokens(stream) {} }
    }

    @Test("A file is read from its beginning each time, and one that is missing is said")
    func files() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString).json").path
        try Data(Self.text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try InputFile(path: path)
        for _ in 0..<2 { #expect(try JSONParser.read(file, Recorder()).tokens == Self.tokens) }
        #expect(throws: FileError.self) { try InputFile(path: "/nowhere/at/all") }
    }

    @Test("A task that was cancelled reads nothing")
    func cancelled() async throws {
        let endless = AsyncStream<[UInt8]> { Array("[[]".utf8) }
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            for try await _ in JSONTokens(endless) {}
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

import EnvoyConfig
import StrictJSON
import Testing

/// Captures in UTF-16, by RFC 2781.
@Suite struct UTF16DecoderTests {
    private func little(_ units: [UInt16]) -> [UInt8] {
        units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    private func big(_ units: [UInt16]) -> [UInt8] {
        units.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    /// What becomes of bytes that arrive in chunks of a size, and whether they were UTF-16.
    private func decoded(_ bytes: [UInt8], chunk: Int) -> (text: [UInt8], isDecoding: Bool) {
        var decoder = UTF16Decoder()
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
            text += piece.withUnsafeBytes { decoder.decode($0) } ?? piece
        }
        let isDecoding = decoder.isDecoding
        return (text + decoder.finish(), isDecoding)
    }

    @Test(
        "Characters of every length, with a mark or without, in either order of bytes",
        arguments: [
            "{}", "[1]", "{\"\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\"}",
            "{\u{10000}\u{10FFFF}\u{1F600}}", "{\u{0}\n}", "[\u{4E00}",
        ])
    func characters(_ text: String) {
        let units = Array(text.utf16)
        for bytes in [
            little(units), little([0xFEFF] + units), big(units), big([0xFEFF] + units),
        ] {
            for chunk in Array(1...13) + [1 << 20] {
                let found = decoded(bytes, chunk: chunk)
                #expect(found.text == Array(text.utf8), "in chunks of \(chunk)")
                #expect(found.isDecoding)
            }
        }
    }

    @Test("After a mark the first character may be any")
    func mark() {
        let found = decoded(little([0xFEFF] + Array("a::b\u{E9}".utf16)), chunk: 3)
        #expect(found.text == Array("a::b\u{E9}".utf8))
    }

    @Test(
        "Half of a pair of surrogates, or of a character, is no UTF-8 either",
        arguments: [
            ([0x7B, 0xD800, 0x61], [0x7B, 0xFF, 0x61]),
            ([0x7B, 0xDC00, 0x61], [0x7B, 0xFF, 0x61]),
            ([0x7B, 0xD800, 0xDBFF, 0xDC00], [0x7B, 0xFF, 0xF4, 0x8F, 0xB0, 0x80]),
            ([0x7B, 0xDFFF, 0xD800], [0x7B, 0xFF, 0xFF]), ([0x7B, 0xDBFF], [0x7B, 0xFF]),
        ] as [([UInt16], [UInt8])])
    func halves(_ units: [UInt16], _ expected: [UInt8]) {
        for chunk in [1, 2, 3, 100] {
            #expect(decoded(little(units), chunk: chunk).text == expected)
            #expect(decoded(big(units), chunk: chunk).text == expected)
        }
        #expect(decoded(little([0x7B]) + [0x61], chunk: 2).text == [0x7B, 0xFF])
    }

    @Test(
        "Any other capture is passed on as it is",
        arguments: [
            [], [0x7B], [0xFF], [0xFE], [0x00], [0x7B, 0x7D], [0xEF, 0xBB, 0xBF, 0x7B],
            [0xFF, 0xFF, 0x00], [0xFE, 0xFE, 0x00], [0x00, 0x00, 0x7B], [0x61, 0x00], [0x00, 0x61],
            [0x7B, 0x01], [0x5B, 0xFF, 0xFE], [0x20, 0x00, 0x7B, 0x00],
        ] as [[UInt8]])
    func others(_ bytes: [UInt8]) {
        for chunk in [1, 2, 3, 100] {
            let found = decoded(bytes, chunk: chunk)
            #expect(found.text == bytes)
            #expect(!found.isDecoding)
        }
    }

    @Test("The places of a dump in UTF-16 are those of its text in UTF-8")
    func places() throws {
        let body = "{\"name\": \"\u{E9}\u{1F600}\"}"
        let text = #"{"x": "\#u{20AC}", "configs": [{"static_clusters": [{"cluster": \#(body)}]}]}"#
        let bytes = little([0xFEFF] + Array(text.utf16))
        for chunk in 1...40 {
            var builder = try ConfigDumpBuilder(source: "test")
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
                try piece.withBytes { (piece) throws(ConfigDumpError) in try builder.append(piece) }
            }
            let dump = try builder.finish()
            let resource = try #require(dump.resources.first)
            #expect(Array(text.utf8)[resource.range] == Array(body.utf8)[...])
            #expect(dump.warnings == ["read as UTF-16"])
            let value = try dump.canonicalValue(of: resource)
            #expect(value["name"]?.stringValue == "\u{E9}\u{1F600}")
        }
    }
}

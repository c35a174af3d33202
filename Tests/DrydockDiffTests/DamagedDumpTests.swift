import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import StrictJSON
import Testing

/// Whatever stands in a file, it is an error or a dump: nothing ends the program.
@Suite struct DamagedDumpTests {
    /// Pieces that a damaged dump may hold anywhere.
    private static let pieces: [String] = [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1e999", "0", "\"x\"", "\\", "\\ud800",
        "\u{0}",
        "{\"@type\": \"x/google.protobuf.Any\"}", "\"@type\": \"x/google.protobuf.Struct\",",
        "[[[[[[",
        "\"value\": {\"value\": []},", "{\"@type\": \"x/xds.type.v3.TypedStruct\", \"value\": {}}",
        "\"@type\": 5,", "{\"@type\": \"/\"}", "é", "\n\n    ", "\"name\": null,", "\"name\": {},",
    ]

    private func damaged(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
            let place = Int.random(in: 0..<bytes.count, using: &numbers)
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &numbers))
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &numbers))
            default:
                bytes.insert(
                    contentsOf: (Self.pieces.randomElement(using: &numbers) ?? "").utf8, at: place)
            }
        }
        return bytes
    }

    @Test(
        "Damaged dumps are errors or dumps",
        arguments: [
            "lab/u_empty_any_delta/config_dump.json",
            "lab/f_forms_sotw/istiod_config_dump_eds.json",
            "lab/g_typed_struct/config_dump.json", "lab/c_nack_all_sotw/config_dump.json",
        ])
    func damage(_ path: String) throws {
        let parts = path.split(separator: "/").map(String.init)
        let file = try Corpus.folder("\(parts[0])/\(parts[1])").appendingPathComponent(parts[2])
        let whole = try PlainJSON(try Corpus.bytes(of: file))
        // Without the bootstrap, which is half of it and the same everywhere.
        let sections = (whole["configs"]?.elements ?? []).filter { $0["bootstrap"] == nil }
        let bytes = PlainJSON.object([.init("configs", .list(sections))]).bytes
        let original = try ConfigDump(bytes: bytes, source: "original")
        var numbers = SeededNumbers(seed: UInt64(bytes.count))
        var readable = 0
        for _ in 0..<1500 {
            let damaged = damaged(bytes, &numbers)
            do throws(ConfigDumpError) {
                let dump = try ConfigDump(bytes: damaged, source: "damaged")
                let kinds: [ResourceKind] = [
                    .clusters, .listeners, .routes, .endpoints, .secrets, .ecds,
                ]
                let comparison = try Comparison(
                    from: original, to: dump, options: .init(kinds: kinds))
                let text = try comparison.unifiedDiff()
                #expect(!text.isEmpty)
                readable += 1
            } catch {
                #expect(error.offset != nil, "\(error)")
                #expect(!error.message.isEmpty)
            }
        }
        // Many changes keep it JSON: the comparison saw damage too, not only the parser.
        #expect(readable > 100)
    }
}

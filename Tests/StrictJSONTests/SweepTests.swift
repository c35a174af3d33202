import CDrydockYajl
import CorpusSupport
import Foundation
import Testing

/// The sweep with vectors (SSE2, NEON) and the one without do the same to every input.
@Suite struct SweepTests {
    private struct Outcome: Equatable {
        var bytes: [UInt8]
        var lines: [[UInt32]]
        var counts: [Int]
        var isSuspicious: Bool
    }

    private func sweep(
        _ source: [UInt8], isAtLineStart: Bool, lineCapacity: Int, scalar: Bool
    ) -> Outcome {
        var out = [UInt8](repeating: 0, count: source.count + 32)
        var lines = [drydock_line](repeating: drydock_line(), count: max(1, lineCapacity))
        let start: Int32 = isAtLineStart ? 1 : 0
        let done =
            scalar
            ? drydock_screen_scalar(source, source.count, start, &out, &lines, lineCapacity)
            : drydock_screen(source, source.count, start, &out, &lines, lineCapacity)
        return Outcome(
            bytes: Array(out.prefix(done.screened)),
            lines: lines.prefix(done.lines).map { [$0.screened, $0.source] },
            counts: [done.source, done.newlines, done.line_start],
            // One that ends early may have looked a little further.
            isSuspicious: done.source == source.count && done.suspicious != 0)
    }

    private func check(_ source: [UInt8], lineCapacity: Int? = nil) {
        for isAtLineStart in [false, true] {
            let capacity = lineCapacity ?? source.count + 1
            let vectors = sweep(
                source, isAtLineStart: isAtLineStart, lineCapacity: capacity, scalar: false)
            let scalar = sweep(
                source, isAtLineStart: isAtLineStart, lineCapacity: capacity, scalar: true)
            #expect(vectors == scalar, "\(source.count) bytes")
        }
    }

    @Test("Captured dumps", arguments: ["config_dump.json", "istiod_config_dump.json"])
    func captures(_ name: String) throws {
        let file = Corpus.repository.appendingPathComponent("Corpus/pairs/stale/\(name)")
        let bytes = try Corpus.bytes(of: file)
        check(bytes)
        for start in stride(from: 0, to: 4096, by: 61) { check(Array(bytes[start..<start + 333])) }
    }

    @Test("Bytes at random, of few and of many kinds, and little room for lines")
    func random() {
        var numbers = SeededNumbers(seed: 7)
        let alphabet = Array("  \n\n    \"a:{}\\\t,1é".utf8)
        for round in 0..<3000 {
            let count = Int.random(in: 0..<500, using: &numbers)
            let bytes = (0..<count).map { _ -> UInt8 in
                switch round % 3 {
                case 0: .random(in: 0...255, using: &numbers)
                case 1: alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)]
                default: Int.random(in: 0..<9, using: &numbers) > 0 ? 0x20 : 0x0A
                }
            }
            check(bytes)
            check(bytes, lineCapacity: Int.random(in: 0..<9, using: &numbers))
        }
    }
}

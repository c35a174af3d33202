/// The time that an entry of a log begins with: `2026-11-23T18:15:56.882164Z`, or Envoy's own
/// `[2026-11-23 18:15:56.882]`.
package enum LogTime {
    package static func begins(_ line: UnsafeRawBufferPointer) -> Bool {
        let start = line.first == UInt8(ascii: "[") ? 1 : 0
        if line.first == UInt8(ascii: "{") { return true }
        guard line.count > start + 10 else { return false }
        for (index, byte) in line[start..<start + 10].enumerated() {
            let isDash = index == 4 || index == 7
            guard isDash ? byte == UInt8(ascii: "-") : byte &- UInt8(ascii: "0") <= 9 else {
                return false
            }
        }
        return true
    }

    package static func read(_ line: UnsafeRawBufferPointer) -> CaptureTime? {
        guard line.first != UInt8(ascii: "{") else { return nil }
        let isEnvoy = line.first == UInt8(ascii: "[")
        let end = isEnvoy ? UInt8(ascii: "]") : UInt8(ascii: "\t")
        guard let stop = line.prefix(48).firstIndex(of: end) else { return nil }
        var text = String(decoding: line[(isEnvoy ? 1 : 0)..<stop], as: UTF8.self)
        if isEnvoy { text = text.split(separator: " ").joined(separator: "T") + "Z" }
        return CaptureTime(text)
    }
}

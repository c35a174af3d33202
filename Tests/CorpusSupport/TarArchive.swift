import Foundation

/// A tar archive that is put together byte by byte, so that it can lie.
package struct TarArchive: Sendable {
    /// The archive, without the mark of its end.
    package private(set) var bytes: [UInt8] = []

    /// Where each entry ends, its padding included.
    package private(set) var ends: [Int] = []

    package init() {}

    /// Adds an entry. `type` is the header's type flag: `0` a file, `1` a hard link, `2` a symbolic one,
    /// `3` a device, `5` a folder.
    package mutating func add(
        _ path: String, _ content: [UInt8] = [], type: Character = "0", link: String = "",
        declaredSize: Int? = nil
    ) {
        add(path, content, type: type, link: link, size: declaredSize ?? content.count)
    }

    /// Adds an entry whose size is written in binary, as sizes beyond eight gigabytes are.
    package mutating func add(_ path: String, _ content: [UInt8] = [], binarySize: Int) {
        add(path, content, type: "0", link: "", size: binarySize, isBinary: true)
    }

    private mutating func add(
        _ path: String, _ content: [UInt8], type: Character, link: String, size: Int,
        isBinary: Bool = false
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at place: Int, _ length: Int) {
            for (index, byte) in text.utf8.prefix(length).enumerated() {
                header[place + index] = byte
            }
        }
        put(path, at: 0, 100)
        put("0000644\u{0}0000000\u{0}0000000\u{0}", at: 100, 24)
        if isBinary {
            header[124] = 0x80
            for index in 0..<8 {
                header[135 - index] = UInt8(truncatingIfNeeded: size >> (8 * index))
            }
        } else {
            put(TarArchive.octal(size, 11) + " ", at: 124, 12)
        }
        put("00000000000 ", at: 136, 12)
        put("        ", at: 148, 8)
        put(String(type), at: 156, 1)
        put(link, at: 157, 100)
        put("ustar\u{0}00", at: 257, 8)
        put(TarArchive.octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148, 8)
        bytes += header + content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
        ends.append(bytes.count)
    }

    /// The archive with the mark of its end.
    package var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    /// The finished archive, packed.
    package func gzipped() throws -> [UInt8] { try TarArchive.gzip(finished) }

    /// Packs bytes with the real gzip.
    package static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let gzip = URL(fileURLWithPath: "/usr/bin/gzip")
        return try Command.run(gzip, ["-c", "-n"], standardInput: bytes).output
    }

    private static func octal(_ number: Int, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

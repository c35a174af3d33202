/// Reads a text line by line.
package protocol LineReader {
    /// Takes a line, without its newline.
    mutating func read(_ line: UnsafeRawBufferPointer)
    /// The text has ended.
    mutating func finish()
}

/// Splits bytes that arrive in chunks into lines.
package struct LineScanner<Reader: LineReader> {
    package private(set) var reader: Reader
    /// The beginning of a line whose end has not arrived.
    private var rest: [UInt8] = []

    /// What of one line is looked at: a longer one is cut.
    private var limit: Int { 256 << 10 }

    package init(_ reader: Reader) {
        self.reader = reader
    }

    /// Takes the next bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if rest.isEmpty {
                reader.read(UnsafeRawBufferPointer(rebasing: bytes[start..<end].prefix(limit)))
            } else {
                keep(bytes[start..<end])
                readRest()
            }
            start = end + 1
        }
        keep(bytes[start...])
    }

    private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
        rest.append(contentsOf: bytes.prefix(limit - rest.count))
    }

    private mutating func readRest() {
        rest.withUnsafeBytes { reader.read($0) }
        rest.removeAll(keepingCapacity: true)
    }

    /// Ends the text; a last line needs no newline.
    package mutating func finish() -> Reader {
        if !rest.isEmpty { readRest() }
        reader.finish()
        return reader
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes from a place on, as a text.
    func text(from start: Int = 0) -> String {
        String(decoding: self[Swift.min(start, count)...], as: UTF8.self)
    }
}

/// Turns a capture in UTF-16, as PowerShell's `>` writes one, into UTF-8 while it arrives; passes any
/// other capture on.
package struct UTF16Decoder {
    private enum Encoding {
        case open, other, little, big
    }

    private var encoding = Encoding.open
    /// A byte that has no second yet, and the first half of a pair of surrogates.
    private var byte: UInt8?
    private var surrogate: UInt16?

    package init() {}

    /// What is to be said of such a capture.
    package static let warning = "read as UTF-16"

    /// Whether the capture is in UTF-16.
    package var isDecoding: Bool { encoding == .little || encoding == .big }

    /// The next bytes in UTF-8; nil if the chunk can be taken as it is.
    package mutating func decode(_ chunk: UnsafeRawBufferPointer) -> [UInt8]? {
        if encoding == .other { return nil }
        var input = chunk[...]
        if encoding == .open {
            guard let first = byte ?? input.popFirst() else { return [] }
            byte = first
            guard let second = input.popFirst() else { return [] }
            encoding = UTF16Decoder.encoding(first, second)
            byte = nil
            if encoding == .other { return [first, second] + input }
            return decode([first, second] + Array(input))
        }
        return decode(Array(input))
    }

    /// What is left when the capture ends: a byte of one that is too short to tell.
    package mutating func finish() -> [UInt8] {
        defer { byte = nil }
        if encoding == .open { return byte.map { [$0] } ?? [] }
        // A half of a character is not valid in UTF-8 either: the parser will say where it is.
        return byte == nil && surrogate == nil ? [] : [0xFF]
    }

    private static func encoding(_ first: UInt8, _ second: UInt8) -> Encoding {
        switch (first, second) {
        case (0xFF, 0xFE): .little
        case (0xFE, 0xFF): .big
        // Without a mark: the first character of a document is ASCII.
        case (UInt8(ascii: "{"), 0), (UInt8(ascii: "["), 0): .little
        case (0, UInt8(ascii: "{")), (0, UInt8(ascii: "[")): .big
        default: .other
        }
    }

    private mutating func decode(_ input: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        for next in input {
            guard let first = byte else {
                byte = next
                continue
            }
            byte = nil
            let unit =
                encoding == .little
                ? UInt16(next) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(next)
            append(unit, to: &output)
        }
        return output
    }

    private mutating func append(_ unit: UInt16, to output: inout [UInt8]) {
        if let high = surrogate {
            surrogate = nil
            if UTF16.isTrailSurrogate(unit) {
                let value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                Unicode.Scalar(value).map { output.append(contentsOf: Array(String($0).utf8)) }
                return
            }
            output.append(0xFF)
        }
        if UTF16.isLeadSurrogate(unit) {
            surrogate = unit
        } else if let scalar = Unicode.Scalar(unit) {
            // The mark itself is not part of the text.
            if unit == 0xFEFF { return }
            if unit < 0x80 {
                output.append(UInt8(unit))
            } else {
                output.append(contentsOf: Array(String(scalar).utf8))
            }
        } else {
            output.append(0xFF)
        }
    }
}

/// What comes first of a capture that arrives in chunks: enough to tell JSON from text, and to say
/// what the capture is where it is not what a reader expects.
package struct CaptureBeginning: Sendable {
    package enum Kind: Sendable {
        /// Nothing has arrived but white space.
        case blank
        case json, text
    }

    /// What the capture is, as far as its first byte after white space tells.
    package private(set) var kind = Kind.blank
    /// The first 64 kB after white space.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Whether as much of it is kept as is ever looked at.
    package var isFull: Bool { bytes.count == CaptureFormat.sniffedLength }

    /// Takes the next bytes.
    ///
    /// - Complexity: linear in the white space before the capture, constant after it.
    package mutating func append(_ chunk: UnsafeRawBufferPointer) {
        var rest = chunk[...]
        if kind == .blank {
            rest = rest.drop(while: NotADump.isSpace)
            guard let first = rest.first else { return }
            kind = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .text
        }
        bytes.append(contentsOf: rest.prefix(CaptureFormat.sniffedLength - bytes.count))
    }
}

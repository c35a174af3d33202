#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Finds private keys in PEM form, bare or in base64, so that none is ever printed.
package enum PrivateKey {
    /// Strings of a known string field that are shorter than this hold no whole key: the shortest
    /// PEM private key in use, Ed25519, has 119 characters.
    @inlinable package static var scannedLength: Int { 100 }

    private static let mark: StaticString = "PRIVATE KEY-----"

    /// The mark in base64, as far as it does not depend on its neighbours, for each of the three
    /// places that it can have in a group of three bytes.
    private static let encodedMarks: [StaticString] = [
        "UFJJVkFURSBLRVktLS0t", "BSSVZBVEUgS0VZLS0tL", "QUklWQVRFIEtFWS0tLS0",
    ]

    /// Whether a text holds a PEM private key.
    package static func isHeld(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count > mark.utf8CodeUnitCount
            && (firstPlace(of: mark, in: text) != nil || isHeld(inBase64: text))
    }

    /// Whether bytes in base64 hold a PEM private key.
    package static func isHeld(inBase64 text: UnsafeBufferPointer<UInt8>) -> Bool {
        encodedMarks.contains { firstPlace(of: $0, in: text) != nil }
    }

    // MARK: - Redacting

    /// What stands in the place of a key.
    package static let redactedText = "[redacted]"

    /// A text in which each PEM private key, bare or in base64, is replaced by `[redacted]`.
    ///
    ///     bad key: -----BEGIN RSA PRIVATE KEY-----MIIE…-----END RSA PRIVATE KEY-----: not RSA
    ///     bad key: [redacted]: not RSA
    ///
    /// A key whose end was cut off reaches to the end of the text, one whose beginning was cut off
    /// to its beginning.
    ///
    /// - Complexity: linear in the length of the text for each key in it.
    package static func redacted(_ text: String) -> String {
        var rest = Array(text.utf8)
        guard rest.withUnsafeBufferPointer({ isHeld(in: $0) }) else { return text }
        var clean: [UInt8] = []
        while let range = rest.withUnsafeBufferPointer({ firstKey(in: $0) }) {
            clean.append(contentsOf: rest[..<range.lowerBound])
            clean.append(contentsOf: redactedText.utf8)
            rest.removeFirst(range.upperBound)
        }
        return String(decoding: clean + rest, as: UTF8.self)
    }

    /// Where the first key stands.
    private static func firstKey(in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        let bare = firstPlace(of: mark, in: text)
        let encoded = encodedMarks.compactMap { firstPlace(of: $0, in: text) }.min()
        switch (bare, encoded) {
        case (let bare?, let encoded?):
            return bare < encoded ? bareKey(in: text, at: bare) : encodedKey(in: text, at: encoded)
        case (let bare?, nil): return bareKey(in: text, at: bare)
        case (nil, let encoded?): return encodedKey(in: text, at: encoded)
        case (nil, nil): return nil
        }
    }

    /// The key around the first mark of a text: from `-----BEGIN` to the end of its last line.
    private static func bareKey(
        in text: UnsafeBufferPointer<UInt8>, at place: Int
    ) -> Range<Int> {
        let afterMark = place + mark.utf8CodeUnitCount
        let before = UnsafeBufferPointer(rebasing: text[..<place])
        guard let begin = lastPlace(of: "-----BEGIN ", in: before) else { return 0..<afterMark }
        let after = UnsafeBufferPointer(rebasing: text[afterMark...])
        guard let end = firstPlace(of: mark, in: after) else { return begin..<text.count }
        return begin..<afterMark + end + mark.utf8CodeUnitCount
    }

    /// The base64 around a mark; line ends, also those written as `\n`, belong to it.
    private static func encodedKey(
        in text: UnsafeBufferPointer<UInt8>, at place: Int
    ) -> Range<Int> {
        var (start, end) = (place, place)
        while start > 0, isBase64(text[start - 1]) { start -= 1 }
        while end < text.count, isBase64(text[end]) { end += 1 }
        return start..<end
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "\\"), 0x0A, 0x0D:
            true
        default: false
        }
    }

    // MARK: - Searching

    private static func firstPlace(
        of part: StaticString, in text: UnsafeBufferPointer<UInt8>
    ) -> Int? { UnsafeRawBufferPointer(text).firstPlace(of: part) }

    private static func lastPlace(
        of part: StaticString, in text: UnsafeBufferPointer<UInt8>
    ) -> Int? { UnsafeRawBufferPointer(text).lastPlace(of: part) }
}

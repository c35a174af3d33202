/// Finds private keys in PEM form, so that none is ever printed.
enum PrivateKey {
    /// Strings of a known string field that are shorter than this hold no whole key: the shortest
    /// PEM private key in use, Ed25519, has 119 characters.
    static let scannedLength = 100

    private static let begin = Array("-----BEGIN ".utf8)
    private static let mark = Array("PRIVATE KEY-----".utf8)
    /// `-----BEGIN ` in base64, as far as it does not depend on what follows.
    private static let encodedBegin = Array("LS0tLS1CRUdJTi".utf8)

    /// Whether a text holds a PEM private key, bare or in base64.
    static func isHeld(in text: [UInt8]) -> Bool {
        guard text.count >= begin.count + mark.count else { return false }
        if contains(text, begin), contains(text, mark) { return true }
        return contains(text, encodedBegin) && isHeld(inBase64: text)
    }

    /// Whether bytes in base64 hold a PEM private key.
    static func isHeld(inBase64 text: [UInt8]) -> Bool {
        let characters = text.filter { $0 > UInt8(ascii: " ") }
        guard let bytes = Base64Text.decode(characters) else { return contains(text, encodedBegin) }
        return contains(bytes, begin) && contains(bytes, mark)
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return false }
        return text.withUnsafeBufferPointer { text in
            var start = 0
            while start + part.count <= text.count {
                if text[start] == first,
                    UnsafeBufferPointer(rebasing: text[start..<start + part.count]).elementsEqual(part)
                {
                    return true
                }
                start += 1
            }
            return false
        }
    }
}

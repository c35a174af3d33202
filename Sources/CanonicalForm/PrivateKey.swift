#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Finds private keys in PEM form, bare or in base64, so that none is ever printed.
enum PrivateKey {
    /// Strings of a known string field that are shorter than this hold no whole key: the shortest
    /// PEM private key in use, Ed25519, has 119 characters.
    static let scannedLength = 100

    private static let mark: StaticString = "PRIVATE KEY-----"

    /// The mark in base64, as far as it does not depend on its neighbours, for each of the three
    /// places that it can have in a group of three bytes.
    private static let encodedMarks: [StaticString] = [
        "UFJJVkFURSBLRVktLS0t", "BSSVZBVEUgS0VZLS0tL", "QUklWQVRFIEtFWS0tLS0",
    ]

    /// Whether a text holds a PEM private key.
    static func isHeld(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count > mark.utf8CodeUnitCount && (contains(text, mark) || isHeld(inBase64: text))
    }

    /// Whether bytes in base64 hold a PEM private key.
    static func isHeld(inBase64 text: UnsafeBufferPointer<UInt8>) -> Bool {
        encodedMarks.contains { contains(text, $0) }
    }

    private static func contains(
        _ text: UnsafeBufferPointer<UInt8>, _ part: StaticString
    ) -> Bool {
        let length = part.utf8CodeUnitCount
        guard text.count >= length, var place = UnsafeRawPointer(text.baseAddress) else {
            return false
        }
        let end = place + text.count
        while end - place >= length,
            let found = memchr(place, Int32(part.utf8Start.pointee), end - place - length + 1)
        {
            if memcmp(found, part.utf8Start, length) == 0 { return true }
            place = UnsafeRawPointer(found) + 1
        }
        return false
    }
}

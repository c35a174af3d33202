import Foundation
import StrictJSON
import Testing

/// A private key is told by the end of the line that begins or ends its PEM.
@Suite struct PrivateKeyTests {
    private func isHeld(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { PrivateKey.isHeld(in: $0) }
    }

    private func isHeld(inBase64 text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { PrivateKey.isHeld(inBase64: $0) }
    }

    @Test(
        "The mark is found wherever it stands",
        arguments: [
            "-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
            " PRIVATE KEY-----",
            "PRIVATE KEY-----\n", "PPPRIVATE KEY-----", "PRIVATE KEPRIVATE KEY-----",
            "PRIVATE KEY----PRIVATE KEY-----", "\u{20AC}PRIVATE KEY-----\u{20AC}",
        ])
    func bare(_ text: String) {
        #expect(isHeld(text))
        #expect(!isHeld(inBase64: text))
    }

    @Test(
        "In base64 the mark is found at each place of a group of three bytes", arguments: 0...5)
    func encoded(_ count: Int) {
        let text = String(repeating: "x", count: count) + "-----BEGIN PRIVATE KEY-----\nMIIE"
        let encoded = Data(text.utf8).base64EncodedString()
        #expect(isHeld(encoded))
        #expect(isHeld(inBase64: encoded))
    }

    @Test(
        "What lacks a part of the mark is no key",
        arguments: [
            "", "P", "-----BEGIN PRIVATE KEY----", "-----BEGIN PRIVATE KEY---- -",
            "-----BEGIN RIVATE KEY-----", "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN private key-----", "-----BEGIN PRIVATE  KEY-----",
            "PRIVATE CERTIFICATE-----",
        ])
    func missing(_ text: String) {
        #expect(!isHeld(text))
    }

    @Test(
        "In base64 too, but for the ends of the mark, which are spelled with their neighbours",
        arguments: [
            "", "P", "-----BEGIN PRIVATE KEY--", "-----BEGIN IVATE KEY-----",
            "-----BEGIN PUBLIC KEY-----", "-----BEGIN private key-----",
            "-----BEGIN PRIVATE  KEY-----", "PRIVATE CERTIFICATE-----",
        ])
    func missingInBase64(_ text: String) {
        for prefix in ["", "x", "xx"] {
            let encoded = Data((prefix + text).utf8).base64EncodedString()
            #expect(!isHeld(encoded))
            #expect(!isHeld(inBase64: encoded))
        }
    }

    @Test("The shortest key in use is longer than what is not scanned")
    func shortest() {
        // PKCS #8 of Ed25519: two title lines of 27 and 25 characters, and 48 bytes in base64.
        let lines = [27, 64, 25].reduce(0) { $0 + $1 + 1 }
        #expect(lines == 119)
        #expect(PrivateKey.scannedLength < lines)
    }

    /// `PRIVATE KEY---` in base64.
    private static let mark = "UFJJVkFURSBLRVktLS0t"

    @Test("All letters of base64 and line ends around an encoded mark belong to the key")
    func letters() {
        let letters = "AZaz09+/-_=\\\n\r"
        #expect(PrivateKey.redacted("(\(letters)\(Self.mark)\(letters))") == "([redacted])")
    }

    @Test(
        "Any other character ends it",
        arguments: [
            "@", "[", "`", "{", ":", ".", ",", "*", " ", "^", "]", "<", ">", "\"", "\u{E9}",
        ])
    func others(_ mark: String) {
        let text = "AAAA\(mark)\(Self.mark)\(mark)AAAA"
        #expect(PrivateKey.redacted(text) == "AAAA\(mark)[redacted]\(mark)AAAA")
    }

    @Test(
        "Each of several keys is replaced, in either form and order",
        arguments: [
            (
                "-----BEGIN PRIVATE KEY-----a-----END PRIVATE KEY----- x \(mark)",
                "[redacted] x [redacted]"
            ),
            (
                "\(mark) x -----BEGIN PRIVATE KEY-----a-----END PRIVATE KEY-----",
                "[redacted] x [redacted]"
            ),
            ("\(mark) \(mark).", "[redacted] [redacted]."),
            // What ends there began before the text did.
            ("a-----END PRIVATE KEY----- b", "[redacted] b"),
            // Another title in between is no beginning of the key's.
            (
                "-----BEGIN X-----y-----BEGIN PRIVATE KEY-----a-----END PRIVATE KEY-----.",
                "-----BEGIN X-----y[redacted]."
            ),
        ])
    func several(_ text: String, _ expected: String) {
        #expect(PrivateKey.redacted(text) == expected)
    }
}

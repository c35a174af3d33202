import Foundation
import StrictJSON
import Testing

/// What a terminal would obey, and what nobody may see.
@Suite struct PrintableTextTests {
    @Test(
        "What a terminal would obey is escaped, other characters stay",
        arguments: [
            ("plain \\ \"text\"", "plain \\ \"text\""),
            ("a\u{1B}[31mb", #"a\u001b[31mb"#), ("a\u{9B}b", #"a\u009bb"#),
            ("a\nb\tc\rd\u{7}", #"a\nb\tc\rd\u0007"#), ("\u{7F}", #"\u007f"#),
            ("\u{202E}\u{2066}\u{200F}\u{61C}", #"\u202e\u2066\u200f\u061c"#),
            ("\u{2028}\u{2029}\u{85}", #"\u2028\u2029\u0085"#), ("\u{FEFF}", #"\ufeff"#),
            ("\u{E0041}", #"\udb40\udc41"#), ("é ü 漢 🎉", "é ü 漢 🎉"),
        ])
    func escaped(_ text: String, _ expected: String) {
        #expect(PrintableText.line(text) == expected)
        #expect(PrintableText.line(PrintableText.line(text)) == expected)
    }

    @Test(
        "A private key is replaced, what stands around it is kept",
        arguments: [
            "RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
        ])
    func redacted(_ kind: String) {
        let body = "MIIEowIBAAKCAQEA\n7bq0secret/+=\n"
        let key = "-----BEGIN \(kind)-----\n\(body)-----END \(kind)-----"
        #expect(PrivateKey.redacted("before \(key) after") == "before [redacted] after")
        #expect(PrivateKey.redacted("\(key), \(key).") == "[redacted], [redacted].")
        #expect(PrivateKey.redacted("cut: -----BEGIN \(kind)-----\n\(body)") == "cut: [redacted]")
        #expect(PrivateKey.redacted("\(body)-----END \(kind)-----: cut") == "[redacted]: cut")
        for prefix in ["", "x", "xy", "xyz"] {
            let encoded = Data((prefix + key).utf8).base64EncodedString()
            #expect(PrivateKey.redacted("a \(encoded), b") == "a [redacted], b")
        }
    }

    @Test(
        "A text without a private key stays",
        arguments: [
            "", "PRIVATE KEY", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        ])
    func kept(_ text: String) {
        #expect(PrivateKey.redacted(text) == text)
    }
}

import Certificates
import Foundation
import Testing

/// Certificates that `openssl ca` signed, with serial numbers and times that it was given.
@Suite struct CertificateTests {
    /// `-set_serial 0xC0FFEE`, from 2026-01-01T00:00:00Z to 2036-01-01T00:00:00Z, `CA:TRUE`.
    private static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBQjCB6KADAgECAgQAwP/uMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3Qw
        HhcNMjYwMTAxMDAwMDAwWhcNMzYwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDARyb290
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeHOUJjcRErMOFQ8aLt5R+oRE3Cza
        2NBowHtUULtaR666a0af6gKcw2avrzhqqLyAGh2AlWacIORla0o1GjDpwKMyMDAw
        DwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQU1XmrESPejFGAQqtPv7CXSU4KBqMw
        CgYIKoZIzj0EAwIDSQAwRgIhAO4oSzAYs9cnuxLZoy26ko701Y7Sq0+8Jh47pf19
        isr8AiEAvMmr5OGWGfX1ijliUKu0zQORK7nNTsyTpzuokFwGWDM=
        -----END CERTIFICATE-----

        """

    /// A serial number of 20 bytes, from 1999-12-31T23:59:59Z to 2050-01-01T00:00:01Z, which ASN.1
    /// spells in two ways; without basic constraints.
    private static let leaf = """
        -----BEGIN CERTIFICATE-----
        MIIBfDCCASKgAwIBAgIUXerb7vABEiM0RVZneImaq7zN3u8wCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEbGVhZjAgFw05OTEyMzEyMzU5NTlaGA8yMDUwMDEwMTAwMDAw
        MVowDzENMAsGA1UEAwwEbGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHhz
        lCY3ERKzDhUPGi7eUfqERNws2tjQaMB7VFC7WkeuumtGn+oCnMNmr684aqi8gBod
        gJVmnCDkZWtKNRow6cCjWjBYMDcGA1UdEQQwMC6GLHNwaWZmZTovL2NsdXN0ZXIu
        bG9jYWwvbnMvZGVmYXVsdC9zYS9kZXRhaWxzMB0GA1UdDgQWBBTVeasRI96MUYBC
        q0+/sJdJTgoGozAKBggqhkjOPQQDAgNIADBFAiEAmt25RaMDD93Km2SLAnvXvZUa
        ijXzpoeaxqupVSLXcDQCIGds7/leyHcv4rrTPlgXubkKhDh1wXtCP12uJL6j52TM
        -----END CERTIFICATE-----

        """

    /// A serial number of 16 bytes, from 2024-02-29T12:00:00Z to 2024-03-01T00:00:00Z, `CA:FALSE`.
    private static let brief = """
        -----BEGIN CERTIFICATE-----
        MIIBQzCB6aADAgECAhEA8AECAwQFBgcICQoLDA0ODzAKBggqhkjOPQQDAjAMMQow
        CAYDVQQDDAFwMB4XDTI0MDIyOTEyMDAwMFoXDTI0MDMwMTAwMDAwMFowDDEKMAgG
        A1UEAwwBcDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHhzlCY3ERKzDhUPGi7e
        UfqERNws2tjQaMB7VFC7WkeuumtGn+oCnMNmr684aqi8gBodgJVmnCDkZWtKNRow
        6cCjLDAqMAkGA1UdEwQCMAAwHQYDVR0OBBYEFNV5qxEj3oxRgEKrT7+wl0lOCgaj
        MAoGCCqGSM49BAMCA0kAMEYCIQDmMTuR68qpU6T83TCfuXPKbP/twsqjiu52k9op
        HbYA6wIhAM6jHbtO5ENIiHWalJzMzZz8xWHI1Z45z1N2i1unAwJh
        -----END CERTIFICATE-----

        """

    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var pem: String
        var serialNumber: String
        /// Seconds of `date -u -d … +%s`.
        var notBefore: Int, notAfter: Int
        var isAuthority: Bool
    }

    static let samples = [
        Sample(
            testDescription: "a short serial number", pem: authority,
            serialNumber: "00000000000000000000000000c0ffee", notBefore: 1_767_225_600,
            notAfter: 2_082_758_400, isAuthority: true),
        Sample(
            testDescription: "a long serial number", pem: leaf,
            serialNumber: "5deadbeef00112233445566778899aabbccddeef", notBefore: 946_684_799,
            notAfter: 2_524_608_001, isAuthority: false),
        Sample(
            testDescription: "a serial number of 32 digits", pem: brief,
            serialNumber: "f00102030405060708090a0b0c0d0e0f", notBefore: 1_709_208_000,
            notAfter: 1_709_251_200, isAuthority: false),
    ]

    private func check(_ certificate: X509Certificate?, _ sample: Sample) throws {
        let certificate = try #require(certificate)
        #expect(certificate.serialNumber == sample.serialNumber)
        #expect(certificate.notBefore == sample.notBefore)
        #expect(certificate.notAfter == sample.notAfter)
        #expect(certificate.isAuthority == sample.isAuthority)
    }

    @Test("A certificate is read from PEM", arguments: samples)
    func pem(_ sample: Sample) throws {
        try check(X509Certificate(pem: Array(sample.pem.utf8)), sample)
    }

    @Test("Text around a certificate is passed over, the first of two counts", arguments: samples)
    func first(_ sample: Sample) throws {
        let text = "subject=/CN=x\n\(sample.pem)\n\(Self.authority)\(Self.leaf)"
        try check(X509Certificate(pem: Array(text.utf8)), sample)
    }

    @Test(
        "A certificate is read from the base64 of its PEM, however this is padded",
        arguments: samples, 0...2)
    func base64(_ sample: Sample, _ newlines: Int) throws {
        let text = sample.pem + String(repeating: "\n", count: newlines)
        let encoded = Data(text.utf8).base64EncodedData()
        try check(X509Certificate(base64: Array(encoded)), sample)
    }

    @Test(
        "What is no certificate gives none",
        arguments: [
            "", "\n", "certificate", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
            // Cut off, and under another title.
            String(authority.dropLast(30)),
            authority.replacing(" CERTIFICATE-", with: " X509 CRL-"),
        ])
    func unreadable(_ text: String) {
        #expect(X509Certificate(pem: Array(text.utf8)) == nil)
        #expect(X509Certificate(base64: Array(Data(text.utf8).base64EncodedData())) == nil)
    }

    @Test("What is no base64 gives no certificate", arguments: ["", "A", "AAA", "****", "LS0tLS1"])
    func notBase64(_ text: String) {
        #expect(X509Certificate(base64: Array(text.utf8)) == nil)
    }

    @Test("As in istioctl, a certificate is valid between its times, not at them")
    func validity() throws {
        let certificate = try #require(X509Certificate(pem: Array(Self.brief.utf8)))
        let (start, end) = (1_709_208_000, 1_709_251_200)
        let moments = [start - 1, start, start + 1, end - 1, end, end + 1]
        #expect(
            moments.map { certificate.isValid(at: $0) } == [false, false, true, true, false, false])
    }

    @Test(
        "A serial number that somebody else read is padded to 32 digits",
        arguments: [
            ("", "00000000000000000000000000000000"), ("1f", "0000000000000000000000000000001f"),
            (
                "f00102030405060708090a0b0c0d0e0f", "f00102030405060708090a0b0c0d0e0f"
            ),
            ("5deadbeef00112233445566778899aabb", "5deadbeef00112233445566778899aabb"),
        ])
    func padded(_ serialNumber: String, _ expected: String) throws {
        let certificate = try #require(
            X509Certificate(
                serialNumber: serialNumber, notBefore: 1, notAfter: 2, isAuthority: true))
        #expect(certificate.serialNumber == expected)
        #expect(certificate.notBefore == 1)
        #expect(certificate.notAfter == 2)
        #expect(certificate.isAuthority)
    }

    @Test("Without one of its times there is no certificate")
    func timeless() {
        #expect(
            X509Certificate(serialNumber: "1", notBefore: nil, notAfter: 2, isAuthority: true)
                == nil)
        #expect(
            X509Certificate(serialNumber: "1", notBefore: 1, notAfter: nil, isAuthority: true)
                == nil)
    }
}

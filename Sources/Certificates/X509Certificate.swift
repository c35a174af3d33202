internal import CDrydockCrypto

/// What a certificate says of itself, read by OpenSSL's libcrypto. No key is ever loaded.
public struct X509Certificate: Sendable, Hashable {
    /// The serial number in lower-case hexadecimal digits, at least 32 of them.
    public var serialNumber: String
    /// The first moment at which it is valid, in seconds since 1970, UTC.
    public var notBefore: Int
    /// The last moment at which it is valid, in seconds since 1970, UTC.
    public var notAfter: Int
    /// Whether it may sign others: a CA by its basic constraints.
    public var isAuthority: Bool

    /// Reads the first certificate of a PEM text; nil if it has no certificate or it cannot be read.
    ///
    /// - Complexity: linear in the length of the text up to the certificate's end.
    public init?(pem: [UInt8]) {
        let parsed = pem.withUnsafeBytes { bytes -> OpaquePointer? in
            let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            defer { BIO_free(bio) }
            return PEM_read_bio_X509(bio, nil, nil, nil)
        }
        guard let parsed else { return nil }
        defer { X509_free(parsed) }
        guard let serialNumber = X509Certificate.serialNumber(of: parsed),
            let notBefore = X509Certificate.seconds(X509_get0_notBefore(parsed)),
            let notAfter = X509Certificate.seconds(X509_get0_notAfter(parsed))
        else { return nil }
        self.serialNumber = serialNumber
        self.notBefore = notBefore
        self.notAfter = notAfter
        isAuthority = X509_get_extension_flags(parsed) & UInt32(EXFLAG_CA) != 0
    }

    /// Whether it is valid at a moment, in seconds since 1970: after its first second and before its
    /// last, as istioctl has it.
    public func isValid(at time: Int) -> Bool { notBefore < time && time < notAfter }

    private static func serialNumber(of certificate: OpaquePointer) -> String? {
        let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nil)
        defer { BN_free(number) }
        guard let digits = BN_bn2hex(number) else { return nil }
        defer { drydock_free(digits) }
        return padded(String(cString: digits).lowercased())
    }

    private static func padded(_ digits: String) -> String {
        String(repeating: "0", count: max(0, 32 - digits.utf8.count)) + digits
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
        var days: CInt = 0
        var seconds: CInt = 0
        guard let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_STRING_free(epoch) }
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Int(days) * 86_400 + Int(seconds)
    }
}

extension X509Certificate {
    /// Reads the first certificate of a PEM text in base64, as protobuf's JSON spells bytes; nil
    /// if it has no certificate or it cannot be read.
    public init?(base64 text: [UInt8]) {
        var pem = [UInt8](repeating: 0, count: text.count / 4 * 3 + 3)
        let count = EVP_DecodeBlock(&pem, text, CInt(clamping: text.count))
        guard count >= 0 else { return nil }
        // The padding decodes to zeros, which PEM passes over.
        self.init(pem: Array(pem.prefix(Int(count))))
    }

    /// Takes what somebody else read; nil if a time is not known. The serial number is padded.
    public init?(serialNumber: String, notBefore: Int?, notAfter: Int?, isAuthority: Bool) {
        guard let notBefore, let notAfter else { return nil }
        self.serialNumber = X509Certificate.padded(serialNumber)
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.isAuthority = isAuthority
    }
}

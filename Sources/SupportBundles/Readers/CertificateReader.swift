/// How long a certificate is valid.
public struct CertificateValidity: Sendable, Hashable {
    /// From when on.
    public var start: CaptureTime
    /// Until when.
    public var end: CaptureTime
}

/// Finds the certificate that expires first in Envoy's `/certs`, as Envoy prints it, a value a line:
/// the proxy's own ones, not those of the authorities.
struct CertificateReader: LineReader {
    private(set) var first: CertificateValidity?
    private var isOwn = false
    private var start: CaptureTime?

    mutating func finish() {}

    mutating func read(_ line: UnsafeRawBufferPointer) {
        if line.firstPlace(of: "\"cert_chain\":") != nil { isOwn = true }
        if line.firstPlace(of: "\"ca_cert\":") != nil { isOwn = false }
        guard isOwn else { return }
        if let time = CertificateReader.time("\"valid_from\":", line) { start = time }
        if let start, let end = CertificateReader.time("\"expiration_time\":", line) {
            if first.map({ end < $0.end }) ?? true {
                first = CertificateValidity(start: start, end: end)
            }
            self.start = nil
        }
    }

    private static func time(_ key: StaticString, _ line: UnsafeRawBufferPointer) -> CaptureTime? {
        guard let place = line.firstPlace(of: key) else { return nil }
        let parts = line.text(from: place + key.utf8CodeUnitCount).split(separator: "\"")
        return parts.count >= 2 ? CaptureTime(parts[1]) : nil
    }
}

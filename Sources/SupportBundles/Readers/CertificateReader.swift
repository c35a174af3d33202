internal import EnvoyConfig

/// How long a certificate is valid.
package struct CertificateValidity: Sendable, Hashable {
    /// From when on.
    package var start: CaptureTime
    /// Until when.
    package var end: CaptureTime
}

/// Finds the certificate that expires first in Envoy's `/certs`: among the proxy's own ones, not those
/// of the authorities.
final class CertificateReader {
    private(set) var first: CertificateValidity?

    static let projection = Projection([
        .part("cert_chain", [.whole("valid_from"), .whole("expiration_time")])
    ])

    func take(_ entry: CanonicalValue) {
        for certificate in entry["certChain"]?.elements ?? [] {
            guard let start = CertificateReader.time(certificate["validFrom"]),
                let end = CertificateReader.time(certificate["expirationTime"]),
                first.map({ end < $0.end }) ?? true
            else { continue }
            first = CertificateValidity(start: start, end: end)
        }
    }

    private static func time(_ value: CanonicalValue?) -> CaptureTime? {
        (value?.stringValue).flatMap { CaptureTime($0[...]) }
    }
}

public import Certificates
public import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// A secret, as its table shows it. Keys are never read.
public struct SecretSummary: Sendable, Hashable {
    /// The name under which it is asked for.
    public var name: String
    /// `ACTIVE`, `WARMING`, or `STATIC` for one from the bootstrap.
    public var state: String
    /// The first certificate that it holds; nil where it holds none, as one that has not arrived.
    public var certificate: Certificate?
    /// The SPIFFE trust domain whose authority the certificate is; nil for another kind of secret.
    public var trustDomain: String?
    /// Where the secret stands.
    public var place: CapturedPlace

    /// `CA`, `Cert Chain`, or empty where there is no certificate.
    public var type: String {
        if trustDomain != nil { return "CA" }
        return certificate.map { $0.isAuthority ? "CA" : "Cert Chain" } ?? ""
    }

    /// The rows of a secret's entry: one, or one for each trust domain of a SPIFFE validator.
    static func summaries(
        _ secret: Secret?, named name: String?, _ place: CapturedPlace
    ) -> [SecretSummary] {
        let whole = SecretSummary(secret, named: name, place)
        guard let domains = secret?.trustDomains, !domains.isEmpty else { return [whole] }
        return domains.map { domain in
            var summary = whole
            summary.trustDomain = domain.name
            summary.certificate = domain.bundle.flatMap(SecretSummary.certificate)
            return summary
        }
    }

    private init(_ secret: Secret?, named name: String?, _ place: CapturedPlace) {
        self.name = name ?? secret?.name ?? ""
        state =
            switch place.state {
            case .warming: "WARMING"
            case .fixed: "STATIC"
            default: "ACTIVE"
            }
        let source = secret?.certificateChain ?? secret?.trustedCertificates
        certificate = source.flatMap(SecretSummary.certificate)
        self.place = place
    }

    private static func certificate(in source: DataSource) -> Certificate? {
        if let text = source.inlineBytes { return Certificate(base64: Array(text.utf8)) }
        return source.inlineString.flatMap { Certificate(pem: Array($0.utf8)) }
    }

    /// The secrets that Envoy's `/certs` lists: each certificate with the file that it came from.
    static func summaries(
        certificates entry: CanonicalValue, _ place: CapturedPlace
    ) -> [SecretSummary] {
        [("caCert", true), ("certChain", false)].flatMap { key, isAuthority in
            entry[key]?.elements.compactMap { details -> SecretSummary? in
                guard
                    let certificate = Certificate(
                        serialNumber: details["serialNumber"]?.stringValue ?? "",
                        notBefore: details["validFrom"]?.stringValue.flatMap(ClockTime.seconds),
                        notAfter: details["expirationTime"]?.stringValue.flatMap(ClockTime.seconds),
                        isAuthority: isAuthority)
                else { return nil }
                return SecretSummary(
                    name: details["path"]?.stringValue ?? "", certificate: certificate,
                    place: place)
            } ?? []
        }
    }

    private init(name: String, certificate: Certificate, place: CapturedPlace) {
        self.name = name
        state = "ACTIVE"
        self.certificate = certificate
        self.place = place
    }

    /// The table's order: warming, active, static, each as in the dump.
    static func sorted(_ secrets: [SecretSummary]) -> [SecretSummary] {
        func rank(_ secret: SecretSummary) -> Int {
            switch secret.place.state {
            case .warming: 0
            case .fixed: 2
            default: 1
            }
        }
        return secrets.sorted(byKeys: { $1.append(rank($0)) })
    }
}

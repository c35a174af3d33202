public import Certificates
public import EnvoyConfig
internal import EnvoyResources
public import Reporting

/// A secret, as its table shows it. Keys are never read.
public struct SecretSummary: Sendable, Hashable {
    /// The name under which it is asked for.
    public var name: String
    /// `ACTIVE`, `WARMING`, or `STATIC` for one from the bootstrap.
    public var state: String
    /// The first certificate that it holds; nil if it holds none, as one that has not arrived.
    public var certificate: X509Certificate?
    /// The SPIFFE trust domain whose authority the certificate is; nil for another kind of secret.
    public var trustDomain: String?
    /// Where the secret stands.
    public var place: CapturedPlace

    /// `CA`, `Cert Chain`, or empty if there is no certificate.
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

    private static func certificate(in source: DataSource) -> X509Certificate? {
        if let text = source.inlineBytes { return X509Certificate(base64: Array(text.utf8)) }
        return source.inlineString.flatMap { X509Certificate(pem: Array($0.utf8)) }
    }

    /// The secrets that Envoy's `/certs` lists: each certificate with the file that it came from.
    static func summaries(
        certificates entry: CanonicalValue, _ place: CapturedPlace
    ) -> [SecretSummary] {
        [("caCert", true), ("certChain", false)].flatMap { key, isAuthority in
            entry[key]?.elements.compactMap { details -> SecretSummary? in
                guard
                    let certificate = X509Certificate(
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

    private init(name: String, certificate: X509Certificate, place: CapturedPlace) {
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

/// Where the rows of the secrets' table come from, and their order.
enum SecretTable: TableSource {
    static let kind = CapturedKind.secrets
    static let projection = Projection.whole

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        summary.secrets += SecretSummary.summaries(Secret(body), named: entry.name, entry.place)
        summary.secretPlaces.append(entry.place)
    }

    static func sort(_ summary: inout ProxySummary) {
        summary.secrets = SecretSummary.sorted(summary.secrets)
    }
}

/// The same table of Envoy's `/certs`.
enum CertificateTable: TableSource {
    static let kind = CapturedKind.certificates
    static let projection = Projection.whole

    static func take(_ body: CanonicalValue, _ entry: EntryPlace, into summary: inout ProxySummary)
    {
        // Envoy lists a certificate once for each TLS context that holds it.
        for secret in SecretSummary.summaries(certificates: body, entry.place)
        where summary.certificates.insert(
            secret.name + (secret.certificate?.serialNumber ?? "")
        ).inserted {
            summary.secrets.append(secret)
        }
        summary.secretPlaces.append(entry.place)
    }
}

extension TextTable {
    /// The secrets' table, with a column for trust domains where a secret has one. `time` is the moment of VALID CERT, in seconds since 1970.
    public static func secrets(
        _ secrets: [SecretSummary], at time: Int, named: Bool = false
    ) -> TextTable {
        let header = [
            "RESOURCE NAME", "TYPE", "STATUS", "VALID CERT", "SERIAL NUMBER", "NOT AFTER",
            "NOT BEFORE",
        ]
        let hasDomains = secrets.contains { $0.trustDomain != nil }
        return TextTable(header + (hasDomains ? ["TRUST DOMAIN"] : [])) { body in
            for secret in secrets {
                let certificate = secret.certificate
                let isValid = certificate?.isValid(at: time) ?? false
                let domain = hasDomains ? [secret.trustDomain ?? ""] : []
                body(
                    [
                        named ? "secret/\(secret.name)" : secret.name, secret.type, secret.state,
                        isValid ? "true" : "false", certificate?.serialNumber ?? "",
                        certificate.map { ClockTime.text($0.notAfter) } ?? "",
                        certificate.map { ClockTime.text($0.notBefore) } ?? "",
                    ] + domain)
            }
        }
    }
}

internal import Drydock

extension ProxyView {
    static let secrets = ProxyView(
        names: ["secrets", "secret", "s"], title: "SECRET",
        content: "the secrets and certificates, as istioctl proxy-config does",
        about: "Prints the secrets of a config dump, or the certificates of /certs. Never a key.",
        answersEmpty: "the section is empty",
        example: "--at 2026-11-23T18:16:00Z config_dump.json",
        options: [
            .value(
                "at", nil, "TIME",
                "when VALID CERT is asked: a time, or now; else the newest time in the capture",
                \.moment, expected: "now or a time such as 2026-11-23T18:16:00Z",
                read: ViewOptions.moment)
        ],
        kinds: [.secrets, .certificates],
        answers: { answers, _ in [answers.dump, answers.certificates] },
        judgesCertificates: true
    ) { summary, _, time in
        ViewRows(summary.secrets, of: summary.secrets.count, content: .secrets) {
            .secrets($0, at: time, named: $1)
        }
    }
}

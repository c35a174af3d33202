internal import Drydock

extension ProxyView {
    static let bootstrap = ProxyView(
        names: ["bootstrap", "b"], title: "BOOTSTRAP",
        content: "what Envoy was started with, as istioctl proxy-config does",
        about: "Prints what Envoy was started with; its versions from /server_info too.",
        answersEmpty: nil, example: "-o short server_info.json",
        output: OutputFormat(
            standard: .json, text: "json (the default), yaml, or short: the versions"),
        kinds: [.bootstrap, .serverInfo],
        // /server_info knows the versions, and nothing else of it.
        documentKinds: [.bootstrap],
        answers: { answers, options in
            [answers.dump, options.output == .short ? answers.serverInfo : nil]
        }
    ) { summary, _, _ in
        ViewRows(
            count: 1, total: 1,
            write: { _, output in ProxyVersionsText().write(summary.versions, to: &output) },
            content: { .bootstrap })
    }
}

// A report of a bundle in Markdown: BundleMarkdown bug-report.tar.gz
import Drydock

let bundle = try await SupportBundle.reading(CommandLine.arguments[1])
let report = try await BundleDiagnosis(bundle).report()

print("# \(report.isWell ? "Nothing is wrong" : "\(report.causes.count) causes")\n")
for cause in report.causes {
    print("## \(cause.kind.rawValue): \(cause.text)\n")
    if let object = cause.object { print("Change **\(object)**.\n") }
    print("Affects \(cause.proxies.joined(separator: ", ")).\n")
    for step in cause.nextSteps { print("    \(step)") }
}
print("\n| proxy | verdict | first note |\n|---|---|---|")
for proxy in report.proxies {
    print("| \(proxy.displayName) | \(proxy.verdict) | \(proxy.notes.first?.text ?? "") |")
}
for try await proxy in bundle.comparisons() {
    guard let drift = proxy.drift else { continue }
    print("\n### \(proxy.name)\n\n```\n\(drift.summary())```")
}

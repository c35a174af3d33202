public import Reporting
internal import StrictJSON

/// Writes the versions that a proxy runs, a line each; those that are not known are left out.
///
///     Istio Version: 1.32.0
///     Envoy Version: 1.40.0/Clean/RELEASE/BoringSSL
public struct ProxyVersionsText: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes the versions.
    public func write(_ versions: ProxyVersions, to output: inout some ByteOutput) {
        let lines = [
            ("Istio Version:", versions.istio), ("Istio Proxy Version:", versions.proxy),
            ("Envoy Version:", versions.envoy),
        ].filter { $0.1 != nil }
        let width = lines.map(\.0.utf8.count).max() ?? 0
        for (label, version) in lines {
            let spaces = String(repeating: " ", count: width + 1 - label.utf8.count)
            output.write("\(label)\(spaces)\(PrintableText.line(version ?? ""))\n")
        }
    }
}

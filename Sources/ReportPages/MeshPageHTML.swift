internal import DrydockDiff
internal import EnvoyConfig
internal import MeshDiagnosis
public import Reporting
internal import StrictJSON
internal import SupportBundles

/// Writes a page as one HTML file. The first screen is plain HTML; the rest is made by the page's script
/// of the data that stands at the end.
public struct MeshPageHTML: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes a page.
    public func write(_ page: MeshPage, to output: inout some ByteOutput) {
        output.write(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
            style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(HTMLText.escaped(page.title))</title>
            <style>

            """)
        output.write(PackageResources.page_css[...])
        output.write(
            """
            </style>
            </head>
            <body>
            <header>
            <a class="home" href="#/">Drydock</a>
            <nav aria-label="Views"><a href="#/">Report</a> <a href="#/map">Map</a> \
            <a href="#/certificates">Certificates</a></nav>
            <input id="search" type="search" placeholder="Search everything ( / )" \
            aria-label="Search everything">
            <button id="theme" type="button" title="Light or dark">◐</button>
            </header>
            <main id="report">
            <h1>\(HTMLText.escaped(page.verdict))</h1>

            """)
        if let report = page.report { writeFirstScreen(of: report, to: &output) }
        output.write("</main>\n<main id=\"view\" hidden></main>\n")
        output.write("<script type=\"application/json\" id=\"data\">")
        writeData(page.data, to: &output)
        output.write("</script>\n<script>\n")
        output.write(PackageResources.page_js[...])
        output.write("</script>\n</body>\n</html>\n")
    }

    /// The data, in which no end tag can stand.
    private func writeData(_ value: ReportValue, to output: inout some ByteOutput) {
        var bytes: [UInt8] = []
        CanonicalText.appendCompact(value.canonicalValue, to: &bytes)
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "<") {
            output.write(bytes[start..<index])
            output.write("\\u003c")
            start = index + 1
        }
        output.write(bytes[start...])
    }

    // MARK: - The first screen

    private func writeFirstScreen(of report: MeshReport, to output: inout some ByteOutput) {
        let istiods = report.istiods.map { istiod in
            "\(istiod.pod) (\(istiod.proxyCount.map { "\($0) proxies" } ?? "sync not known"))"
        }
        if !istiods.isEmpty { paragraph("Istiods: \(istiods.joined(separator: ", "))", &output) }
        if let error = report.interruption {
            paragraph("The bundle was not read to its end: \(error.message)", &output)
        }
        causes("Causes", report.causes, &output)
        causes("Also found, whatever the sync", report.findings, &output)
        let notes = report.notes.filter { !$0.kind.isTrouble }
        if !notes.isEmpty {
            output.write("<ul class=\"notes\">\n")
            for note in notes {
                output.write(
                    "<li>\(HTMLText.escaped("\(note.kind.rawValue): \(note.text)"))</li>\n")
            }
            output.write("</ul>\n")
        }
        table(report, &output)
        if !report.unreadable.isEmpty {
            output.write("<h2>Not readable</h2>\n<ul class=\"notes\">\n")
            for entry in report.unreadable {
                output.write(
                    "<li>\(HTMLText.escaped("\(entry.entry): \(entry.error.message)"))</li>\n")
            }
            output.write("</ul>\n")
        }
    }

    private func paragraph(_ text: String, _ output: inout some ByteOutput) {
        output.write("<p>\(HTMLText.escaped(text))</p>\n")
    }

    private func causes(_ title: String, _ causes: [Cause], _ output: inout some ByteOutput) {
        guard !causes.isEmpty else { return }
        output.write("<h2>\(title)</h2>\n<ol class=\"causes\">\n")
        let text = ChangeGroupText(Comparison.Labels(), namesKind: true)
        for cause in causes {
            output.write(
                "<li><b>\(HTMLText.escaped(cause.kind.rawValue))</b> "
                    + "\(HTMLText.escaped(cause.text))\n<dl>\n")
            let objects =
                cause.object.map(\.description)
                ?? cause.candidates.map(\.description).joined(separator: ", ")
            row(
                cause.object == nil ? "Change one of" : "Change", HTMLText.escaped(objects), &output
            )
            if [.stale, .drift, .rejected].contains(cause.kind) {
                let lines = cause.differences.prefix(6).map {
                    "<code>\(HTMLText.escaped(text.line($0)))</code>"
                }
                row("Differs", lines.joined(separator: "<br>"), &output)
            }
            let links = cause.proxies.prefix(20).map(HTMLText.proxyLink)
            let more = cause.proxies.count > 20 ? " and \(cause.proxies.count - 20) more" : ""
            row("Affects", links.joined(separator: ", ") + more, &output)
            let commands = cause.nextSteps.map { "<code>\(HTMLText.escaped($0))</code>" }
            row("Next", commands.joined(separator: "<br>"), &output)
            output.write("</dl></li>\n")
        }
        output.write("</ol>\n")
    }

    private func row(_ title: String, _ html: String, _ output: inout some ByteOutput) {
        if !html.isEmpty { output.write("<dt>\(title)</dt><dd>\(html)</dd>\n") }
    }

    private func table(_ report: MeshReport, _ output: inout some ByteOutput) {
        var numbers: [String: [Int]] = [:]
        for (index, cause) in report.causes.enumerated() {
            for proxy in cause.proxies { numbers[proxy, default: []].append(index + 1) }
        }
        let rank: [ProxyReport.Verdict: Int] = [.problem: 0, .notChecked: 1]
        let proxies = report.proxies.enumerated().sorted {
            (rank[$0.element.verdict] ?? 2, $0.offset) < (rank[$1.element.verdict] ?? 2, $1.offset)
        }.map(\.element)
        output.write("<h2>Proxies</h2>\n<div class=\"wide\"><table id=\"proxies\">\n<thead><tr>")
        for title in [
            "Name", "Cause", "Workload", "Namespace", "Istio", "Envoy", "Sync", "Resources",
            "Drift",
        ] {
            output.write("<th scope=\"col\">\(title)</th>")
        }
        output.write("</tr></thead>\n<tbody>\n")
        for proxy in proxies {
            let causes = numbers[proxy.displayName].map {
                $0.map(String.init).joined(separator: ", ")
            }
            let cells = [
                causes ?? HTMLText.word(proxy.verdict), proxy.workload ?? "", proxy.namespace,
                proxy.istioVersion ?? "", proxy.envoyVersion ?? "", proxy.syncText,
                proxy.resourcesText, proxy.driftText,
            ]
            output.write(
                "<tr class=\"\(proxy.verdict.rawValue)\"><td>\(HTMLText.proxyLink(proxy.displayName))</td>"
            )
            for cell in cells { output.write("<td>\(HTMLText.escaped(cell))</td>") }
            output.write("</tr>\n")
        }
        output.write("</tbody></table></div>\n")
    }
}

/// Texts in HTML.
private enum HTMLText {
    /// A text that stays text, as the contents of an element or of an attribute in quotes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in PrintableText.line(text).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    static func proxyLink(_ name: String) -> String {
        "<a href=\"#/proxy/\(percentEncoded(name))\">\(escaped(name))</a>"
    }

    static func word(_ verdict: ProxyReport.Verdict) -> String {
        switch verdict {
        case .problem: "problem"
        case .notChecked: "not checked"
        case .ok, .partial: "ok"
        }
    }

    /// As JavaScript's `encodeURIComponent` does.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "-_.!~*()".unicodeScalars.contains(scalar))
            if isPlain {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%"
                encoded.unicodeScalars.append(digits[Int(byte >> 4)])
                encoded.unicodeScalars.append(digits[Int(byte & 15)])
            }
        }
        return encoded
    }
}

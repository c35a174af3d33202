internal import StrictJSON

/// What is captured in place of a dump: an error's text, a page, nothing.
package enum NotADump {
    package static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    static let unprintable = "Failed to convert protobuf message to JSON string"

    /// Whether a text is what an Envoy answers that cannot print its configuration.
    package static func isUnprintable(_ beginning: [UInt8]) -> Bool {
        beginning.drop(while: isSpace).starts(with: unprintable.utf8)
    }

    /// The error for a capture that begins with these bytes.
    package static func error(
        _ beginning: [UInt8], expected: CaptureFormat.Expectation = .configDump, source: String
    ) -> ConfigDumpError {
        let text = String(decoding: beginning.prefix(1 << 12).drop(while: isSpace), as: UTF8.self)
        if text.hasPrefix(unprintable) { return unprintableDump(text, source: source) }
        return CaptureFormat(beginning: beginning).error(expected: expected, source: source)
    }

    private static func unprintableDump(_ text: String, source: String) -> ConfigDumpError {
        // The other reason is a value that JSON cannot express: NaN, a time beyond the year 9999.
        let type =
            text.contains("could not find @type")
            ? quoted(in: text).flatMap { $0.split(separator: "/").last.map(String.init) } : nil
        // Behind the prefix stand a status code and the reason.
        let reason = text.dropFirst(unprintable.count + 2).split(separator: ": ", maxSplits: 1).last
        let what = type.map { "it lacks the type \($0)" } ?? excerpt(String(reason ?? ""))
        return ConfigDumpError(
            .unprintableDump,
            """
            Envoy could not print its configuration: \(what). The other kinds can still be \
            captured with config_dump?resource=dynamic_active_clusters, dynamic_listeners, \
            dynamic_route_configs
            """, source: source, typeName: type)
    }

    /// What stands in single quotes.
    private static func quoted(in text: String) -> String? {
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count >= 3 ? String(parts[1]) : nil
    }

    /// The first line, cut, without private keys and control characters.
    static func excerpt(_ text: String) -> String {
        let line = PrivateKey.redacted(text).unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
        let shown = line.prefix(160)
        return PrintableText.line(String(shown)) + (shown.endIndex < line.endIndex ? "…" : "")
    }
}

/// What is captured in place of a dump: an error's text, a page, nothing.
package enum NotADump {
    package static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static let unprintable = "Failed to convert protobuf message to JSON string"

    package static func error(_ bytes: [UInt8], source: String) -> ConfigDumpError {
        let text = String(decoding: bytes.drop(while: isSpace), as: UTF8.self)
        if text.isEmpty {
            return ConfigDumpError(
                .notADump, "the file is empty: nothing was captured", source: source)
        }
        if text.hasPrefix(unprintable) { return unprintableDump(text, source: source) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return ConfigDumpError(
                .notADump, "the file begins with a byte order mark, which JSON does not allow",
                source: source)
        }
        if text.hasPrefix("<") {
            return ConfigDumpError(
                .notADump,
                "this is a page of markup, not a config dump: a gateway or a login answered",
                source: source)
        }
        return ConfigDumpError(
            .notADump, "this is text, not a config dump: \(excerpt(text))", source: source)
    }

    /// JSON of another kind, such as `/server_info` or a gateway's error.
    static func otherJSON(firstKey: String, source: String) -> ConfigDumpError {
        ConfigDumpError(
            .notADump,
            "this JSON is no config dump: it has no `configs`, its first member is "
                + "`\(excerpt(firstKey))`", source: source)
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

    /// The first line, cut, without control characters.
    private static func excerpt(_ text: String) -> String {
        let line = text.prefix { $0 != "\n" && $0 != "\r\n" && $0 != "\r" }
        let clean = line.unicodeScalars.prefix(160).map { scalar in
            scalar.value < 0x20 || scalar.value == 0x7F ? " " : Character(scalar)
        }
        return String(clean) + (clean.count < line.unicodeScalars.count ? "…" : "")
    }
}

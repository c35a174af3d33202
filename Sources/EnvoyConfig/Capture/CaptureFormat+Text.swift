extension CaptureFormat {
    // MARK: - Packed

    /// Formats by the bytes that they begin with.
    private static let magics: [(bytes: [UInt8], format: CaptureFormat)] = [
        ([0x1F, 0x8B], CaptureFormat(packing: "packed with gzip")),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], CaptureFormat(packing: "packed with xz")),
        ([0x28, 0xB5, 0x2F, 0xFD], CaptureFormat(packing: "packed with zstd")),
        ([0x42, 0x5A, 0x68], CaptureFormat(packing: "packed with bzip2")),
        ([0x50, 0x4B, 0x03, 0x04], CaptureFormat(packing: "a zip archive", "unpack it first")),
        ([0x50, 0x4B, 0x05, 0x06], CaptureFormat("an empty zip archive")),
        ([0x7F, 0x45, 0x4C, 0x46], CaptureFormat("a program")),
        (
            [0xEF, 0xBB, 0xBF],
            CaptureFormat("a file that begins with a byte order mark", "JSON does not allow it")
        ),
        ([0xFF, 0xFE], CaptureFormat("text in UTF-16", "convert it to UTF-8")),
        ([0xFE, 0xFF], CaptureFormat("text in UTF-16", "convert it to UTF-8")),
    ]

    /// An archive or a packed stream.
    static func packed(_ bytes: [UInt8]) -> CaptureFormat? {
        if let found = magics.first(where: { bytes.starts(with: $0.bytes) }) { return found.format }
        if bytes.count >= 512, bytes.prefix(512).allSatisfy({ $0 == 0 }) {
            return CaptureFormat("an empty tar archive", "nothing was captured")
        }
        guard bytes.count >= 262, bytes[257..<262].elementsEqual("ustar".utf8) else { return nil }
        return CaptureFormat(packing: "a tar archive", "drydock bundle reads a bug report")
    }

    // MARK: - Text

    /// What a text is that begins with neither `{` nor `[`, leading space taken away.
    static func text(_ bytes: [UInt8]) -> CaptureFormat {
        if bytes.contains(0) { return CaptureFormat("binary data") }
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", maxSplits: 8).map(String.init)
        let first = lines.first ?? ""
        if text.hasPrefix(NotADump.unprintable) {
            return CaptureFormat(
                "what an Envoy answers that could not print its configuration",
                NotADump.excerpt(String(text.dropFirst(NotADump.unprintable.count + 2))))
        }
        if text.hasPrefix("<") {
            return CaptureFormat("a page of markup", "a gateway or a login answered")
        }
        if isClusterLine(first) { return .clusters }
        if first.hasPrefix("# HELP ") || first.hasPrefix("# TYPE ") {
            return CaptureFormat("a text of metrics", "capture config_dump instead")
        }
        if isYAML(lines) {
            return CaptureFormat("YAML", "convert it to JSON, such as with yq -o json")
        }
        if first.contains("::"), first.split(separator: ":").count >= 2, !first.contains(" ") {
            return .listeners
        }
        return CaptureFormat("text", NotADump.excerpt(text))
    }

    /// Whether a line is one of Envoy's `/clusters` in its text form.
    package static func isClusterLine(_ line: String) -> Bool {
        ["::observability_name::", "::default_priority::", "::added_via_api::"].contains {
            line.contains($0)
        }
    }

    /// Whether each of the first lines is one of YAML: a key, an element, a comment or a mark.
    private static func isYAML(_ lines: [String]) -> Bool {
        guard let first = lines.first(where: { !$0.hasPrefix("#") && $0 != "---" }) else {
            return lines.first == "---"
        }
        if first.hasPrefix("- ") { return lines.dropFirst().contains { $0.contains(": ") } }
        guard let colon = first.firstIndex(of: ":") else { return false }
        let key = first[..<colon]
        let isKey =
            !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || "_-.'\"@".contains($0) }
        let rest = first[first.index(after: colon)...]
        guard isKey, rest.isEmpty || rest.hasPrefix(" ") else { return false }
        return lines.dropFirst().contains { line in
            line.hasPrefix("- ") || line.hasPrefix("  ") || line.hasPrefix("\(key):")
                || line.contains(": ") || line.hasSuffix(":")
        }
    }
}
